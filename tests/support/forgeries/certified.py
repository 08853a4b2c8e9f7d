"""Attacks on certified documents: annotations (EAA) and signatures (SSA) over what was certified.

Certification permits filling (P=2) or comments (P=3), and an approval signature says nothing at all.
An annotation or one more signature may then be drawn over the signed text, and says something else.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pikepdf
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm

from support.forgeries import plain
from support.forgeries.controls_made import filled
from support.forgeries.kinds import AttackFile
from support.forgeries.raw import base, spelled
from support.forgeries.revising import (
    LOOK,
    annotated,
    drawn_field,
    filled_by,
    look,
    new,
    page_of,
    revise,
    sign_existing,
    sign_locking,
)
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.forgeries.kinds import Base

EAA = "Mladenov, Mainka, Rohlmann, Schwenk 2021 (EAA)"
SSA = "Mladenov, Mainka, Rohlmann, Schwenk 2021 (SSA)"
OVER = (70, 690, 370, 714)
"""Where the page says who is paid, in points."""
SUBTYPES = (
    "Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline",
    "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Redact", "FileAttachment", "Watermark", "Link",
    "Popup", "Sound", "Movie", "Screen", "3D", "RichMedia", "PrinterMark", "TrapNet", "Projection",
    "Unheard",
)  # fmt: skip
"""Every kind of annotation of ISO 32000-2 table 171, and one of no standard."""
SHOWN = ("FreeText", "Stamp", "Redact", "Square", "Widget")
"""Kinds that the authors use, and a field that was not there."""


def annotation(subtype: str) -> bytes:
    """Return an annotation over the text, with a look of its own."""
    box = b"/Rect [%d %d %d %d]" % OVER
    more = {
        "Widget": b"/FT /Tx /T (added) /V (Pay to: Somebody Else) /DA (/Helv 11 Tf 0 g)",
        "FreeText": b"/DA (/Helv 14 Tf 0 g) /IC [1 1 1]",
        "Line": b"/L [70 700 370 700]",
        "Ink": b"/InkList [[70 700 370 700]]",
        "Polygon": b"/Vertices [70 690 370 690 370 714 70 714] /IC [1 1 1]",
        "PolyLine": b"/Vertices [70 690 370 690 370 714 70 714]",
        "Square": b"/IC [1 1 1]",
        "Circle": b"/IC [1 1 1]",
    }.get(subtype, b"")
    if subtype in {"Highlight", "Underline", "Squiggly", "StrikeOut", "Redact", "Link"}:
        more += b" /QuadPoints [70 714 370 714 70 690 370 690]"
    return (
        b"<< /Type /Annot /Subtype /%s %s /F 4 /C [1 1 1] /CA 1 /Contents (Pay to: Somebody Else) "
        b"/AP << /N /NEW1X >> %s >>" % (subtype.encode(), box, more)
    )


def _eaa(subtype: str, pdf: bytes) -> bytes:
    """Draw an annotation over the text."""
    return revise(pdf, {page_of(pdf): annotated(0)}, [annotation(subtype), look()])


def _eaa_files() -> Iterator[AttackFile]:
    rows: list[tuple[str, Base, int | None, str]] = []
    for subtype in SUBTYPES:
        rows += [(subtype, "plain", 3, "p3"), (subtype, "copy", None, "over-the-page")]
    for subtype in SHOWN:
        rows += [(subtype, "plain", 1, "p1"), (subtype, "plain", 2, "p2")]
        rows += [(subtype, "plain", None, "approval")]
    for subtype, kind, permission, word in rows:
        yield AttackFile(
            family="certification-annotations",
            variant=f"{subtype.lower()}-{word}",
            base=kind,
            build=partial(_built, subtype, kind, permission),
            check=CheckId.REVISIONS,
            reason=Reason.REVISION_FORBIDDEN,
            published=EAA,
        )


def _built(subtype: str, kind: Base, permission: int | None) -> bytes:
    return _eaa(subtype, base("copy") if kind == "copy" else plain.plain(permission))


# --- one more signature --------------------------------------------------------------------------

ADDED = b"0 g BT /F1 14 Tf 0 7 Td (9) Tj ET"
"""A digit, on nothing."""
AFTER_AMOUNT = (238, 690, 258, 714)
"""Right behind the words of the page."""
BLANK = b""


def _ssa(
    box: tuple[int, int, int, int], content: bytes, permission: int | None, **more: Any
) -> bytes:
    """Let another office sign in a field over the text, whose picture says something else."""
    pdf = drawn_field(plain.plain(permission), box, content, **more)
    return sign_existing(pdf, "Approval")


def _unsigned(permission: int | None) -> bytes:
    """Add the field and its picture, and let nobody sign in it."""
    return drawn_field(plain.plain(permission), OVER, LOOK)


def _prepared(
    permission: int | None, box: tuple[int, int, int, int] = (72, 100, 372, 124)
) -> bytes:
    """Return the page with an empty signature field made beforehand, signed in another one."""
    page = drawn_field(plain.page(), box, BLANK)
    return plain.sign(page, permission=permission)


MARKS = b"/MK << /BG [1 1 1] /BC [0 0 0] >> /BS << /W 3 >> /DA (/Helv 11 Tf 0 g) "
"""What some viewers draw of a field that has no picture; PDFium draws nothing."""
UNLIKE: dict[str, dict[str, Any]] = {
    "background-and-no-picture": {"box": OVER, "content": BLANK, "entries": MARKS},
    "background-and-picture-of-a-state": {
        "box": OVER,
        "content": LOOK,
        "entries": b"/AP << /N << /On /NEW1X >> >> " + MARKS,
    },
    "picture-under-the-pointer": {
        "box": OVER,
        "content": LOOK,
        "entries": b"/AP << /R /NEW1X /D /NEW1X >> ",
    },
    "picture-that-keeps-its-size": {
        "box": (300, 750, 340, 770),
        "content": LOOK,
        "flags": 132 | 8,
    },
    "link-in-a-field": {
        "box": OVER,
        "content": BLANK,
        "entries": b"/A << /S /URI /URI (https://false.example/) >> ",
    },
}
"""Signed fields that look otherwise in other viewers, at another size, or under the pointer."""


def _unlike(variant: str, permission: int | None) -> bytes:
    """Let another office sign in a field that PDFium draws otherwise than other viewers do."""
    return _ssa(permission=permission, **UNLIKE[variant])


def _filled_under_the_pointer(permission: int) -> bytes:
    """Fill nothing, but give the form's field another picture under the pointer."""
    pdf = plain.plain(permission)

    def change(widget: Any) -> None:
        widget.AP = pikepdf.Dictionary(N=widget.AP.N, R=new(0))

    return revise(pdf, {spelled(pdf).fields[plain.FIELD]: change}, [look()])


