"""Verifying: collect what is there, check each question on its own, judge all checks together.

Importing this package imports none of its modules: the QR path must not load PDF libraries.
"""
