"""`python -m vistest`."""

from vistest.cli import main

main()
