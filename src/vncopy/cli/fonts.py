"""Fonts of a deployer's own: for the pages that he issues, and as tables for receivers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vncopy.cli.files import write_file
from vncopy.cli.terminal import emit
from vncopy.errors import UsageError

if TYPE_CHECKING:
    from vncopy.pdf.fonts import PageFonts

__all__ = ["FontFolderOption", "FontOption", "page_fonts", "register"]

FontFolderOption = Annotated[
    Path | None,
    typer.Option("--fonts", metavar="FOLDER", help="Font files / Thư mục tệp phông chữ."),
]
FontOption = Annotated[
    str | None,
    typer.Option("--font", metavar="NAME", help="Font family, where FOLDER has several / Phông."),
]


def page_fonts(folder: Path | None, family: str | None) -> PageFonts | None:
    """Return the fonts that options name, ``None`` where they name none.

    Args:
        folder: where the files lie; ``None``: the family comes with the typesetter.
        family: its name; ``None``: the only one of the folder.

    Raises:
        UsageError: the folder holds no font file, or several families.
    """
    if folder is None and family is None:
        return None
    from vncopy.pdf.fonts import PageFonts  # noqa: PLC0415 - only where fonts are named

    if folder is None:
        return PageFonts(families=(family or "",))
    place = str(folder)
    if family is None:
        from vncopy.pdf.face_table import families_of  # noqa: PLC0415 - loads the typesetter

        found = families_of(place)
        if len(found) != 1:
            names = ", ".join(found) or "-"
            raise UsageError.of(
                "--font",
                "cli.font",
                vi=f"hãy chọn một phông chữ trong thư mục: {names}",
                en=f"name one family of the folder: {names}",
            )
        family = found[0]
    fonts = PageFonts(families=(family,), folder=place)
    fonts.digest()  # a folder without font files is found now
    return fonts


def trust_fonts(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Font files / Tệp phông chữ.")],
    *,
    out: Annotated[
        Path, typer.Option("--out", help="Table, TRUST/fonts/NAME.txt / Tệp bảng phông chữ.")
    ],
    family: FontOption = None,
) -> None:
    """Write the table by which receivers know the letters of a font; it holds no outlines.

    Lập bảng nhận biết nét chữ của một phông, để đặt vào fonts/ của thư mục tin cậy.
    """
    fonts = page_fonts(folder, family)
    if fonts is None:  # pragma: no cover - the folder is compulsory
        return
    from vncopy.page_trust import font_rows, parse_font_table  # noqa: PLC0415 - see above
    from vncopy.pdf.face_table import font_table  # noqa: PLC0415

    content = font_table(fonts)
    table = parse_font_table(out.stem, content)
    write_file(out, content)
    told = {
        "table": str(out),
        "font": fonts.families[0],
        "outlines": sum(1 for _ in font_rows(table)),
        "sha256": table.sha256,
    }
    emit(json.dumps(told, ensure_ascii=False, indent=1).encode())


def register(app: typer.Typer) -> None:
    """Add the command to the group ``trust``."""
    app.command("fonts")(trust_fonts)
