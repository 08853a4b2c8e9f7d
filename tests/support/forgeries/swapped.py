"""Swapped signatures: what belongs to one field, one file or one time stands in another's place.

Here too: fields and dictionaries replaced by a later revision, so that a certified file permits more
than it did, or a second field shows the same signature under another name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf

from support.forgeries.incremental import false_page, field_number, number_of
from support.forgeries.kinds import AttackFile
from support.forgeries.plain import plain, sign
from support.forgeries.raw import append, base, contents, edited, places, put_contents, spelled
from support.forgeries.wrapping import roomy
from support.pdf_copies import issued
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.forgeries.kinds import Base

_PUBLISHED = "Mladenov, Mainka, Meyer zu Selhausen, Grothe, Schwenk 2019; Rohlmann et al. 2021"


@cache
def signed_twice() -> bytes:
    """Return a page of somebody else with two signatures."""
    return sign(plain(), field="Signature2")


@cache
def certified(permission: int) -> bytes:
    """Return a certified page."""
    return plain(permission)


def _two(kind: Base) -> bytes:
    return roomy("copy") if kind == "copy" else signed_twice()


def _exchanged_in_place(pdf: bytes) -> bytes:
    first, second = places(pdf)
    one, other = contents(pdf, first), contents(pdf, second)
    made = put_contents(pdf, other.rstrip(b"\0"), first)
    return put_contents(made, one.rstrip(b"\0"), second)


def _first_in_second(pdf: bytes) -> bytes:
    first, second = places(pdf)
    return put_contents(pdf, contents(pdf, first).rstrip(b"\0"), second)


def _second_in_first(pdf: bytes) -> bytes:
    first, second = places(pdf)
    return put_contents(pdf, contents(pdf, second).rstrip(b"\0"), first)


def _of_another_file(pdf: bytes) -> bytes:
    return put_contents(pdf, contents(_other()).rstrip(b"\0"))


def _other() -> bytes:
    return issued(seed=2).pdf


def _names(pdf: bytes) -> tuple[str, str]:
    fields = spelled(pdf).fields
    return ("person", "seal") if "seal" in fields else ("Signature1", "Signature2")


def _pointers_exchanged(pdf: bytes) -> bytes:
    one, other = (spelled(pdf).fields[name] for name in _names(pdf))
    first, second = number_of(pdf, one, "/V"), number_of(pdf, other, "/V")
    texts = spelled(pdf).objects
    old, new = b"/V %d 0 R" % first, b"/V %d 0 R" % second
    assert old in texts[one]
    assert new in texts[other]
    return append(pdf, {one: texts[one].replace(old, new), other: texts[other].replace(new, old)})


def _both_the_same(pdf: bytes) -> bytes:
    one, other = (spelled(pdf).fields[name] for name in _names(pdf))
    texts = spelled(pdf).objects
    old = b"/V %d 0 R" % number_of(pdf, one, "/V")
    new = b"/V %d 0 R" % number_of(pdf, other, "/V")
    return append(pdf, {one: texts[one].replace(old, new)})


def _named_otherwise(pdf: bytes) -> bytes:
    number = field_number(pdf)

    def change(field: Any) -> None:
        field.T = "director"

    return append(pdf, {number: edited(pdf, number, change)})


def _listed_twice(pdf: bytes) -> bytes:
    return _fields(pdf, {}, field_number(pdf))


def _second_field(pdf: bytes) -> bytes:
    """A visible field of another name that shows the same signature."""
    number = spelled(pdf).size
    value = number_of(pdf, field_number(pdf), "/V")
    text = b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (director) /Rect [50 50 300 120]"
    text += b" /F 4 /P %d 0 R /V %d 0 R >>" % (spelled(pdf).pages[0], value)
    return _fields(pdf, {number: text}, number)


def _fields(pdf: bytes, objects: dict[int, bytes], added: int) -> bytes:
    """Append objects, and the form with one more entry."""
    says = spelled(pdf)
    holder = says.root if says.form is None else says.form

    def change(item: Any) -> None:
        form = item if says.form is not None else item.AcroForm
        form.Fields.append(form.Fields[0])

    text = edited(pdf, holder, change)
    old = b"%d 0 R ]" % _first_field(pdf)
    at = text.rindex(old, 0, text.index(b"]", text.index(b"/Fields")) + 1)
    text = text[:at] + b"%d 0 R ]" % added + text[at + len(old) :]
    return append(pdf, {**objects, holder: text})


def _first_field(pdf: bytes) -> int:
    return next(iter(spelled(pdf).fields.values()))


def _dictionary(change: Callable[[Any], None], *, more: bool = True) -> Callable[[bytes], bytes]:
    """Replace the dictionary of the first signature by a later, packed one.

    Its byte range is that of the old one, which still stands in the signed bytes.
    """

    def build(pdf: bytes) -> bytes:
        number = number_of(pdf, spelled(pdf).fields[_names(pdf)[0]], "/V")
        objects = {number: edited(pdf, number, change)}
        return append(pdf, {**objects, **(false_page(pdf) if more else {})}, packed=True)

    return build


def _permits(level: int) -> Callable[[Any], None]:
    def change(signature: Any) -> None:
        signature.Reference[0].TransformParams.P = level

    return change


def _no_reference(signature: Any) -> None:
    if "/Reference" in signature:
        del signature.Reference


def _other_time(signature: Any) -> None:
    signature.M = "D:20200101000000Z"


def _other_words(signature: Any) -> None:
    signature.Reason = "approved by the director"


def _as_timestamp(signature: Any) -> None:
    signature.Type = pikepdf.Name.DocTimeStamp


def _perms(text: bytes) -> Callable[[bytes], bytes]:
    """Change what the catalog says about the certifying signature."""

    def build(pdf: bytes) -> bytes:
        root = spelled(pdf).root

        def change(catalog: Any) -> None:
            if "/Perms" in catalog:
                del catalog.Perms

        made = edited(pdf, root, change)
        other = number_of(pdf, field_number(pdf), "/V")
        entry = text.replace(b"SECOND", b"%d 0 R" % other)
        return append(pdf, {root: made[: made.rindex(b">>")] + entry + b" >>"})

    return build


_DIGEST = CheckId.SIGNATURES_INTACT, Reason.CMS_DIGEST
_RANGE = CheckId.SIGNATURES_INTACT, Reason.BYTE_RANGE
_CMS = CheckId.SIGNATURES_INTACT, Reason.CMS_MALFORMED
_FIELD = CheckId.SIGNATURES_INTACT, Reason.SIGNATURE_FIELD
_LATER = CheckId.REVISIONS, Reason.REVISION_FORBIDDEN
_COVER = CheckId.COVERAGE, Reason.COVERAGE

BOTH: dict[str, tuple[Callable[[bytes], bytes], tuple[CheckId, Reason]]] = {
    "contents-exchanged": (_exchanged_in_place, _DIGEST),
    "contents-of-first-in-second": (_first_in_second, _DIGEST),
    "contents-of-second-in-first": (_second_in_first, _DIGEST),
    "contents-of-another-file": (_of_another_file, _DIGEST),
    "fields-exchanged": (_pointers_exchanged, _LATER),
    "both-fields-the-same": (_both_the_same, _RANGE),
    "field-named-otherwise": (_named_otherwise, _LATER),
    "field-listed-twice": (_listed_twice, _RANGE),
    "second-field-same-signature": (_second_field, _RANGE),
    "dictionary-as-it-was": (_dictionary(lambda _: None), _COVER),
    "dictionary-other-time": (_dictionary(_other_time), _COVER),
    "dictionary-other-time-alone": (_dictionary(_other_time, more=False), _COVER),
    "dictionary-other-words": (_dictionary(_other_words), _COVER),
    "dictionary-as-timestamp": (_dictionary(_as_timestamp), _CMS),
    "dictionary-without-reference": (_dictionary(_no_reference), _COVER),
}
"""On files with two signatures."""

CERTIFIED: dict[str, tuple[Callable[[bytes], bytes], tuple[CheckId, Reason]]] = {
    "certified-permits-annotations": (_dictionary(_permits(3)), _COVER),
    "certified-permits-fields": (_dictionary(_permits(2)), _COVER),
    "certified-permits-level-nine": (_dictionary(_permits(9)), _FIELD),
    "certified-no-longer": (_dictionary(_no_reference), _COVER),
    "permissions-removed": (_perms(b""), _LATER),
    "permissions-empty": (_perms(b"/Perms << >>"), _LATER),
    "permissions-of-usage-rights": (_perms(b"/Perms << /UR3 SECOND >>"), _LATER),
    "permissions-to-nothing": (_perms(b"/Perms << /DocMDP 9999 0 R >>"), _LATER),
}
"""On files that were certified with the permission to change nothing, or to fill fields."""


def _row(
    variant: str, kind: Base, build: Callable[[], bytes], caught: tuple[CheckId, Reason]
) -> AttackFile:
    check, reason = caught
    return AttackFile(
        family="swapped-signature",
        variant=variant,
        base=kind,
        build=build,
        check=check,
        reason=reason,
        published=_PUBLISHED,
    )


def _on(change: Callable[[bytes], bytes], pdf: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: change(pdf())


def files() -> tuple[AttackFile, ...]:
    """Return the files."""
    kinds: tuple[Base, ...] = ("copy", "plain")
    rows = [
        _row(variant, kind, _on(change, lambda kind=kind: _two(kind)), caught)
        for kind in kinds
        for variant, (change, caught) in BOTH.items()
    ]
    rows += [
        _row(variant, "plain", _on(change, lambda: certified(1)), caught)
        for variant, (change, caught) in CERTIFIED.items()
    ]
    rows += [
        _row(variant, "copy", _on(change, lambda: base("copy")), caught)
        for variant, (change, caught) in CERTIFIED.items()
        if variant != "certified-no-longer"
    ]
    return tuple(rows)
