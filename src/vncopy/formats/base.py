"""How a document type is written down: fields with their official label, CBOR key and way to travel.

A document is a frozen, strict pydantic model. Each field is declared with :func:`item`, which
holds the official Vietnamese label, the integer key under which it travels in the QR and whether
it travels at all. Everything else (JSON Schema, payload, printed page, field tables of the
specification) is derived from these declarations, so that a new type is one class.

A field that may lack a value is declared ``Stated[T]``. A present value is the plain value; a
missing one is a :class:`Missing` that says *why* it is missing, because "blank by law",
"unreadable" and "not on this form" are different legal facts.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    NamedTuple,
    Self,
    TypeAlias,
    TypeVar,
    get_args,
)

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import core_schema

from vncopy.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.config import JsonDict

    from vncopy.formats.rules import Rule  # noqa: TC004 - a ClassVar, never evaluated

T = TypeVar("T")

MAX_MISSING_TEXT = 60
"""Characters of the original's own words for a missing value ("Không rõ họ tên", "-/-")."""


class FieldState(StrEnum):
    """Why a field has no value (the original's legal situation, never collapsed into null)."""

    BLANK_BY_LAW = "blank_by_law"
    """Left blank as the law says: an undetermined parent (NĐ 123/2015/NĐ-CP Art. 15)."""
    NOT_ON_FORM = "not_on_form"
    """The form of that time has no such field."""
    DASH = "dash"
    """A dash is printed: "-/-", "/", "—" (TT 10/2024/TT-BTNMT)."""
    UNKNOWN_STATED = "unknown_stated"
    """The original itself says that it is unknown: "Không rõ", "Chưa xác định"."""
    UNREADABLE = "unreadable"
    """Damaged or illegible in the source."""
    WITHHELD = "withheld"
    """Present in the record, left out here on purpose (privacy, selective disclosure)."""


STATE_CODES: dict[FieldState, int] = {
    FieldState.BLANK_BY_LAW: -1,
    FieldState.NOT_ON_FORM: -2,
    FieldState.DASH: -3,
    FieldState.UNKNOWN_STATED: -4,
    FieldState.UNREADABLE: -5,
    FieldState.WITHHELD: -6,
}
"""Negative integers of VNC1 for a missing value; no present value encodes as one."""


class Travel(StrEnum):
    """How a field travels in the QR."""

    CARRIED = "carried"
    """In ``full`` carriage, as value or code."""
    REFERENCE = "reference"
    """In ``full`` and in ``reference`` carriage: a key field of its type."""
    NEVER = "never"
    """Never in the QR (cause of death, diagrams, images): bound by the salted digest only."""


class Part(BaseModel):
    """A frozen, strict group of fields; documents and their sub-groups are parts.

    Unknown fields are errors. Neither ``repr`` nor error messages show a value.

    Raises:
        UsageError: what a constructor is given breaks a rule, with every problem found.
            (``model_validate`` is pydantic's own and raises pydantic's error;
            :func:`vncopy.formats.parse_document` reads JSON and raises this one.)
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        hide_input_in_errors=True,
        defer_build=True,
    )

    if not TYPE_CHECKING:  # type checkers know the fields better than this signature

        def __init__(self, /, **values: object) -> None:
            """Check ``values``."""
            try:
                super().__init__(**values)
            except ValidationError as error:
                from vncopy.formats.parsing import usage_error_of  # noqa: PLC0415 - a ring otherwise

                raise usage_error_of(error) from None

        # pydantic calls a custom constructor for each nested part; this one is for callers alone
        __init__.__pydantic_base_init__ = True

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema, each field described by the docstring under it."""
        from vncopy.formats.docstrings import attribute_docstrings  # noqa: PLC0415 - for schemas

        whole = super().__get_pydantic_json_schema__(schema, handler)
        properties = handler.resolve_ref_schema(whole).get("properties", {})
        for name, text in attribute_docstrings(cls).items():
            if name in properties:
                properties[name].setdefault("description", text)
        return whole

    def __repr__(self) -> str:
        """Return the class name alone: personal data stays out of logs and tracebacks."""
        return f"{type(self).__name__}(…)"

    __str__ = __repr__


class Missing(Part):
    """A field without a value, and why; in JSON ``{"state": "dash", "text": "-/-"}``."""

    state: FieldState = Field(strict=False)
    """Why there is no value."""
    text: str | None = Field(default=None, min_length=1, max_length=MAX_MISSING_TEXT)
    """The original's own words, verbatim, where it has any."""

    def __repr__(self) -> str:
        """Return the state; the text may be personal."""
        return f"Missing({self.state.value})"


# model_construct: two constants do not make every import build pydantic's validators
NOT_ON_FORM = Missing.model_construct(state=FieldState.NOT_ON_FORM)
"""The default of fields that many generations of the form do not have."""
BLANK_BY_LAW = Missing.model_construct(state=FieldState.BLANK_BY_LAW)
"""A part that the law leaves blank."""

VALUE_TAG, MISSING_TAG = "=value", "=missing"
"""Names of the two branches in the location of an error; no field can be called so."""


def _branch(value: object) -> str:
    """Tell a missing value from a present one, so that errors speak of the one that was meant."""
    missing = isinstance(value, Missing) or (isinstance(value, dict) and "state" in value)
    return MISSING_TAG if missing else VALUE_TAG


