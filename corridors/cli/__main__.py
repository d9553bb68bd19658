"""Run the command line with `python -m corridors.cli`."""

from corridors.cli.app import main

main()
