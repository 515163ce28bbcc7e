"""`python -m stepvet` is the command `stepvet`."""

from stepvet.cli.main import entry

if __name__ == "__main__":
    entry()
