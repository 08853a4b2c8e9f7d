"""Limits of what is read from a PDF or a picture, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_LIMITS", "ReadingLimits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """How much of a stranger's file is looked at before it is put aside as too large."""

    file_bytes: int = 20_000_000
    """A copy has 0.1 MB a page; a scanned contract of somebody else some megabytes."""
    pages: int = 60
    """Drawing a page costs about 10 ms; a land certificate with all its changes has some ten."""
    page_points: float = 2_000.0
    """Longest side of a page that is drawn, in points (1/72 inch): more than A2."""
    drawn_pixels: int = 500_000_000
    """Sum over all pages and signed revisions drawn for comparing, 2 to 3 seconds; 60 pages of A4
    with three signatures have 480 million."""
    scanned_pixels: int = 250_000_000
    """Sum over the pages of a scan, one byte each; above it all pages are drawn coarser. 28 pages of
    A4 have it at 300 dpi, 60 pages at 205 dpi."""
    scanned_page_pixels: int = 16_000_000
    """Of one page of a scan: A4 at 400 dpi. Programs that write one point for one pixel make pages
    of 50 by 70 cm, which hold no more than that."""
    scanned_page_points: float = 14_400.0
    """Longest side of a page of a scan, in points: all that a page may have (ISO 32000-1 annex C)."""
    signatures: int = 40
    """Two signatures and a timestamp every two years for seventy more: as long as a birth is asked
    for. Each costs reading the file once, some 10 ms."""
    timestamps: int = 4
    """Timestamps inside of one signature; a copy has one, and a second authority may be asked."""
    hex_digits: int = 2_000_000
    """Hexadecimal digits of all long strings, which signatures are; pyHanko reads half a million in a
    second. A signature of a copy has 16 thousand, one that brings lists of revocation along some
    hundred thousand."""
    objects: int = 50_000
    """PDF objects; a page of a copy has some eighty."""
    unpacked_bytes: int = 200_000_000
    """Decoded size of all streams but pictures, half a second; of a copy it is some 0.3 MB, and the
    fonts and pages of a large contract stay below 50 MB."""
    revisions: int = 40
    """Parts of a file ended by a signature."""
    attachment_bytes: int = 1_000_000
    """Decoded size of one embedded file; a record with all its changes has some 50 kB."""
    attachments: int = 32
    """Embedded files; a copy has two, an invoice or a contract of somebody else some annexes."""
    image_bytes: int = 30_000_000
    """A photo or scan as file."""
    image_pixels: int = 60_000_000
    """A4 at 600 dpi has 35 million pixels; a phone photo 12 to 50."""
    seconds: float = 4.5
    """Processor time for one input, after which its process is ended; an ordinary copy takes a tenth
    of a second, and the dearest that the other limits let pass some three."""


DEFAULT_LIMITS = ReadingLimits()
"""The limits used where nothing else is said."""
