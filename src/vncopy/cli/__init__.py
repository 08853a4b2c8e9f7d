"""The command line: the only place that reads clocks, folders and arguments.

Machine-readable output goes to standard output, everything for people to standard error. The exit
code is the answer: 0 valid, 1 invalid, 2 undetermined, 64 usage, 74 a file could not be read or
written.
"""
