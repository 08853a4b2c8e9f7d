"""Texts of the paper that published lists number: with a code beside them, or just in fewer bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import Field, model_validator

from vncopy.formats.coded import TextPart, same_wire
from vncopy.formats.text import CheckedText, Label, broken

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CodeList", "ListedText", "NumberedText"]


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """A published list of codes with names."""

    entries: Mapping[str, tuple[int, str]]
    """Code → its number in the QR, its name. Numbers are never reused, names never changed."""
    ambiguous: frozenset[str] = frozenset()
    """Names that old papers use for something else as well: they imply no code."""
    rule: str
    """Id of the rule that a wrong code breaks."""
    vi: str
    """Why a code is refused, in Vietnamese."""
    en: str
    """Why a code is refused, in English."""

    @cached_property
    def code_of_name(self) -> dict[str, str]:
        """Code of every name that implies one."""
        return {name: c for c, (_, name) in self.entries.items() if name not in self.ambiguous}

    @cached_property
    def code_of_number(self) -> dict[int, str]:
        """Code of every number."""
        return {number: code for code, (number, _) in self.entries.items()}


class ListedText(TextPart):
    """The paper's word, which stays authoritative, and its code.

    The list's own names have their code by themselves; other spellings may state one.
    """

    code_list: ClassVar[CodeList]
    """The list."""

    text: Label
    """The word on the paper."""
    code: str | None = Field(default=None, title="mã")
    """Code of the list, or ``None`` where none is meant."""

    @model_validator(mode="before")
    @classmethod
    def _derive_code(cls, value: Any) -> Any:  # noqa: ANN401 - any input
        if isinstance(value, str):
            value = {"text": value}
        if isinstance(value, dict) and value.get("code") is None:
            derived = cls.code_list.code_of_name.get(str(value.get("text")))
            return {**value, "code": derived} if derived else value
        return value

    @model_validator(mode="after")
    def _code_fits(self) -> Self:
        own = self.code_list.code_of_name.get(str(self.text))
        unknown = self.code is not None and self.code not in self.code_list.entries
        if unknown or (own and own != self.code):
            raise broken(self.code_list.rule, vi=self.code_list.vi, en=self.code_list.en)
        return self

    def _implied(self) -> frozenset[str]:
        return frozenset({"code"} if str(self.text) in self.code_list.code_of_name else ())

    def to_wire(self) -> int | str | list[Any]:
        """Return the number for a name of the list, ``[number, text]``, or the text alone."""
        if self.code is None:
            return str(self.text)
        number, name = self.code_list.entries[self.code]
        return number if name == self.text else [number, str(self.text)]

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the value that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none, or not in its one canonical form.
        """
        codes = cls.code_list.code_of_number
        made = None
        match value:
            case bool():
                pass
            case int() if value in codes:
                name = cls.code_list.entries[codes[value]][1]
                made = cls(code=codes[value], text=Label(name))
            case str():
                made = cls(text=Label(value))
            case [int(number), str(text)] if number in codes:
                made = cls(code=codes[number], text=Label(text))
        if made is None or not same_wire(made.to_wire(), value):
            msg = f"{cls.__name__}: not in canonical form"
            raise ValueError(msg)
        return made


class NumberedText(CheckedText):
    """A text that travels as a number where it is, letter for letter, one of a published list.

    It stays a text everywhere else; whatever is not in the list travels as text. A class that has
    another base of its own names this one first.
    """

    __slots__ = ()
    texts: ClassVar[Mapping[int, str]] = {}
    """Number, from 0, → the exact text. Numbers are never reused, texts never changed."""
    _numbers: ClassVar[dict[str, int]] = {}

    def __init_subclass__(cls) -> None:
        """Turn the list around."""
        super().__init_subclass__()
        cls._numbers = {text: number for number, text in cls.texts.items()}

    def to_wire(self) -> int | str | list[Any]:
        """Return the number of a text of the list, else the text."""
        text = str(self)
        return self._numbers.get(text, text)

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the text that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none, or a text that has a number.
        """
        made = cls(cls.texts[value]) if type(value) is int and value in cls.texts else None
        if isinstance(value, str):
            made = cls(value)
        if made is None or not same_wire(made.to_wire(), value):
            msg = f"{cls.__name__}: neither a number of its list nor another text"
            raise ValueError(msg)
        return made
