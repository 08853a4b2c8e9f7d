"""Typesetting: one pass to PDF/A-3a, the same bytes for the same input, no box for any letter."""

from __future__ import annotations

import io
import threading
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pikepdf
import pytest

from vncopy.errors import UsageError
from vncopy.pdf.template import Template, load_template
from vncopy.pdf.typeset import Attachment, Stamp, typeset, typeset_stamps, typst_version

AT = datetime(2026, 11, 21, 10, 21, 35, tzinfo=timezone(timedelta(hours=7)))
SOURCE = """\
#let data = json(bytes(sys.inputs.data))
#set page(width: 120mm, height: 80mm)
#set text(font: "Libertinus Serif", lang: "vi", region: "VN", fallback: false)
= Tiêu đề
#data.fields.name
"""


def template(source: str = SOURCE) -> Template:
    return Template(id="tests:own.typ", entry="own.typ", sources=(("own.typ", source.encode()),))


def page(name: str = "Nguyễn Thị Ấm Ỹ", source: str = SOURCE, **more: Any) -> bytes:
    settings: dict[str, Any] = {"title": "Tiêu đề", "author": "Cơ quan", "at": AT, **more}
    return typeset(template(source), {"fields": {"name": name}}, **settings)


def problem(call: Any) -> Any:
    with pytest.raises(UsageError) as caught:
        call()
    (found,) = caught.value.problems
    return found


def test_the_file_claims_what_it_should_and_holds_its_attachments() -> None:
    files = [
        Attachment(
            name="b.bin", content=bytes(range(256)), mime="application/cose", description="B"
        ),
        Attachment(name="a.json", content="{ố}".encode(), mime="application/json", description="A"),
    ]
    with pikepdf.open(io.BytesIO(page(attachments=files))) as pdf:
        assert {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()} == {
            "b.bin": bytes(range(256)),
            "a.json": "{ố}".encode(),
        }
        assert [str(each.AFRelationship) for each in pdf.Root.AF] == ["/Data", "/Data"]
        assert str(pdf.Root.Lang) == "vi-VN"
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
        assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
        assert "2026-11-21T03:21:35Z" in xmp
        assert str(pdf.docinfo["/Author"]) == "Cơ quan"


def test_the_same_input_gives_the_same_bytes_in_any_order_and_thread() -> None:
    first, second = page("Một"), page("Hai")
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(page("Một"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(made) == {first}
    assert page("Hai") == second != first
    assert page("Một", at=AT.astimezone(UTC)) == first


def test_a_letter_without_glyph_names_its_field_and_not_its_value() -> None:
    found = problem(lambda: page("Nguyễn 漢 Văn"))
    assert (found.field, found.rule) == ("name", "page.glyph")
    assert "U+6F22" in found.message.vi
    assert "Nguyễn" not in found.text("vi") + found.text("en")


@pytest.mark.parametrize(
    "source",
    [
        SOURCE + "#panic(data.fields.name)",
        SOURCE + "#unknown()",
        SOURCE + '#set text(weight: 401)\n= #text(style: "oblique")[x]\n#pagebreak(weak: 7)',
        SOURCE + '#read("/pyproject.toml")',
        SOURCE + '#read("../etc/hostname")',
        SOURCE + '#import "@preview/example:0.1.0"',
    ],
    ids=[
        "panic",
        "unknown name",
        "warning",
        "file of the current folder",
        "file outside",
        "package from the network",
    ],
)
def test_a_template_that_is_not_clean_makes_no_page(
    source: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = problem(lambda: page(SECRET, source))
    assert (found.field, found.rule) == ("template", "template.broken")
    assert SECRET not in found.text("vi") + found.text("en") + caplog.text


SECRET = "Bí Mật Riêng"


def test_no_traceback_holds_the_record() -> None:
    import traceback

    with pytest.raises(UsageError) as caught:
        page(SECRET, SOURCE + "#panic(data.fields.name)")
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "birth.typ",
        "vncopy.pdf:templates/none.typ",
        "vncopy.pdf:templates/",
        "vncopy.pdf:nowhere/birth.typ",
        "no_such_package:a.typ",
        "vncopy.pdf:templates/main.typ",
        "vncopy.pdf:__init__.py",
    ],
)
def test_a_template_that_is_not_there(name: str) -> None:
    assert problem(lambda: load_template(name)).rule == "template.missing"


def test_the_digest_covers_every_source() -> None:
    birth = load_template("vncopy.pdf:templates/birth.typ")
    names = {name for name, _ in birth.sources}
    assert {"birth.typ", "frame.typ"} <= names
    other = Template(id=birth.id, entry=birth.entry, sources=birth.sources[1:])
    assert birth.digest() != other.digest()
    assert len(birth.digest()) == 64


def test_a_font_that_is_not_there_is_never_replaced() -> None:
    found = problem(lambda: page(source=SOURCE.replace("Libertinus Serif", "No Such Font")))
    assert (found.field, found.rule) == ("fonts", "page.font")


def test_an_empty_heading_which_accessibility_forbids_makes_no_page() -> None:
    found = problem(lambda: page(source=SOURCE + "= \n"))
    assert found.rule == "template.broken"


def test_too_much_to_print() -> None:
    assert problem(lambda: page("x" * 2_000_001)).rule == "page.size"


def stamp(lines: tuple[str, ...], height: float = 60) -> Stamp:
    return Stamp(
        lines=lines, colour="#b3001b", fonts=("Libertinus Serif",), width=130, height=height
    )


def test_stamps_have_their_fields_size_and_share_fonts() -> None:
    drawn = typeset_stamps([stamp(("Người ký: Á",)), stamp(("Cơ quan: B",), height=70)], at=AT)
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        sizes = [[float(value) for value in each.MediaBox] for each in pdf.pages]
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile3" in o]
    assert sizes == [[0, 0, 130, 60], [0, 0, 130, 70]]
    assert len(fonts) == 1


def test_a_stamp_that_does_not_fit_is_not_cut() -> None:
    long = stamp(tuple(f"dòng {number}" for number in range(30)))
    assert problem(lambda: typeset_stamps([long], at=AT)).rule == "template.broken"


def test_the_typesetter_is_named() -> None:
    assert typst_version().startswith("typst 0.")
