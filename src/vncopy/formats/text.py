"""Text that a copy may hold: which characters, how long, and why a text was refused.

The repertoires are written as explicit ranges of code points. They do not depend on the Unicode
tables of the running Python, so that a text accepted today is accepted in thirty years, in every
language. They hold no combining marks; a text inside them is therefore always in NFC.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic_core import PydanticCustomError, core_schema

from vncopy.errors import UsageError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

__all__ = [
    "FREE_RANGES",
    "NAME_RANGES",
    "CheckedText",
    "FreeText",
    "Label",
    "PatternText",
    "PersonName",
    "broken",
]

Ranges = tuple[tuple[int, int], ...]
"""Code points as (first, last) pairs, ascending."""

LETTER_RANGES: Ranges = (
    (0x41, 0x5A),
    (0x61, 0x7A),
    # Latin-1 letters, without × ÷ and without Ð ð, which stand for a mistyped Đ đ
    (0xC0, 0xCF),
    (0xD1, 0xD6),
    (0xD8, 0xEF),
    (0xF1, 0xF6),
    (0xF8, 0xFF),
    # Latin Extended-A (Ă Đ Ĩ Ũ and European names), without the deprecated ŉ and the long s
    (0x0100, 0x0148),
    (0x014A, 0x017E),
    # Ơ ơ, Ư ư
    (0x01A0, 0x01A1),
    (0x01AF, 0x01B0),
    # Ș ș Ț ț
    (0x0218, 0x021B),
    # Ạ … ỹ
    (0x1EA0, 0x1EF9),
)
"""Latin letters with all of Vietnamese."""

NAME_RANGES: Ranges = tuple(
    sorted((*LETTER_RANGES, (0x20, 0x20), (0x27, 0x27), (0x2C, 0x2C), (0x2D, 0x2D), (0x2E, 0x2E)))
)
"""Names: letters, space, apostrophe, comma, hyphen, full stop."""

FREE_RANGES: Ranges = tuple(
    sorted(
        (
            *LETTER_RANGES,
            (0x20, 0x23),  # space ! " #
            (0x25, 0x40),  # % & ' ( ) * + , - . / digits : ; < = > ? @
            (0x5B, 0x5B),  # [
            (0x5D, 0x5D),  # ]
            (0x5F, 0x5F),  # _
            (0xA7, 0xA7),  # §
            (0xAB, 0xAB),  # «
            (0xB0, 0xB3),  # ° ± ² ³
            (0xB7, 0xB7),  # ·
            (0xBB, 0xBE),  # » ¼ ½ ¾
            (0xD7, 0xD7),  # ×
            (0xF7, 0xF7),  # ÷
            (0x2013, 0x2014),  # en dash, em dash
            (0x2018, 0x2019),  # single quotation marks
            (0x201C, 0x201D),  # double quotation marks
            (0x2026, 0x2026),  # …
            (0x2032, 0x2033),  # ′ ″
            (0x20AB, 0x20AC),  # ₫ €
            (0x2116, 0x2116),  # №
            (0x2264, 0x2265),  # ≤ ≥
        )
    )
)
"""Free text: names' characters, digits and listed punctuation; no line breaks."""

_COMBINING = re.compile("[\u0300-\u036f]")


def broken(rule: str, *, vi: str, en: str) -> PydanticCustomError:
    """Return the error by which a validator refuses a value; raise it.

    Args:
        rule: id of the rule, ``name.letters``.
        vi: the reason in Vietnamese, without the value.
        en: the reason in English, without the value; no braces.

    Returns:
        An error whose type is the rule and whose context holds the Vietnamese sentence.
    """
    return PydanticCustomError(rule, en, {"vi": vi})


def within(text: str, ranges: Ranges) -> bool:
    """Tell whether every character of ``text`` lies in ``ranges``."""
    return _only(ranges).fullmatch(text) is not None


@cache
def _only(ranges: Ranges) -> re.Pattern[str]:
    """Return the pattern of texts within ``ranges``; code points alone, no Unicode classes."""
    return re.compile(f"[{_character_class(ranges)}]*")


def _character_class(ranges: Ranges) -> str:
    """Return ``ranges`` as the inside of a regular expression's character class (ECMA 262)."""
    return "".join(
        f"\\u{first:04x}" if first == last else f"\\u{first:04x}-\\u{last:04x}"
        for first, last in ranges
    )


