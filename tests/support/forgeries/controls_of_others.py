"""Files in order whose pages and signatures were made by programs of others, committed as made.

`tools/controls/make.py` makes them from this list; `tests/attacks/controls/README.md` says with what.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from support.forgeries.kinds import ControlFile
from support.sources import ROOT

__all__ = ["FILES", "FOLDER", "Committed", "files"]

FOLDER: Final = ROOT / "tests" / "attacks" / "controls"

PRODUCERS: Final = {
    "cairo": "cairo 1.16",
    "fpdf2": "fpdf2 2.8",
    "ghostscript": "Ghostscript 10.0",
    "groff": "groff 1.22",
    "itext": "iText 9.1",
    "libreoffice": "LibreOffice 7.4",
    "luatex": "LuaTeX 1.15",
    "mupdf": "MuPDF 1.21",
    "openpdf": "OpenPDF 2.0",
    "pdf-lib": "pdf-lib 1.17",
    "pdfbox": "PDFBox 3.0",
    "pdftex": "pdfTeX 1.40",
    "qt": "Qt 5.15",
    "reportlab": "ReportLab 5.1",
    "weasyprint": "WeasyPrint 70",
}
"""Programs that made pages, by the name in the file's name."""
SIGNERS: Final = {
    "dss": "EU DSS 6.4",
    "itext": "iText 9.1",
    "openpdf": "OpenPDF 2.0",
    "openssl": "OpenSSL 3.0, placed by hand",
    "pdfbox": "PDFBox 3.0",
}
"""Programs that signed, by the first word of how they did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """One committed file."""

    page: str
    """Which program made the page."""
    way: str
    """Which program signed it, and how."""
    key: str
    """Kind of the seal's key."""
    says: str
    """How it was signed, for people."""

    @property
    def path(self) -> Path:
        """Where it lies."""
        return FOLDER / f"{self.page}-{self.way}-{self.key}.pdf"


FILES: Final = tuple(
    Committed(page=page, way=way, key=key, says=says)
    for page, way, key, says in (
        ("libreoffice", "dss-b", "p256", "B-B"),
        ("cairo", "dss-t", "p256", "B-T"),
        ("ghostscript", "dss-lt", "p256", "B-LT"),
        ("pdfbox", "dss-lta", "p256", "B-LTA"),
        ("reportlab", "dss-lta", "rsa", "B-LTA, RSA"),
        ("luatex", "dss-b-certified", "p256", "B-B, certified with P=2"),
        ("mupdf", "dss-b-seen", "p256", "B-B, seen"),
        ("pdfbox", "pdfbox", "rsa", "adbe.pkcs7.detached, RSA"),
        ("groff", "pdfbox", "p256", "adbe.pkcs7.detached"),
        ("itext", "itext", "p256", "CAdES"),
        ("pdftex", "itext-certified", "rsa", "CAdES, RSA, certified with P=2"),
        ("weasyprint", "itext-seen", "p256", "CAdES, seen"),
        ("openpdf", "openpdf", "rsa", "adbe.pkcs7.detached, RSA"),
        ("qt", "openpdf", "p256", "adbe.pkcs7.detached"),
        ("fpdf2", "openpdf", "p256", "adbe.pkcs7.detached"),
        ("pdf-lib", "dss-t", "rsa", "B-T, RSA"),
        ("ghostscript", "openssl", "p256", "CAdES"),
        ("libreoffice", "openssl", "rsa", "CAdES, RSA"),
    )
)


def files() -> tuple[ControlFile, ...]:
    """Return every file."""
    return tuple(
        ControlFile(
            name=f"{PRODUCERS[each.page]}, {each.says} by {SIGNERS[each.way.partition('-')[0]]}",
            producer=f"{PRODUCERS[each.page]}; {SIGNERS[each.way.partition('-')[0]]}",
            build=each.path.read_bytes,
        )
        for each in FILES
    )