def _not_compared(permission: int) -> bytes:
    """Replace a value, in a part whose trailer has an identifier without its halves."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots[0].V = pikepdf.String("100")

    signed = plain.sign(plain.page(change=change), permission=permission)
    pdf = filled_by(signed, value="900")
    first = pdf.rindex(b"/ID [")
    end = pdf.index(b"]", first) + 1
    return pdf[:first] + b"/ID []".ljust(end - first) + pdf[end:]


def _not_drawn(permission: int | None) -> bytes:
    """A picture that PDFium does not draw; other viewers forgive what is wrong with it."""
    return _ssa(OVER, LOOK, permission, matrix=(0, 0, 0, 0, 0, 0))


def _moved(permission: int | None) -> bytes:
    """Move the field that was made beforehand over the text while signing in it."""
    pdf = _prepared(permission)

    def change(widget: Any) -> None:
        widget.Rect = pikepdf.Array(list(OVER))
        widget.AP = pikepdf.Dictionary(N=new(0))

    made = revise(pdf, {spelled(pdf).fields["Approval"]: change}, [look()])
    return sign_existing(made, "Approval")


def _over_by_intent(permission: int | None) -> bytes:
    """Sign in an empty field that was made over the text, with a picture that covers it."""
    pdf = _prepared(permission, OVER)

    def change(widget: Any) -> None:
        widget.AP = pikepdf.Dictionary(N=new(0))

    made = revise(pdf, {spelled(pdf).fields["Approval"]: change}, [look()])
    return sign_existing(made, "Approval")


def _other_picture(permission: int | None) -> bytes:
    """Give the first signature, which is seen, another picture."""
    page = drawn_field(plain.page(), (72, 100, 372, 124), ADDED)
    pdf = sign_existing(page, "Approval", permission=permission)

    def change(widget: Any) -> None:
        widget.AP = pikepdf.Dictionary(N=new(0))

    return revise(pdf, {spelled(pdf).fields["Approval"]: change}, [look()])


def _ssa_files() -> Iterator[AttackFile]:
    forbidden = (CheckId.REVISIONS, Reason.REVISION_FORBIDDEN)
    over = (CheckId.RENDERINGS, Reason.LATER_FIELD_OVER_TEXT)
    rows: list[tuple[str, Callable[[], bytes], tuple[CheckId, Reason]]] = [
        (f"cover-the-text-{_word(p)}", partial(_ssa, OVER, LOOK, p), forbidden if p else over)
        for p in (1, 2, 3, None)
    ]
    rows += [
        ("one-digit-over-the-text-approval",
         partial(_ssa, (160, 690, 180, 714), ADDED, None), over),
        ("one-digit-behind-the-text-approval", partial(_ssa, AFTER_AMOUNT, ADDED, None), over),
        ("background-over-the-text-approval",
         partial(_ssa, OVER, b"1 1 1 rg 0 0 300 24 re f", None), over),
        ("transparent-over-the-text-approval",
         partial(_ssa, OVER, b"BT /F1 14 Tf 100 7 Td (not) Tj ET", None), over),
        ("over-a-form-field-approval",
         partial(_ssa_on_filled, (72, 600, 372, 624)), over),
        ("picture-that-is-not-drawn-approval", partial(_not_drawn, None), over),
        ("half-a-page-approval",
         partial(_ssa, (10, 10, 585, 780), b"1 1 1 rg 0 0 575 770 re f", None), over),
    ]  # fmt: skip
    for p in (1, 2, 3):
        rows.append(
            (
                f"one-digit-behind-the-text-{_word(p)}",
                partial(_ssa, AFTER_AMOUNT, ADDED, p),
                forbidden,
            )
        )
    for p in (1, 2, 3, None):
        rows.append((f"field-that-nobody-signs-{_word(p)}", partial(_unsigned, p), forbidden))
    for p in (2, None):
        rows += [
            (f"field-moved-over-the-text-{_word(p)}", partial(_moved, p), forbidden),
            (f"field-made-over-the-text-{_word(p)}", partial(_over_by_intent, p), over),
            (f"other-picture-of-a-signature-{_word(p)}", partial(_other_picture, p), forbidden),
        ]
    rows += [
        (f"{variant}-{_word(p)}", partial(_unlike, variant, p), forbidden)
        for variant in UNLIKE
        for p in (2, None)
    ]
    rows.append(
        ("value-replaced-with-an-empty-identifier-p2", partial(_not_compared, 2), forbidden)
    )
    rows.append(("form-under-the-pointer-p2", partial(_filled_under_the_pointer, 2), forbidden))
    for variant, build, (check, reason) in rows:
        yield AttackFile(
            family="certification-signatures",
            variant=variant,
            base="plain",
            build=build,
            check=check,
            reason=reason,
            published=SSA,
        )


def _ssa_on_filled(box: tuple[int, int, int, int]) -> bytes:
    """Cover what stood in a form field when it was signed."""
    pdf = drawn_field(plain.sign(filled(plain.page())), box, LOOK)
    return sign_existing(pdf, "Approval")


def _word(permission: int | None) -> str:
    return "approval" if permission is None else f"p{permission}"


# --- locks ---------------------------------------------------------------------------------------


def _locked(
    spec: FieldMDPSpec | None, permission: int | None, update: MDPPerm | None = None
) -> bytes:
    return sign_locking(plain.page(), spec, permission, update)


def _lock_files() -> Iterator[AttackFile]:
    everything = FieldMDPSpec(FieldMDPAction.ALL)
    named = FieldMDPSpec(FieldMDPAction.INCLUDE, [plain.FIELD])
    others = FieldMDPSpec(FieldMDPAction.EXCLUDE, ["another"])
    rows: list[tuple[str, Callable[[], bytes]]] = []
    for word, spec in (("all", everything), ("named", named), ("all-but-others", others)):
        for permission in (2, None):
            made = partial(_locked, spec, permission)
            rows.append((f"filled-although-locked-{word}-{_word(permission)}", _then(filled, made)))
    nothing = FieldMDPSpec(FieldMDPAction.INCLUDE, ["another"])
    last = partial(_locked, nothing, None, MDPPerm.NO_CHANGES)
    rows += [
        ("filled-at-p1", lambda: filled(plain.plain(1))),
        ("signed-at-p1", lambda: _ssa((0, 0, 0, 0), BLANK, 1)),
        ("value-alone-at-p1", lambda: filled_by(plain.plain(1), value="x")),
        ("look-alone-at-p1", lambda: filled_by(plain.plain(1), content=LOOK)),
        ("filled-after-a-lock-of-the-document", _then(filled, last)),
        ("signed-after-a-lock-of-the-document",
         _then(lambda pdf: sign_existing(drawn_field(pdf, (0, 0, 0, 0), BLANK), "Approval"), last)),
        ("look-alone-although-locked",
         _then(lambda pdf: filled_by(pdf, content=LOOK), partial(_locked, named, 2))),
        ("value-alone-although-locked",
         _then(lambda pdf: filled_by(pdf, value="x"), partial(_locked, named, 2))),
        ("lock-taken-away", _then(_unlocked, partial(_locked, named, 2))),
    ]  # fmt: skip
    for variant, build in rows:
        yield AttackFile(
            family="field-locks",
            variant=variant,
            base="plain",
            build=build,
            check=CheckId.REVISIONS,
            reason=Reason.REVISION_FORBIDDEN,
        )


def _then(change: Callable[[bytes], bytes], made: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: change(made())


def _unlocked(pdf: bytes) -> bytes:
    """Rename the field that is locked, and fill it."""

    def change(widget: Any) -> None:
        widget.T = pikepdf.String("renamed")
        widget.V = pikepdf.String("x")
        widget.AP = pikepdf.Dictionary(N=new(0))

    return revise(pdf, {spelled(pdf).fields[plain.FIELD]: change}, [look()])


def files() -> tuple[AttackFile, ...]:
    """Return every file."""
    return (*_eaa_files(), *_ssa_files(), *_lock_files())
