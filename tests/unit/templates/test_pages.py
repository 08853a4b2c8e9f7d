"""The pages themselves: everything is on them, nothing runs off, nothing else is there."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.pages import page_texts, sample, sample_names, set_page
from support.synthetic import TYPES, Synthetic
from vncopy.formats.record import plain_json
from vncopy.formats.text import FREE_RANGES, NAME_RANGES, within
from vncopy.pdf.page_text import canonical

MARGIN = 25 / 25.4 * 72 - 1
RIGHT = (210 - 20) / 25.4 * 72 + 1


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_page_says_its_record_and_nothing_else(name: str) -> None:
    assert set_page(sample(name)).differences == ()


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("long", [False, True])
def test_a_synthetic_page_says_its_record_and_nothing_else(kind: str, long: bool) -> None:
    for seed in range(3):
        assert set_page(Synthetic(seed, long=long).record(kind)).differences == ()


def _outside(pdf: bytes) -> list[str]:
    """Return the characters that do not lie between the margins."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            inside = left >= MARGIN and right <= RIGHT and bottom > 0 and top < page.get_height()
            character = text.get_text_range(index, 1)
            if character.strip() and not inside:
                found.append(character)
    document.close()
    return found


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("birth/very-long-names", {}),
        ("birth/extract-two-parents", {"full_name": "W" * 100, "hometown": "x" * 2000}),
        (
            "birth/extract-two-parents",
            {"form": "giay_khai_sinh", "birth_place": "Đường " * 333 + "a"},
        ),
        ("land/g2-many-changes", {"notes": "m" * 2000}),
    ],
)
def test_nothing_is_cut_off(name: str, changes: dict[str, object]) -> None:
    page = set_page(sample(name, **changes))
    assert _outside(page.pdf) == []
    assert page.differences == ()


def test_a_cell_longer_than_a_page_runs_over_to_the_next() -> None:
    spouse = {"residence": "Thôn Đoài " * 190 + "cuối"}
    record = sample("marriage/certificate-2010-districts")
    wife = plain_json(record.document.wife) | spouse
    page = set_page(sample("marriage/certificate-2010-districts", wife=wife))
    assert len(page.texts) > 1
    assert page.differences == ()
    assert _outside(page.pdf) == []


def test_the_head_of_the_changes_is_repeated_on_every_page() -> None:
    change = {
        "date": "2020-01-02",
        "content": "Thế chấp tại Ngân hàng theo hồ sơ số 000101.TC.001. " * 5 + "Hết.",
        "confirming_authority": "Chi nhánh Văn phòng đăng ký đất đai",
    }
    page = set_page(sample("land/g2-many-changes", changes=[change] * 40, change_count=40))
    heads = Counter(canonical(text).count("Nộidungthayđổivàcơsởpháplý") for text in page.texts)
    assert len(page.texts) >= 5
    assert heads[1] >= 4
    assert page.differences == ()


def test_a_change_longer_than_a_page_is_cut_cell_by_cell() -> None:
    change = {
        "date": "2020-01-02",
        "content": "Chuyển nhượng một phần thửa đất theo hợp đồng. " * 42,
        "legal_basis": "Quyết định của Ủy ban nhân dân, căn cứ Luật Đất đai. " * 37,
        "confirming_authority": "Chi nhánh Văn phòng đăng ký đất đai",
    }
    change = {name: text.strip() for name, text in change.items()}
    page = set_page(sample("land/g2-many-changes", changes=[change] * 2, change_count=2))
    assert page.differences == ()
    assert _outside(page.pdf) == []


def test_pages_are_numbered_when_there_are_several() -> None:
    page = set_page(sample("land/g2-many-changes"))
    total = len(page.texts)
    assert [canonical(t)[-8:] for t in page.texts] == [
        f"Trang{n}/{total}" for n in range(1, total + 1)
    ]
    assert "Trang" not in set_page(sample("birth/extract-two-parents")).texts[0]


def test_a_draft_says_so_across_every_page() -> None:
    page = set_page(sample("land/g2-many-changes"), draft=True)
    assert all(canonical(text).startswith("DỰTHẢO") for text in page.texts)
    assert page.differences == ()


def test_the_places_of_the_signatures_are_on_the_last_page_away_from_the_symbol() -> None:
    page = set_page(sample("land/g2-many-changes"))
    with pikepdf.open(BytesIO(page.pdf)) as pdf:
        *before, last = [list(p.get("/Annots", [])) for p in pdf.pages]
    places = {str(a.A.URI): [float(x) for x in a.Rect] for a in last}
    assert before == [[] for _ in before]
    assert list(places) == ["vncopy-field:seal", "vncopy-field:person"]
    seal, person = places.values()
    symbol_right = (25 + 35) / 25.4 * 72
    assert symbol_right < seal[0] < seal[2] < person[0] < person[2] <= RIGHT


def test_the_file_is_tagged_in_vietnamese_with_headings_in_order() -> None:
    page = set_page(sample("land/g2-many-changes"))
    with pikepdf.open(BytesIO(page.pdf)) as pdf:
        assert str(pdf.Root.Lang).casefold() == "vi-vn"
        kinds = [str(o.S) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH", "/Figure"} <= set(kinds)


def test_the_same_record_gives_the_same_bytes() -> None:
    record = sample("birth/extract-two-parents")
    assert set_page(record).pdf == set_page(record).pdf


def test_page_texts_reads_every_page() -> None:
    assert len(page_texts(set_page(sample("land/g2-many-changes")).pdf)) == 3


def test_every_character_of_the_repertoire_is_set_and_read_back() -> None:
    letters = [chr(code) for first, last in FREE_RANGES for code in range(first, last + 1)]
    words = ["".join(letters[start : start + 12]).strip() for start in range(0, len(letters), 12)]
    text = " ".join(" ".join(words).split())
    name = "".join(c for c in letters if c.isalpha() and within(c, NAME_RANGES))
    page = set_page(sample("birth/extract-two-parents", hometown=text, full_name=name[:100]))
    assert page.differences == ()


NASTY = [
    "fi fl ffi ffl fj",
    "H'Hen-Niê",
    "A. - B, C",
    "--",
    "a-b-c/d-e",
    "Đường Điện Biên Phủ, 12/3",
    "Ỹ ỵ Ặ ự",
]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(NASTY), min_size=1, max_size=40))
def test_lines_break_anywhere_and_read_the_same(parts: list[str]) -> None:
    page = set_page(sample("land/g2-many-changes", notes=" ".join(parts)))
    assert page.differences == ()