class CheckedText(str):
    """A text that was checked when it was made: repertoire, spaces, length.

    Subclasses set the class variables or override :meth:`check`. In JSON and in the QR it is a
    plain string. ``repr`` shows no content; use ``str(text)`` where the text itself is wanted.

    Raises:
        UsageError: the text is refused.
    """

    __slots__ = ()

    max_length: ClassVar[int] = 200
    """Most characters."""
    ranges: ClassVar[Ranges] = FREE_RANGES
    """Allowed characters."""
    json_pattern: ClassVar[str] = ""
    """Pattern of the JSON Schema where it is narrower than the repertoire."""
    title_vi: ClassVar[str] = "văn bản"
    """What it is called in messages."""

    def __new__(cls, value: str) -> Self:
        """Check ``value``."""
        try:
            accepted = cls.check(value)
        except PydanticCustomError as refused:
            vi = str((refused.context or {}).get("vi", ""))
            raise UsageError.of(
                cls.__name__, refused.type, vi=vi, en=refused.message_template
            ) from None
        return str.__new__(cls, accepted)

    @classmethod
    def _accepted(cls, value: str) -> Self:
        return str.__new__(cls, cls.check(value))

    @classmethod
    def check(cls, value: str) -> str:
        """Return the accepted text.

        Raises:
            PydanticCustomError: made by :func:`broken`.
        """
        if not value:
            raise broken("text.empty", vi="không được để trống", en="must not be empty")
        if len(value) > cls.max_length:
            raise broken(
                "text.length",
                vi=f"không được dài quá {cls.max_length} ký tự",
                en=f"must not be longer than {cls.max_length} characters",
            )
        if _COMBINING.search(value):
            raise broken(
                "text.nfc",
                vi="dấu tổ hợp rời: hãy chuyển về Unicode dựng sẵn (NFC), xem normalise_text()",
                en="has combining marks: normalise to NFC first, see normalise_text()",
            )
        if value.strip(" ") != value or "  " in value:
            raise broken(
                "text.spaces",
                vi="không được có dấu cách ở đầu, ở cuối hoặc hai dấu cách liền nhau",
                en="must not begin or end with a space nor have two in a row",
            )
        cls._check_repertoire(value)
        return value

    @classmethod
    def _check_repertoire(cls, value: str) -> None:
        if not within(value, cls.ranges):
            raise broken(
                "text.repertoire",
                vi="có ký tự không được phép (ký tự điều khiển, ký tự lạ hoặc chữ gần giống)",
                en="has a character outside the repertoire (control, exotic or look-alike)",
            )

    def to_wire(self) -> int | str | list[Any]:
        """Return what travels in the QR."""
        return str(self)

    @classmethod
    def from_wire(cls, value: object) -> Self:
        """Return the text that :meth:`to_wire` gave.

        Raises:
            ValueError: it is none.
        """
        if not isinstance(value, str):
            msg = f"{cls.__name__}: not a text"
            raise ValueError(msg)  # noqa: TRY004 - the wire protocol says ValueError
        return cls(value)

    def __str__(self) -> str:
        """Return the text as a plain ``str``."""
        return str.__str__(self)

    def __repr__(self) -> str:
        """Return the class name alone: personal data stays out of logs."""
        return f"{type(self).__name__}(…)"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Accept a string (also in strict mode) and return the subclass."""
        return core_schema.no_info_after_validator_function(
            cls._accepted,
            core_schema.str_schema(strict=True),
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema(), when_used="json"
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema: length and pattern."""
        pattern = cls.json_pattern or f"^[{_character_class(cls.ranges)}]+$"
        return {"type": "string", "minLength": 1, "maxLength": cls.max_length, "pattern": pattern}


class PatternText(CheckedText):
    """A text that matches one regular expression: numbers and codes of all kinds."""

    __slots__ = ()
    pattern: ClassVar[str]
    """What the whole text must match; ``\\d`` and ``\\w`` are ASCII. Compiled when first used."""
    rule: ClassVar[str]
    """Id of the rule that is broken where it does not."""
    vi: ClassVar[str]
    """Why it is refused, in Vietnamese."""
    en: ClassVar[str]
    """Why it is refused, in English."""

    def __init_subclass__(cls) -> None:
        """Publish the pattern in the JSON Schema."""
        super().__init_subclass__()
        if "pattern" in cls.__dict__:
            cls.json_pattern = f"^(?:{cls.pattern})$"

    @classmethod
    def check(cls, value: str) -> str:
        """Return ``value`` if it matches."""
        value = super().check(value)
        if re.fullmatch(cls.pattern, value, re.ASCII) is None:
            raise broken(cls.rule, vi=cls.vi, en=cls.en)
        return value


class PersonName(CheckedText):
    """Họ, chữ đệm, tên: one authoritative string, as printed; never split by guess.

    One-word names of ethnic minorities, apostrophes (``H'Hen``) and foreign names are allowed.
    """

    __slots__ = ()
    max_length = 100
    ranges = NAME_RANGES
    title_vi = "họ, chữ đệm, tên"

    @classmethod
    def _check_repertoire(cls, value: str) -> None:
        if not within(value, cls.ranges):
            raise broken(
                "name.letters",
                vi="họ tên chỉ gồm chữ cái La-tinh (có dấu tiếng Việt), dấu cách và ' - . ,",
                en="a name has Latin letters (with Vietnamese), spaces and ' - . , only",
            )
        if not any(within(c, LETTER_RANGES) for c in value):
            raise broken(
                "name.no_letter", vi="họ tên phải có chữ cái", en="a name needs at least one letter"
            )


class Label(CheckedText):
    """A short text of one line: a title, an office, a position."""

    __slots__ = ()
    max_length = 200


class FreeText(CheckedText):
    """A longer text: addresses, annotations, contents of changes."""

    __slots__ = ()
    max_length = 2000
