"""Which signature fields may be filled or added after a signature.

A field made beforehand may get its ``/V`` and nothing else. A further document timestamp may bring
a field of its own, which nobody sees: no area, outside the page, no appearance. The dictionaries of
signatures hold what a signature needs, as plain values: nothing is drawn by them, nothing done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.allowed_store import same_value

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from vncopy.pdf.revisions import ObjectId, Snapshot

__all__ = ["ExplainedFields", "explained_fields"]

_NEEDED: Final = frozenset({"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange"})
"""All that a document timestamp has (ISO 32000-2 table 255)."""
_TEXTS: Final = frozenset({"/M", "/Name", "/Location", "/Reason", "/ContactInfo"})
"""What a signature may say besides, in strings that nothing draws (ISO 32000-1 table 252)."""
_REFERENCE_KEYS: Final = frozenset({"/Type", "/TransformMethod", "/TransformParams", "/Data"})
_PARAMETER_KEYS: Final = frozenset({"/Type", "/V", "/P", "/Action", "/Fields"})
_TRANSFORMS: Final = frozenset({"/DocMDP", "/FieldMDP"})
_WIDGET_KEYS: Final = frozenset(
    {"/Type", "/Subtype", "/FT", "/T", "/TU", "/F", "/Rect", "/P", "/V"}
)
_SIGNATURE: Final = "/Sig"
_TIMESTAMP: Final = "/DocTimeStamp"


@dataclass(slots=True)
class ExplainedFields:
    """What of a part is explained by signature fields."""

    objects: set[ObjectId] = field(default_factory=set)
    """Widgets, signatures, and the lists that name new widgets."""
    signatures: int = 0
    """Signatures of somebody that came."""
    timestamps: int = 0
    """Document timestamps that came."""


def explained_fields(before: Snapshot, after: Snapshot, changed: set[ObjectId]) -> ExplainedFields:
    """Return the changed objects that are explained by signatures in their fields.

    Args:
        before: the objects at a signature.
        after: the objects at the next one, or at the end.
        changed: objects that are new or other than before.
    """
    found = ExplainedFields()
    added: set[ObjectId] = set()
    for key in changed:
        item = after.objects[key]
        if not isinstance(item, pikepdf.Dictionary) or str(item.get("/FT", "")) != _SIGNATURE:
            continue
        value: Any = item.get("/V")
        if not _is_new_signature(value, before, after):
            continue
        timestamp = str(value.Type) == _TIMESTAMP
        if key in before.texts:
            known = _is_filled(before.objects[key], item, invisible=timestamp)
        else:
            known = timestamp and _is_new_widget(item, before, after)
            added |= {key} if known else set()
        if known:
            found.objects |= {key, value.objgen}
            found.timestamps += timestamp
            found.signatures += not timestamp
    if added:
        found.objects |= _longer_lists(before, after, changed, added)
    return found


def _is_new_signature(value: Any, before: Snapshot, after: Snapshot) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether a signature is new, and says nothing but what signatures say."""
    if (
        not isinstance(value, pikepdf.Dictionary)
        or not value.is_indirect
        or value.objgen in before.texts
        or not set(value.keys()) >= _NEEDED
    ):
        return False
    kind = str(value.Type)
    more = {_SIGNATURE: _TEXTS | {"/Reference"}, _TIMESTAMP: frozenset()}.get(kind)
    if more is None or not set(value.keys()) <= _NEEDED | more:
        return False
    span = value.get("/ByteRange")
    numbers: list[Any] = list(span) if isinstance(span, pikepdf.Array) else [None]
    plain = (
        all(isinstance(value.get(name), pikepdf.Name) for name in ("/Filter", "/SubFilter"))
        and isinstance(value.get("/Contents"), pikepdf.String)
        and all(type(number) is int for number in numbers)
    )
    texts = (value.get(name) for name in _TEXTS if name in value)
    references = value.get("/Reference", pikepdf.Array())
    return (
        plain
        and all(isinstance(text, pikepdf.String) for text in texts)
        and isinstance(references, pikepdf.Array)
        and all(_is_reference(row, after) for row in references)
    )


def _is_reference(row: Any, after: Snapshot) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether a signature reference only says what may still change."""
    if not isinstance(row, pikepdf.Dictionary) or not set(row.keys()) <= _REFERENCE_KEYS:
        return False
    parameters = row.get("/TransformParams")
    root = after.pdf.Root
    return (
        str(row.get("/TransformMethod", "")) in _TRANSFORMS
        and ("/Data" not in row or same_value(row.get("/Data"), root))
        and isinstance(parameters, pikepdf.Dictionary)
        and set(parameters.keys()) <= _PARAMETER_KEYS
        and all(
            isinstance(name, pikepdf.String) for name in parameters.get("/Fields", pikepdf.Array())
        )
    )


def _is_filled(old: Any, new: pikepdf.Dictionary, *, invisible: bool) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether a field made beforehand got its ``/V`` and nothing else.

    Args:
        old: the field before.
        new: the field after.
        invisible: the field must be one that nobody sees.
    """
    if not isinstance(old, pikepdf.Dictionary) or "/V" in old:
        return False
    if invisible and ("/AP" in old or not _has_no_area(old.get("/Rect"))):
        return False
    return set(new.keys()) - {"/V"} == set(old.keys()) and all(
        same_value(new.get(name), old.get(name))
        for name in old.keys()  # noqa: SIM118 - not a dict
    )


