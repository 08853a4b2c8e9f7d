"""Pages that do something by themselves, or look otherwise on paper, prepared before somebody signs.

No script is in them: the actions and pictures are those that the format has for good uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["doing"]

Name, Dictionary, Array, String = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array, pikepdf.String
_FALSE = b"0 g BT /F1 14 Tf 2 7 Td (Pay to: Somebody Else) Tj ET"


def _only(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj


def _more(pdf: pikepdf.Pdf, before: bytes, after: bytes = b"") -> None:
    """Draw something before and after what the page draws."""
    only = _only(pdf)
    only.Contents = pdf.make_stream(before + b"\n" + only.Contents.read_bytes() + b"\n" + after)


def _attached(pdf: pikepdf.Pdf) -> None:
    attached = pdf.make_stream(b"%PDF-1.4 somebody else's contract")
    attached.Type = Name.EmbeddedFile
    entry = Dictionary(Type=Name.Filespec, F="other.pdf", EF=Dictionary(F=attached))
    names = Array([String("other.pdf"), pdf.make_indirect(entry)])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))


def _opens(**action: Any) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(**action))


def _opens_attached(pdf: pikepdf.Pdf) -> None:
    """Show the attached file as soon as this one is opened."""
    _attached(pdf)
    pdf.Root.OpenAction = Dictionary(
        S=Name.GoToE, T=Dictionary(R=Name.C, N="other.pdf"), D=Array([0, Name.Fit])
    )


def _collection(pdf: pikepdf.Pdf) -> None:
    """Show the attached file instead of the pages."""
    _attached(pdf)
    pdf.Root.Collection = Dictionary(Type=Name.Collection, D="other.pdf", View=Name.D)


def _later(pdf: pikepdf.Pdf) -> None:
    """Turn to a page first, and hide a field after that."""
    hide = Dictionary(S=Name.Hide, T="comment")
    turn = Dictionary(S=Name.GoTo, D=Array([_only(pdf), Name.Fit]), Next=Array([hide]))
    pdf.Root.OpenAction = turn


def _on_the_page(pdf: pikepdf.Pdf) -> None:
    _only(pdf).AA = Dictionary(O=Dictionary(S=Name.ResetForm))


def _under_the_pointer(pdf: pikepdf.Pdf) -> None:
    _only(pdf).Annots[0].AA = Dictionary(E=Dictionary(S=Name.Hide, T="comment", H=False))


def _picture(pdf: pikepdf.Pdf, pixels: bytes, **more: Any) -> Any:
    image = pdf.make_stream(pixels)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent = 1, 1, 8
    image.ColorSpace = Name.DeviceRGB
    for name, value in more.items():
        image[f"/{name}"] = value
    return image


def _picture_for_printing(pdf: pikepdf.Pdf) -> None:
    printed = Dictionary(Image=_picture(pdf, b"\x80\0\0"), DefaultForPrinting=True)
    shown = _picture(pdf, b"\0\0\x80", Alternates=Array([printed]))
    _only(pdf).Resources.XObject = Dictionary(Im0=shown)
    _more(pdf, b"", b"q 90 0 0 90 70 300 cm /Im0 Do Q")


def _program(pdf: pikepdf.Pdf) -> None:
    """Print with a program in PostScript, which screens pass over."""
    program = pdf.make_stream(b"72 640 moveto (Pay to: Somebody Else) show")
    program.Type, program.Subtype = Name.XObject, Name.PS
    _only(pdf).Resources.XObject = Dictionary(Ps0=program)
    _more(pdf, b"", b"/Ps0 Do")


def _transfer(pdf: pikepdf.Pdf) -> None:
    """Exchange dark and light where a device applies transfer functions."""
    exchanged = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1]), C1=Array([0]))
    state = Dictionary(Type=Name.ExtGState, TR=exchanged)
    _only(pdf).Resources.ExtGState = Dictionary(Gs0=state)
    _more(pdf, b"/Gs0 gs")


def _note(kind: pikepdf.Name, flags: int) -> Callable[[pikepdf.Pdf], None]:
    """Draw a note of a kind on blank paper."""

    def change(pdf: pikepdf.Pdf) -> None:
        drawn = pdf.make_stream(_FALSE)
        drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 24])
        drawn.Resources = _only(pdf).Resources
        note = Dictionary(
            Type=Name.Annot, Subtype=kind, Rect=Array([72, 400, 372, 424]), F=flags,
            AP=Dictionary(N=drawn),
        )  # fmt: skip
        _only(pdf).Annots.append(pdf.make_indirect(note))

    return change


def doing() -> dict[str, tuple[Callable[[pikepdf.Pdf], None], Reason]]:
    """Return what is prepared on a page with a form, and the warning that must come of it."""
    acts, printed = Reason.ACTS_ALONE, Reason.OTHER_IN_PRINT
    return {
        "opens-another-file": (_opens(S=Name.GoToR, F="other.pdf", D=Array([0, Name.Fit])), acts),
        "opens-what-is-attached": (_opens_attached, acts),
        "opens-a-page-of-the-web": (_opens(S=Name.URI, URI="http://false.example"), acts),
        "hides-a-field-on-opening": (_opens(S=Name.Hide, T="comment"), acts),
        "hides-a-field-after-turning": (_later, acts),
        "empties-a-form-on-a-page": (_on_the_page, acts),
        "hides-under-the-pointer": (_under_the_pointer, acts),
        "collection": (_collection, acts),
        "picture-for-printing": (_picture_for_printing, printed),
        "program-for-printing": (_program, printed),
        "function-for-printing": (_transfer, printed),
        "note-that-is-not-printed": (_note(Name.FreeText, 0), printed),
        "watermark": (_note(Name.Watermark, 4), printed),
    }
