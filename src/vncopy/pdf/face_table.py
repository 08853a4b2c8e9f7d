"""Make a table of the outlines that a font draws on pages, for receivers who trust it.

The typesetter itself sets every character of the repertoires, alone and in pairs that could give a
ligature or another shape, in each style of the pages; what it embedded goes into the table, with the
text that it stands for. So the table says what pages hold, not what a font file might hold.
"""

from __future__ import annotations

import io
import itertools
import json
import string
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra, UsageError
from vncopy.formats.text import FREE_RANGES
from vncopy.page_trust import FONT_TABLE_HEAD, parse_font_table
from vncopy.pdf.glyphs import LentGlyphs, claimed_texts, outlines_of, read_font
from vncopy.pdf.outlines import UnknownProgram

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error
try:
    import typst
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("issue") from error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vncopy.page_trust import FontTable
    from vncopy.pdf.fonts import PageFonts

__all__ = [
    "FaceRow",
    "check_shapes",
    "face_rows",
    "families_of",
    "font_table",
    "own_font_table",
    "row_lines",
]

MORE: Final = "…₫№–—‘’“”•′″$"
"""What templates and printed forms may add to the repertoire of records."""
STYLES: Final = (
    '#text(weight: "regular", style: "normal", words)',
    '#text(weight: "bold", style: "normal", words)',
    '#text(weight: "regular", style: "italic", words)',
)
"""The styles that the common frame uses."""
SOURCE: Final = """\
#let job = json(bytes(sys.inputs.job))
#set document(date: datetime(year: 2026, month: 1, day: 1), title: "-")
#set page(width: 1900pt, height: auto, margin: 10pt)
#set text(font: job.font, size: 10pt, lang: "vi", region: "VN", fallback: false, hyphenate: false)
#let words = job.words.join(" ")
"""
LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZđĐ"
_VIETNAMESE: Final = "".join(
    (
        string.ascii_letters,
        string.digits,
        "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư",
        *(chr(point) for point in range(0x1EA0, 0x1EFA)),
    )
)
"""What every record may hold. Letters of foreign names may lack: then a page with them is refused."""
_NOMINAL: Final = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
"""Time of the file that is thrown away: no clock is read."""
_NAMED: Final = 8
"""Characters that an error names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceRow:
    """One outline."""

    width: float
    """Advance in thousandths of an em."""
    texts: frozenset[str]
    """What it shows."""


def font_table(fonts: PageFonts) -> bytes:
    """Return the table of fonts for the folder ``fonts/`` of a trust folder.

    Args:
        fonts: the families, and where their files lie.

    Raises:
        UsageError: a family is not there, its outlines are of an unknown form, or letters of Vietnamese
            lack.
    """
    rows: dict[bytes, FaceRow] = {}
    for family in fonts.families:
        rows |= face_rows(family, folder=fonts.folder)
    shown = {character for row in rows.values() for text in row.texts for character in text}
    missing = [character for character in _VIETNAMESE if character not in shown]
    if missing:
        points = " ".join(f"U+{ord(each):04X}" for each in missing[:_NAMED])
        raise UsageError.of(
            "fonts",
            "page.glyph",
            vi=f"phông chữ không có các ký tự {points}",
            en=f"the font lacks the characters {points}",
        )
    names = ", ".join(ascii(family) for family in fonts.families)
    head = [FONT_TABLE_HEAD, f"# {names}, {len(rows)} outlines"]
    if fonts.folder is not None:
        head.append(f"# fontFilesDigest {fonts.digest()}")
    return "\n".join([*head, *row_lines(rows), ""]).encode("ascii")


@cache
def own_font_table(fonts: PageFonts) -> FontTable | None:
    """Return the table of the fonts that a page was just set in; made once a process.

    Args:
        fonts: what the page is set in.

    Returns:
        ``None`` where none can be made: receivers will not be able to read such pages either.
    """
    try:
        return parse_font_table("own", font_table(fonts))
    except UsageError:
        return None


def check_shapes(page: bytes, fonts: PageFonts) -> None:
    """Refuse a page on which a font draws letters in shapes that its table does not have.

    A face may join or change letters by what stands around them. Receivers could not read such a page;
    so it is found before anything is signed.

    Args:
        page: a page just set.
        fonts: what it is set in.

    Raises:
        UsageError: there are such shapes.
    """
    table = own_font_table(fonts)
    if table is None:
        return
    lent = LentGlyphs([table])
    with pikepdf.open(io.BytesIO(page)) as pdf:
        named = [each.Resources.Font for each in pdf.pages if "/Font" in each.Resources]
        unread = any(_is_strange(font, lent) for each in named for font in each.values())
    if unread:
        raise UsageError.of(
            "fonts",
            "page.font_shapes",
            vi="phông chữ vẽ một số chữ theo chữ đứng cạnh, bên kiểm tra không đọc được; hãy dùng phông khác",
            en="the font draws letters in shapes that depend on others, which verifiers cannot read; "
            "use another one",
        )


def _is_strange(font: pikepdf.Object, lent: LentGlyphs) -> bool:
    """Tell whether a font has a shape for a text that the table does not know."""
    read = read_font(font, lent)
    # Parts of composed glyphs stand for no text by themselves.
    return not read.known or not read.strange.isdisjoint(claimed_texts(font))


def families_of(folder: str) -> list[str]:
    """Return the names of the families whose files lie in a folder.

    Args:
        folder: where to look.
    """
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    return sorted(fonts.families())


def row_lines(rows: Mapping[bytes, FaceRow]) -> list[str]:
    """Return the lines of a table, sorted by text.

    Args:
        rows: outlines by digest.
    """
    lines = []
    for digest, row in rows.items():
        shown = sorted("+".join(f"{ord(c):04X}" for c in text) for text in row.texts)
        width = f"{row.width:.3f}".rstrip("0").rstrip(".")
        lines.append((shown, f"{digest.hex()} {width} {' '.join(shown)}"))
    return [line for _, line in sorted(lines)]


def face_rows(family: str, *, folder: str | None = None) -> dict[bytes, FaceRow]:
    """Return every outline that the typesetter embeds for a family, by digest.

    Args:
        family: its name.
        folder: where its files lie; ``None``: it comes with the typesetter.

    Raises:
        UsageError: the family is not there, or its outlines are of an unknown form.
    """
    found: dict[bytes, FaceRow] = {}
    job = json.dumps({"font": family, "words": _words()})
    paths: list[Any] = [] if folder is None else [folder]
    for style in STYLES:
        try:
            pdf, warnings = typst.compile_with_warnings(
                (SOURCE + style).encode(),
                format="pdf",
                sys_inputs={"job": job},
                font_paths=paths,
                ignore_system_fonts=True,
                timestamp=_NOMINAL,
            )
        except typst.TypstError:
            raise _unfit(family) from None
        if warnings or not isinstance(pdf, bytes):
            raise _unfit(family)
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            for page in opened.pages:
                for font in page.Resources.Font.values():
                    _add(found, font, family)
    return found


def _words() -> list[str]:
    """Return the texts that are set."""
    alone = [chr(c) for first, last in FREE_RANGES for c in range(first, last + 1)]
    alone += [*MORE]
    pairs = ["".join(pair) for pair in itertools.product(LETTERS, repeat=2)]
    letters = [c for c in alone if c.isalpha()]
    starts = [start + c for start in ("f", "ff", "T", "Q") for c in letters]
    signs = [f"{a}{b}" for a in "0123456789" for b in "0123456789.,/-:²°%"]
    return [c for c in alone if c != " "] + pairs + starts + signs


def _add(found: dict[bytes, FaceRow], font: pikepdf.Object, family: str) -> None:
    """Add the outlines of one embedded font.

    Raises:
        UsageError: they are of an unknown form, or one has two widths.
    """
    try:
        digests, cid = outlines_of(font)
        claims = claimed_texts(font)
    except UnknownProgram:
        raise _unfit(family) from None
    parts = [float(value) for value in cid.W]
    widths = {
        code: round(parts[at + 2], 3)
        for at in range(0, len(parts), 3)
        for code in range(int(parts[at]), int(parts[at + 1]) + 1)
    }
    for code, digest in enumerate(digests):
        if code == 0 or code not in claims:
            continue
        width = widths.get(code, 0.0)
        before = found.get(digest, FaceRow(width=width, texts=frozenset()))
        if before.width != width:
            raise _unfit(family)
        found[digest] = FaceRow(width=width, texts=before.texts | {claims[code]})


def _unfit(family: str) -> UsageError:
    return UsageError.of(
        "fonts",
        "page.font_form",
        vi=f"không lập được bảng cho phông chữ {family}: không có phông này, hoặc nét chữ của nó "
        "không thuộc dạng đọc được (CFF hoặc TrueType, không biến thể, không màu)",
        en=f"no table can be made of {family}: it is not there, or its outlines are of a form that "
        "is not read (CFF or TrueType, no variations, no colours)",
    )