def _is_new_widget(item: pikepdf.Dictionary, before: Snapshot, after: Snapshot) -> bool:
    """Tell whether a new field of a document timestamp cannot be seen, and has a name of its own."""
    page, name = item.get("/P"), item.get("/T")
    return (
        set(item.keys()) <= _WIDGET_KEYS
        and str(item.get("/Subtype", "")) == "/Widget"
        and str(item.get("/Type", "/Annot")) == "/Annot"
        and type(item.get("/F", 0)) is int
        and isinstance(item.get("/TU", pikepdf.String("")), pikepdf.String)
        and isinstance(name, pikepdf.String)
        and str(name) not in _field_names(before)
        and isinstance(page, pikepdf.Dictionary)
        and page.objgen in {each.obj.objgen for each in after.pdf.pages}
        and _has_no_area(item.get("/Rect"))
        and _lies_outside(item.get("/Rect"), pikepdf.Page(page))
    )


def _field_names(snapshot: Snapshot) -> set[str]:
    """Return the names of all fields of a file; copies have no fields inside of fields."""
    form = snapshot.pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    if not isinstance(fields, pikepdf.Array):
        return set()
    return {str(each.get("/T", "")) for each in fields if isinstance(each, pikepdf.Dictionary)}


def _corners(rect: Any) -> tuple[float, ...] | None:  # noqa: ANN401 - pikepdf's
    """Return left, bottom, right and top, as they are written."""
    if not isinstance(rect, pikepdf.Array) or len(rect) != 4:  # noqa: PLR2004 - four corners
        return None
    return tuple(float(value) for value in rect)


def _has_no_area(rect: Any) -> bool:  # noqa: ANN401 - pikepdf's
    corners = _corners(rect)
    return corners is not None and corners[0] == corners[2] and corners[1] == corners[3]


def _lies_outside(rect: Any, page: pikepdf.Page) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether a box without area lies outside of what is shown of a page."""
    at, shown = _corners(rect), _corners(page.cropbox)
    if at is None or shown is None:
        return False
    across = min(shown[0], shown[2]) <= at[0] <= max(shown[0], shown[2])
    along = min(shown[1], shown[3]) <= at[1] <= max(shown[1], shown[3])
    return not (across and along)


def _longer_lists(
    before: Snapshot, after: Snapshot, changed: set[ObjectId], added: set[ObjectId]
) -> set[ObjectId]:
    """Return the form, the pages and the lists that changed in nothing but naming new fields.

    ``/Fields`` of the form names each new field once, and so does ``/Annots`` of one page: its own.
    """
    old_form, form = before.pdf.Root.get("/AcroForm"), after.pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary) or not isinstance(old_form, pikepdf.Dictionary):
        return set()
    rows = [(old_form, form, "/Fields", added)]
    if len(before.pdf.pages) != len(after.pdf.pages):
        return set()
    for old_page, page in zip(before.pdf.pages, after.pdf.pages, strict=True):
        own = {key for key in added if after.objects[key].P.objgen == page.obj.objgen}
        rows.append((old_page.obj, page.obj, "/Annots", own))
    explained: set[ObjectId] = set()
    for old, new, name, keys in rows:
        if not keys:
            continue
        if not _grew_by(old.get(name), new.get(name), keys):
            return set()
        explained |= _holders(old, new, name) & changed
    return explained


def _holders(old: pikepdf.Object, new: pikepdf.Object, name: str) -> set[ObjectId]:
    """Return the objects that may change because the list ``name`` of one of them grew."""
    if old.objgen != new.objgen or not new.is_indirect:
        return set()
    before: Any = old.get(name)
    after: Any = new.get(name)
    if before is not None and before.is_indirect:
        # The list is an object of its own: only that one changes, and it stays the same object.
        return {after.objgen} if after.objgen == before.objgen else set()
    rest = (set(old.keys()) | set(new.keys())) - {name}
    same = all(
        part in old and part in new and same_value(old.get(part), new.get(part)) for part in rest
    )
    return {new.objgen} if same and not after.is_indirect else set()


def _grew_by(old: Any, new: Any, added: set[ObjectId]) -> bool:  # noqa: ANN401 - pikepdf's
    """Tell whether ``new`` is ``old`` with each of ``added`` named once at its end."""
    if not isinstance(new, pikepdf.Array):
        return False
    before = list(old) if isinstance(old, pikepdf.Array) else []
    after = list(new)
    more = {getattr(entry, "objgen", None) for entry in after[len(before) :]}
    return (
        len(after) == len(before) + len(added)
        and all(map(same_value, before, after))
        and more == added
    )
