"""Write src/vncopy/pdf/known_glyphs.txt: every outline that the pages' faces draw, and its text.

The typesetter itself sets every character of the repertoires (:mod:`vncopy.pdf.face_table`); the table
keeps what it embedded. Rows of earlier versions stay: copies that were issued with them must be
readable for as long as they live. `--check` only compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

from vncopy.pdf.face_table import FaceRow, face_rows, row_lines
from vncopy.pdf.printed import DEFAULT_FONTS

TABLE = Path(__file__).parent.parent / "src" / "vncopy" / "pdf" / "known_glyphs.txt"
HEAD = """\
# Outlines of the faces in which pages are set; written by tools/glyph_table.py.
# SHA-256 (12 bytes) of private dictionary and charstring, width in 1/1000 em, text(s) as code points.
"""


def earlier() -> dict[bytes, FaceRow]:
    """Return the rows that are already there."""
    found = {}
    for line in TABLE.read_text(encoding="ascii").splitlines() if TABLE.exists() else ():
        if not line.startswith("#"):
            digest, width, *texts = line.split(" ")
            shown = {"".join(chr(int(c, 16)) for c in each.split("+")) for each in texts}
            found[bytes.fromhex(digest)] = FaceRow(width=float(width), texts=frozenset(shown))
    return found


def table() -> str:
    """Return the table: what is there and what the typesetter adds."""
    known = earlier()
    for family in DEFAULT_FONTS:
        for digest, row in face_rows(family).items():
            before = known.get(digest, FaceRow(width=row.width, texts=frozenset()))
            known[digest] = FaceRow(width=row.width, texts=before.texts | row.texts)
    return HEAD + "".join(f"{line}\n" for line in row_lines(known))


if __name__ == "__main__":
    if "--check" in sys.argv:
        if TABLE.read_text(encoding="ascii") != table():
            sys.exit(f"{TABLE}: run tools/glyph_table.py")
    else:
        TABLE.write_text(table(), encoding="ascii")
