"""What a document is: typed schemas, scalars, states, code lists and legal profiles.

Pydantic and the standard library only; nothing here reads a file, a clock or the network.
"""
