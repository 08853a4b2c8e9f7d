"""Every object of an archived copy, changed in every simple way after the last timestamp.

Whoever changes it also adds a document timestamp of an authority that receivers trust, so that only
the allow-list stands between the change and a valid copy.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import pytest
from pyhanko.pdf_utils import generic

from support.levels import later, renewed, stamp
from support.pdf_copies import appended, verify
from support.raw_revisions import raw_revision
from vncopy.pdf.inspect import inspect_pdf
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.revisions import read_snapshot
from vncopy.report import Verdict

Way = Literal["key", "value", "data", "entry", "gone", "nothing"]
WAYS: tuple[Way, ...] = ("key", "value", "data", "entry", "gone", "nothing")
NAME = generic.pdf_name


@cache
def numbers() -> tuple[int, ...]:
    """Return the numbers of all objects but cross-reference and object streams."""
    snapshot = read_snapshot(renewed(), DEFAULT_LIMITS)
    with snapshot.pdf:
        structure = (b"/Type /XRef", b"/Type /ObjStm")
        return tuple(
            number
            for (number, _), text in sorted(snapshot.texts.items())
            if not any(word in text for word in structure)
        )


@cache
def that_matter() -> tuple[int, ...]:
    """Return catalog, form, fields, pages, and all that signing and archiving brought."""
    snapshot = read_snapshot(renewed(), DEFAULT_LIMITS)
    with snapshot.pdf as pdf:
        form = pdf.Root.AcroForm
        fields = [field.objgen[0] for field in form.Fields]
        pages = [page.obj.objgen[0] for page in pdf.pages]
        signed = min(field.V.objgen[0] for field in form.Fields)
        known = {pdf.Root.objgen[0], form.objgen[0], pdf.Root.Pages.objgen[0], *fields, *pages}
    return tuple(number for number in numbers() if number in known or number >= signed)


def changed(number: int, way: Way) -> bytes | None:
    """Return the archived copy with one object changed; ``None``: it has no such part."""
    if way in {"gone", "nothing"}:
        return raw_revision(renewed(), {number: None if way == "gone" else b"null"})
    done = False

    def change(writer: Any) -> None:
        nonlocal done
        reference = generic.Reference(number, 0, writer)
        item = writer.get_object(reference)
        done = _change(item, way)
        writer.mark_update(reference)

    pdf = appended(renewed(), change)
    return pdf if done else None


def _change(item: Any, way: Way) -> bool:
    """Change one part of an object; tell whether it has one."""
    if way == "data":
        if isinstance(item, generic.StreamObject):
            data = item.data
            item._encoded_data, item._data = None, data + b" "
            return True
    elif way == "entry":
        if isinstance(item, generic.ArrayObject):
            item.append(generic.NumberObject(1))
            return True
    elif isinstance(item, generic.DictionaryObject):
        if way == "key":
            item[NAME("/VncopyTest")] = generic.NumberObject(1)
            return True
        names = [name for name in item if name not in {"/Length", "/Filter"}]
        if names:
            item[names[0]] = generic.NameObject("/Other")
            return True
    return False


def refused(number: int, way: Way) -> bool:
    """Tell whether an object has such a part; the change of it must be refused."""
    pdf = changed(number, way)
    if pdf is None:
        return False
    facts = inspect_pdf(pdf, diff=False).facts
    caught = (
        any(row.forbidden for row in facts.revisions)
        or not facts.reading.passed
        or facts.byte_ranges != len(facts.signatures)  # without its form no signature is found
    )
    assert caught, (number, way)
    return True


@pytest.mark.parametrize("way", [way for way in WAYS if way != "entry"])
def test_no_object_that_matters_can_be_changed(way: Way) -> None:
    assert sum(refused(number, way) for number in that_matter()) >= 3


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
def test_no_object_can_be_changed(way: Way) -> None:
    assert sum(refused(number, way) for number in numbers()) > (3 if way == "entry" else 10)


@pytest.mark.parametrize("way", WAYS)
def test_nor_can_it_be_stamped_afterwards(way: Way) -> None:
    """A sample of the same, with a timestamp at its end, up to the verdict."""
    for number in numbers()[::31]:
        pdf = changed(number, way)
        if pdf is None:
            continue
        try:
            stamped = stamp(pdf, later())
        except Exception:  # noqa: BLE001, S112 - a file that not even the writer continues
            continue
        assert verify(stamped).verdict is Verdict.INVALID, number
