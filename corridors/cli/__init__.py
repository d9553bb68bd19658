"""The command line: one file per command, over the same functions as Python and the scripts."""