class _StatedUnion:
    """Makes ``T | Missing`` a union that is told apart by :func:`_branch`."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Return the tagged union."""
        kinds = get_args(source)[:-1]
        present: list[Any] = [handler.generate_schema(kind) for kind in kinds]
        return core_schema.tagged_union_schema(
            {
                VALUE_TAG: present[0] if len(present) == 1 else core_schema.union_schema(present),
                MISSING_TAG: handler.generate_schema(Missing),
            },
            discriminator=_branch,
        )


Stated: TypeAlias = Annotated[T | Missing, _StatedUnion()]
"""``Stated[T]``: the plain value, or :class:`Missing` with the reason."""


class Item(NamedTuple):
    """One declared field of a part."""

    name: str
    """Python and JSON name."""
    key: int
    """Key in the QR's map, unique within its part."""
    title_vi: str
    """The label on the official form."""
    travel: Travel
    """How it travels in the QR."""
    annotation: Any
    """The declared type."""
    required: bool
    """Whether a record must state it."""
    default: Any
    """The default where it need not be stated."""


def item(key: int, title_vi: str, *, default: Any = ..., travel: Travel = Travel.CARRIED) -> Any:  # noqa: ANN401 - stands in for the field's value
    """Declare a field.

    Args:
        key: its key in the QR's map; ≥ 0, unique within the part, never reused.
        title_vi: the official Vietnamese label.
        default: the value when a record does not state the field; required if left out.
        travel: how it travels in the QR.

    Returns:
        A pydantic field, to be assigned in the class body.
    """
    extra: JsonDict = {"x-vncopy-key": key, "x-vncopy-travel": travel.value}
    return Field(default, title=title_vi, json_schema_extra=extra)


def items(part: type[Part] | Part) -> tuple[Item, ...]:
    """Return the declared fields of ``part`` in their order, which is the form's order.

    Args:
        part: a class, or a value of it.

    Raises:
        TypeError: a key is missing or used twice (a mistake of the type's author).
    """
    # the cache must hold classes alone: a value in it would live, with its person, for ever
    return _items(part if isinstance(part, type) else type(part))


@cache
def _items(part: type[Part]) -> tuple[Item, ...]:
    found: list[Item] = []
    for name, info in part.model_fields.items():
        extra = info.json_schema_extra
        if not isinstance(extra, dict) or not isinstance(key := extra.get("x-vncopy-key"), int):
            msg = f"{part.__name__}.{name} is not declared with item()"
            raise TypeError(msg)
        if any(known.key == key for known in found):
            msg = f"{part.__name__}.{name} uses key {key} a second time"
            raise TypeError(msg)
        found.append(
            Item(
                name=name,
                key=key,
                title_vi=info.title or name,
                travel=Travel(str(extra["x-vncopy-travel"])),
                annotation=info.annotation,
                required=info.is_required(),
                default=None if info.is_required() else info.default,
            )
        )
    return tuple(found)


class Document(Part):
    """The base of every document type.

    A type is one class::

        class ResidenceConfirmation(
            Document, format_id="org.example.residence/1", template="mypackage:residence.typ"
        ):
            full_name: PersonName = item(1, "Họ, chữ đệm, tên", travel=Travel.REFERENCE)
    """

    format_id: ClassVar[str] = ""
    """Type and version, ``vn.birth/1``; reverse DNS for types of third parties."""
    title_vi: ClassVar[str] = ""
    """The official name of the document."""
    template: ClassVar[str] = ""
    """The page template as ``package:resource``, read by ``vncopy.pdf`` alone."""
    rules: ClassVar[tuple[Rule, ...]] = ()
    """The type's cross-field rules: a broken error refuses the document, a warning does not."""

    @model_validator(mode="after")
    def _obey_rules(self) -> Self:
        problems = [p for rule in self.rules if rule.is_error for p in rule.problems(self)]
        if problems:
            raise UsageError(*problems)
        return self

    def __init_subclass__(
        cls, *, format_id: str = "", title_vi: str = "", template: str = "", **kwargs: Any
    ) -> None:
        """Record the type's identity.

        Args:
            format_id: type and version.
            title_vi: official Vietnamese name.
            template: ``package:resource`` of the typst template.
            **kwargs: handed to pydantic.
        """
        super().__init_subclass__(**kwargs)
        cls.format_id = format_id
        cls.title_vi = title_vi
        cls.template = template


class DocumentTypes:
    """An immutable set of document types, looked up by ``format_id``."""

    __slots__ = ("_types",)

    def __init__(self, *types: type[Document]) -> None:
        """Collect ``types``.

        Raises:
            UsageError: a type has no ``format_id``, or two have the same.
        """
        known: dict[str, type[Document]] = {}
        for kind in types:
            if not kind.format_id or kind.format_id in known:
                raise UsageError.of(
                    "types",
                    "types.format_id",
                    vi="mỗi loại giấy tờ phải có một format_id riêng",
                    en="every document type needs a format_id of its own",
                )
            known[kind.format_id] = kind
        self._types = known

    def with_type(self, new: type[Document], /) -> DocumentTypes:
        """Return a set that holds ``new`` as well."""
        return DocumentTypes(*self._types.values(), new)

    def get(self, format_id: str, /) -> type[Document] | None:
        """Return the type with that id, or ``None``."""
        return self._types.get(format_id)

    def __iter__(self) -> Iterator[type[Document]]:
        """Iterate over the types in the order given."""
        return iter(self._types.values())

    def __contains__(self, format_id: object) -> bool:
        """Tell whether a type with that id is in the set."""
        return format_id in self._types
