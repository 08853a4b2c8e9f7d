"""Fetching, for callers who ask for it: nothing else in the library opens a connection.

The client itself, with what it needs of the standard library, is loaded when it is first named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vncopy.fetch.fetcher import Fetcher, FetchError, FetchProblem

if TYPE_CHECKING:
    from vncopy.fetch.client import HttpFetcher

__all__ = ["FetchError", "FetchProblem", "Fetcher", "HttpFetcher"]


def __getattr__(name: str) -> object:
    """Load the client when it is first used (PEP 562).

    Raises:
        AttributeError: there is no such name.
    """
    if name != "HttpFetcher":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from vncopy.fetch.client import HttpFetcher  # noqa: PLC0415 - see above

    return HttpFetcher
