"""Write src/vncopy/pdf/known_glyphs.txt: every outline that the pages' faces draw, and its text.

The typesetter itself sets every character of the repertoires, alone and in pairs that could give
a ligature, in each face; the table keeps what it embedded. Rows of earlier versions stay: copies
that were issued with them must be readable for as long as they live. `--check` only compares.
"""

from __future__ import annotations

import io
import itertools
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pikepdf
import typst

from vncopy.formats.text import FREE_RANGES
from vncopy.pdf.glyphs import claimed_texts, embedded_program
from vncopy.pdf.outlines import glyph_digests
from vncopy.pdf.printed import DEFAULT_FONTS

TABLE = Path(__file__).parent.parent / "src" / "vncopy" / "pdf" / "known_glyphs.txt"
HEAD = """\
# Outlines of the faces in which pages are set; written by tools/glyph_table.py.
# SHA-256 (12 bytes) of private dictionary and charstring, width in 1/1000 em, text(s) as code points.
"""
MORE: Final = "…₫№–—‘’“”•′″$"
"""What templates and printed forms may add to the repertoire of records."""
STYLES: Final = (
    '#text(weight: "regular", style: "normal", words)',
    '#text(weight: "bold", style: "normal", words)',
    '#text(weight: "regular", style: "italic", words)',
)
SOURCE: Final = """\
#let job = json(bytes(sys.inputs.job))
#set document(date: datetime(year: 2026, month: 1, day: 1), title: "-")
#set page(width: 1900pt, height: auto, margin: 10pt)
#set text(font: job.font, size: 10pt, lang: "vi", region: "VN", fallback: false, hyphenate: false)
#let words = job.words.join(" ")
"""
LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZđĐ"


def words() -> list[str]:
    """Return the texts that are set."""
    alone = [chr(c) for first, last in FREE_RANGES for c in range(first, last + 1)]
    alone += [*MORE]
    pairs = ["".join(pair) for pair in itertools.product(LETTERS, repeat=2)]
    letters = [c for c in alone if c.isalpha()]
    starts = [start + c for start in ("f", "ff", "T", "Q") for c in letters]
    signs = [f"{a}{b}" for a in "0123456789" for b in "0123456789.,/-:²°%"]
    return [c for c in alone if c != " "] + pairs + starts + signs


def rows(family: str) -> dict[bytes, tuple[int, set[str]]]:
    """Return width and texts of every outline that the typesetter embeds, by digest."""
    found: dict[bytes, tuple[int, set[str]]] = {}
    job = json.dumps({"font": family, "words": words()})
    for style in STYLES:
        source = SOURCE + style
        pdf = typst.compile(
            source.encode(),
            format="pdf",
            sys_inputs={"job": job},
            ignore_system_fonts=True,
            timestamp=int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()),
        )
        if not isinstance(pdf, bytes):
            sys.exit("more than one page")
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            for page in opened.pages:
                for font in page.Resources.Font.values():
                    _add(found, font)
    return found


def _add(found: dict[bytes, tuple[int, set[str]]], font: pikepdf.Object) -> None:
    program, cid = embedded_program(font)
    claims = claimed_texts(font)
    parts = [float(value) for value in cid.W]
    widths = {
        code: round(parts[at + 2])
        for at in range(0, len(parts), 3)
        for code in range(int(parts[at]), int(parts[at + 1]) + 1)
    }
    for code, digest in enumerate(glyph_digests(program)):
        if code == 0 or code not in claims:
            continue
        width, texts = found.setdefault(digest, (widths.get(code, 0), set()))
        if width != widths.get(code, 0):
            sys.exit(f"two widths of {claims[code]!r}")
        texts.add(claims[code])


def earlier() -> dict[bytes, tuple[int, set[str]]]:
    """Return the rows that are already there."""
    if not TABLE.exists():
        return {}
    found = {}
    for line in TABLE.read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            digest, width, *texts = line.split(" ")
            shown = {"".join(chr(int(c, 16)) for c in each.split("+")) for each in texts}
            found[bytes.fromhex(digest)] = (int(width), shown)
    return found


def table() -> str:
    """Return the table: what is there and what the typesetter adds."""
    known = earlier()
    for family in DEFAULT_FONTS:
        for digest, (width, texts) in rows(family).items():
            _, before = known.get(digest, (width, set()))
            known[digest] = (width, before | texts)
    lines = []
    for digest, (width, texts) in known.items():
        shown = sorted("+".join(f"{ord(c):04X}" for c in text) for text in texts)
        lines.append((shown, f"{digest.hex()} {width} {' '.join(shown)}"))
    return HEAD + "".join(f"{line}\n" for _, line in sorted(lines))


if __name__ == "__main__":
    if "--check" in sys.argv:
        if TABLE.read_text(encoding="ascii") != table():
            sys.exit(f"{TABLE}: run tools/glyph_table.py")
    else:
        TABLE.write_text(table(), encoding="ascii")
