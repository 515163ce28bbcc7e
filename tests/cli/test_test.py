"""`stepvet test`: discovery, exit status, reports and coverage; and the scenarios that people know."""
