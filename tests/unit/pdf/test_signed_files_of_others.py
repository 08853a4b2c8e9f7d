"""Trees of pages, actions, what a printer gets, and dictionaries of signatures: one flaw each."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from asn1crypto import algos, cms, tsp
from pyhanko.pdf_utils import generic

from support.forgeries import readings
from support.forgeries.plain import judged, page
from support.pdf_copies import demo
from vncopy.pdf.acting import acts_alone
from vncopy.pdf.limits import DEFAULT_LIMITS
from vncopy.pdf.page_tree import is_orderly_tree
from vncopy.pdf.printing import other_in_print
from vncopy.pdf.revisions import Snapshot, read_snapshot
from vncopy.pdf.signature_dictionary import byte_range, dictionary_problem
from vncopy.pdf.signed_data import shape_problem
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

Name, Dictionary, Array, String = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array, pikepdf.String


def _made(change: Callable[[pikepdf.Pdf], Any]) -> Snapshot:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=(300, 300))
        change(pdf)
        pdf.save(out, static_id=True)
    return read_snapshot(out.getvalue(), DEFAULT_LIMITS)


def _first(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj


# --- the tree of pages ---------------------------------------------------------------------------


def test_a_tree_that_counts_right_is_in_order() -> None:
    with _made(lambda _: None).pdf as pdf:
        assert is_orderly_tree(pdf, 3)
        assert not is_orderly_tree(pdf, 2)


def test_a_node_inside_of_a_node_is_counted() -> None:
    with _made(lambda _: None).pdf as pdf:
        root = pdf.Root.Pages
        inner = pdf.make_indirect(
            Dictionary(Type=Name.Pages, Kids=Array([root.Kids[1]]), Count=1, Parent=root)
        )
        root.Kids[1].Parent = inner
        root.Kids[1] = inner
        assert is_orderly_tree(pdf, 9)
        inner.Count = 2
        assert not is_orderly_tree(pdf, 9)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda root: root.__setitem__("/Count", 1),
        lambda root: root.__setitem__("/Count", String("2")),
        lambda root: root.__setitem__("/Kids", Array([root.Kids[0], root.Kids[0]])),
        lambda root: root.__setitem__("/Kids", Array([root.Kids[0], root])),
        lambda root: root.__setitem__("/Kids", Array([root.Kids[0], Dictionary(Type=Name.Page)])),
        lambda root: root.__setitem__("/Kids", Array([root.Kids[0], 7])),
        lambda root: root.__setitem__("/Kids", Dictionary()),
        lambda root: root.__setitem__("/Type", Name.Page),
        lambda root: root.Kids[0].__setitem__("/Type", Name.Pages),
        lambda root: root.Kids[0].__setitem__("/Parent", root.Kids[1]),
        lambda root: root.__setitem__("/Parent", root.Kids[1]),
    ],
)
def test_what_readers_walk_as_they_like_is_not(spoil: Callable[[Any], None]) -> None:
    with _made(lambda _: None).pdf as pdf:
        spoil(pdf.Root.Pages)
        assert not is_orderly_tree(pdf, 9)


def test_nodes_without_end_are_not() -> None:
    with _made(lambda _: None).pdf as pdf:
        below = pdf.Root.Pages
        for _ in range(70):
            inner = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=0, Parent=below))
            below.Kids, below.Count = Array([inner]), 0
            below = inner
        below.Kids = Array()
        assert not is_orderly_tree(pdf, 900)


# --- what a file does by itself ------------------------------------------------------------------

HIDE = Dictionary(S=Name.Hide, T="x")
TURN = Dictionary(S=Name.GoTo, D="x")


def _note(pdf: pikepdf.Pdf, **entries: Any) -> None:
    _first(pdf).Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, **entries)), 7])


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        (lambda _: None, ""),
        (lambda p: p.Root.__setitem__("/OpenAction", Array([_first(p), Name.Fit])), ""),
        (lambda p: p.Root.__setitem__("/OpenAction", TURN), ""),
        (lambda p: p.Root.__setitem__("/OpenAction", HIDE), "1 opening"),
        (
            lambda p: p.Root.__setitem__("/OpenAction", Dictionary(S=Name.GoTo, Next=HIDE)),
            "1 opening",
        ),
        (
            lambda p: p.Root.__setitem__(
                "/OpenAction", Dictionary(S=Name.GoTo, Next=Array([TURN] * 20))
            ),
            "1 opening",
        ),
        (lambda p: p.Root.__setitem__("/AA", Dictionary(WC=HIDE, DP=TURN)), "1 opening"),
        (lambda p: p.Root.__setitem__("/AA", Array([])), "1 opening"),
        (lambda p: p.Root.__setitem__("/Collection", Dictionary()), "1 collection"),
        (lambda p: _first(p).__setitem__("/AA", Dictionary(O=HIDE)), "1 reading"),
        (lambda p: _note(p, Subtype=Name.Link, AA=Dictionary(E=HIDE)), "1 reading"),
        (lambda p: _note(p, Subtype=Name.Link, A=HIDE), ""),
    ],
)
def test_what_acts_without_a_click_is_told(change: Callable[[Any], Any], detail: str) -> None:
    found = _made(change)
    with found.pdf:
        assert "; ".join(row.detail for row in acts_alone(found)) == detail


def test_too_many_notes_are_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vncopy.pdf.acting._MOST_ANNOTATIONS", 0)
    monkeypatch.setattr("vncopy.pdf.printing._MOST_ANNOTATIONS", 0)
    found = _made(lambda pdf: _note(pdf, Subtype=Name.Link))
    with found.pdf:
        for search in (acts_alone, other_in_print):
            with pytest.raises(ValueError, match="annotations"):
                list(search(found))


# --- what a printer gets -------------------------------------------------------------------------


def _stream(pdf: pikepdf.Pdf, content: bytes = b"0 0 9 9 re f", **entries: Any) -> Any:
    made = pdf.make_stream(content)
    for name, value in entries.items():
        made[f"/{name}"] = value
    return made


def _object(**entries: Any) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.__setitem__("/Kept", _stream(pdf, **entries))


def _shown(flags: Any, kind: Any = Name.Stamp, content: bytes = b"0 0 9 9 re f") -> Any:
    return lambda pdf: _note(
        pdf, Subtype=kind, F=flags, AP=Dictionary(N=_stream(pdf, content)), Rect=[0, 0, 9, 9]
    )


def _stateful(pdf: pikepdf.Pdf) -> None:
    looks = Dictionary(N=Dictionary(On=_stream(pdf)))
    _note(pdf, Subtype=Name.Stamp, F=0, AS=Name.On, AP=looks)


FUNCTION = Dictionary(FunctionType=2, Domain=[0, 1], N=1)


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        (lambda _: None, ""),
        (_object(Subtype=Name.Image, Alternates=Array([])), "1 pictures"),
        (_object(Subtype=Name.PS), "1 programs"),
        (_object(Subtype=Name.Form, Subtype2=Name.PS), "1 programs"),
        (_object(Subtype=Name.Form, PS=1), "1 programs"),
        (_object(Resources=Dictionary(ExtGState=Dictionary(G=Dictionary(TR=FUNCTION)))),
         "1 functions"),
        (lambda p: p.Root.__setitem__("/Kept", Dictionary(TR2=Array([Name.Identity, FUNCTION]))),
         "1 functions"),
        (lambda p: p.Root.__setitem__("/Kept", Dictionary(TR=Name.Identity)), ""),
        (lambda p: p.Root.__setitem__("/Kept", Dictionary(S=Name.Alpha, TR=FUNCTION)), ""),
        (lambda p: p.Root.__setitem__("/Kept", Array([Name.TR])), ""),
        (_shown(0), "1 notes"),
        (_shown(4), ""),
        (_shown(2), ""),
        (_shown(String("x")), ""),
        (_shown(0, Name.Link), ""),
        (_shown(0, content=b""), ""),
        (_shown(4, Name.Watermark), "1 notes"),
        (_stateful, "1 notes"),
    ],
)  # fmt: skip
def test_what_only_a_printer_gets_is_told(change: Callable[[Any], Any], detail: str) -> None:
    found = _made(change)
    with found.pdf:
        assert "; ".join(row.detail for row in other_in_print(found)) == detail


# --- the dictionary of a signature ---------------------------------------------------------------


class _Field:
    """A signature field as pyHanko hands it over, with a dictionary made here."""

    def __init__(self, value: Any, *, indirect: bool = True) -> None:
        self._value = value
        self._indirect = indirect

    def get_object(self) -> Any:
        """Return itself."""
        return self

    def raw_get(self, _: str) -> Any:
        """Return a reference to the dictionary."""
        if not self._indirect:
            return self._value
        reference = generic.IndirectObject(1, 0, None)
        value = self._value

        class Reference(generic.IndirectObject):
            def get_object(self) -> Any:
                return value

        return Reference(reference.idnum, 0, None)

    def __getitem__(self, _: str) -> Any:
        return self._value


def _written(**changes: Any) -> Any:
    rows = {
        "Type": generic.NameObject("/Sig"),
        "Filter": generic.NameObject("/Adobe.PPKLite"),
        "SubFilter": generic.NameObject("/ETSI.CAdES.detached"),
        "Contents": generic.ByteStringObject(b"0"),
        "ByteRange": generic.ArrayObject(generic.NumberObject(n) for n in (0, 5, 9, 4)),
    } | changes
    kept = {f"/{name}": value for name, value in rows.items() if value is not None}
    return generic.DictionaryObject({generic.NameObject(k): v for k, v in kept.items()})


def _row(method: str = "/DocMDP", **told: Any) -> Any:
    return generic.DictionaryObject(
        {
            generic.NameObject("/TransformMethod"): generic.NameObject(method),
            generic.NameObject("/TransformParams"): generic.DictionaryObject(
                {generic.NameObject(f"/{name}"): value for name, value in told.items()}
            ),
        }
    )


def _rows(*rows: Any) -> Any:
    return generic.ArrayObject(rows)


NAMES = generic.ArrayObject([generic.TextStringObject("comment")])
LAID_BARE = generic.DictionaryObject(
    {generic.NameObject("/TransformMethod"): generic.NameObject("/UR3")}
)
ODD = generic.DictionaryObject(
    {
        generic.NameObject("/TransformMethod"): generic.NameObject("/UR3"),
        generic.NameObject("/TransformParams"): generic.NumberObject(1),
    }
)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, ""),
        ({"Type": None}, ""),
        ({"Type": generic.NameObject("/Other")}, "type"),
        ({"Filter": None}, "filter"),
        ({"SubFilter": generic.TextStringObject("x")}, "subfilter"),
        ({"Contents": generic.NumberObject(1)}, "contents"),
        ({"Reference": _rows(_row(), _row("/FieldMDP", Fields=NAMES), LAID_BARE)}, ""),
        ({"Reference": _row()}, "reference"),
        ({"Reference": _rows(generic.NumberObject(1))}, "reference"),
        ({"Reference": _rows(_row("/docmdp"))}, "reference"),
        ({"Reference": _rows(_row(), _row())}, "reference"),
        ({"Reference": _rows(ODD)}, "reference"),
        ({"Reference": _rows(_row("/FieldMDP", Fields=NAMES[0]))}, "reference"),
        ({"Reference": _rows(_row("/FieldMDP", Fields=_rows(_row())))}, "reference"),
    ],
)
def test_a_dictionary_is_held_to_the_standard(changes: dict[str, Any], word: str) -> None:
    assert dictionary_problem(_Field(_written(**changes))) == word


def test_a_dictionary_is_an_object_of_its_own() -> None:
    assert dictionary_problem(_Field(_written(), indirect=False)) == "value"
    assert dictionary_problem(_Field(generic.NumberObject(1))) == "value"


@pytest.mark.parametrize(
    "numbers", [(0, 5, 9), (1, 5, 9, 4), (0, 0, 9, 4), (0, 9, 9, 4), (0, 5, 9, 0)]
)
def test_a_byte_range_is_four_numbers(numbers: tuple[int, ...]) -> None:
    assert byte_range(_Field(_written())) == [0, 5, 9, 4]
    told = generic.ArrayObject(generic.NumberObject(n) for n in numbers)
    assert byte_range(_Field(_written(ByteRange=told))) is None
    odd = generic.ArrayObject([generic.FloatObject(0), *list(told)[1:]])
    assert byte_range(_Field(_written(ByteRange=odd))) is None


# --- the message in it ---------------------------------------------------------------------------


def _named_by(digest: str, size: int) -> Callable[[list[Any]], list[Any]]:
    """Name the certificate by another digest."""

    def change(rows: list[Any]) -> list[Any]:
        kept = [row for row in rows if row["type"].native != "signing_certificate_v2"]
        der = demo().offices[0].seals["p256"].certificate
        value = hashlib.new(digest, der, usedforsecurity=False).digest()[:size]
        entry = {"hash_algorithm": {"algorithm": digest}, "cert_hash": value}
        named = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2(entry)]})
        return [*kept, cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]})]

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda rows: rows, None),
        (_named_by("sha256", 32), None),
        (_named_by("sha512", 64), None),
        (_named_by("sha1", 20), Reason.CMS_ALGORITHM),
        (_named_by("md5", 16), Reason.CMS_ALGORITHM),
    ],
)
def test_the_digest_that_names_a_certificate_must_be_strong(
    change: Callable[[list[Any]], list[Any]], reason: Reason | None
) -> None:
    report = judged(readings.sealed(page(), "Signature1", change=change))
    assert report.check(CheckId.SIGNATURES_INTACT).reason is reason


@pytest.mark.parametrize(("trailer", "reason"), [(1, None), (2, Reason.CMS_ALGORITHM)])
def test_the_padding_of_a_signature_is_the_one_that_there_is(
    trailer: int, reason: Reason | None
) -> None:
    algorithm = algos.SignedDigestAlgorithm(
        {
            "algorithm": "rsassa_pss",
            "parameters": algos.RSASSAPSSParams(
                {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "mask_gen_algorithm": {
                        "algorithm": "mgf1",
                        "parameters": {"algorithm": "sha256"},
                    },
                    "salt_length": 32,
                    "trailer_field": trailer,
                }
            ),
        }
    )
    made = cms.ContentInfo.load(readings.message(bytes(32), lambda rows: rows))["content"]
    made["signer_infos"][0]["signature_algorithm"] = algorithm
    found = shape_problem(made, "data")
    assert found == (None if reason is None else (reason, ""))
