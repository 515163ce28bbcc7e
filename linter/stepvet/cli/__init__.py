"""The command line: words to calls, results to stdout, everything else to stderr, and the exit status."""
