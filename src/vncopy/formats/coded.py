"""Enumerations that travel as small integers, and parts that may be written as a plain string."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from pydantic import model_validator
from pydantic_core import core_schema

from vncopy.formats.base import Part

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core.core_schema import SerializerFunctionWrapHandler

__all__ = ["CodedEnum", "TextPart", "same_wire"]


class CodedEnum(StrEnum):
    """A closed list; each member has a JSON value, a code for the QR and its Vietnamese words."""

    code: int
    """Code in the QR; ≥ 0, never reused."""
    title_vi: str
    """The words of the form."""

    def __new__(cls, value: str, code: int = -1, title_vi: str = "") -> Self:
        """Make a member; looking one up by its value takes the value alone.

        Raises:
            TypeError: a member is declared without code or words (a mistake of the type's author).
        """
        if code < 0 or not title_vi:
            msg = f"{cls.__name__}.{value}: declare value, code and words"
            raise TypeError(msg)
        member = str.__new__(cls, value)
        member._value_ = value
        member.code = code
        member.title_vi = title_vi
        return member

    def to_wire(self) -> int:
        """Return the code."""
        return self.code

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the member with the code ``value``.

        Raises:
            ValueError: there is none.
        """
        if isinstance(value, int) and not isinstance(value, bool):
            for member in cls:
                if member.code == value:
                    return member
        msg = f"{cls.__name__}: unknown code"
        raise ValueError(msg)


def same_wire(one: object, other: object) -> bool:
    """Tell whether two plain values are the same on the wire, where ``True`` is not 1."""
    if isinstance(one, list) and isinstance(other, list):
        same_length = len(one) == len(other)
        return same_length and all(same_wire(a, b) for a, b in zip(one, other, strict=True))
    return type(one) is type(other) and one == other


class TextPart(Part):
    """A part that a record may write as a plain string when it holds nothing else.

    ``"Kinh"`` and ``{"text": "Kinh"}`` are the same. Written back it is the string when that
    says everything, else the object without its empty fields.
    """

    text_field: ClassVar[str] = "text"
    """The field that the plain string stands for."""

    def _implied(self) -> frozenset[str]:
        """Return the fields that follow from the text and need not be written."""
        return frozenset()

    @model_validator(mode="before")
    @classmethod
    def _accept_plain_text(cls, value: Any) -> Any:  # noqa: ANN401 - any input
        return {cls.text_field: value} if isinstance(value, str) else value

    def _write_plain_text(self, handler: SerializerFunctionWrapHandler) -> Any:  # noqa: ANN401
        whole = handler(self)
        implied = self._implied()
        kept = {k: v for k, v in whole.items() if v is not None and k not in implied}
        return kept[self.text_field] if set(kept) == {self.text_field} else kept

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Write with :meth:`_write_plain_text`; pydantic's decorator for it is slow to import."""
        schema = handler(source)
        model = cast("core_schema.ModelSchema", handler.resolve_ref_schema(schema))
        model["serialization"] = core_schema.wrap_serializer_function_ser_schema(
            cls._write_plain_text, return_schema=core_schema.any_schema()
        )
        return schema

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return ``anyOf`` the text's own schema and the object."""
        whole = super().__get_pydantic_json_schema__(schema, handler)
        resolved = handler.resolve_ref_schema(whole)
        if handler.mode == "serialization" or "properties" not in resolved:
            return whole
        text = {k: v for k, v in resolved["properties"][cls.text_field].items() if k != "title"}
        body = dict(resolved)
        resolved.clear()
        resolved.update({"title": body.pop("title", cls.__name__), "anyOf": [text, body]})
        return whole
