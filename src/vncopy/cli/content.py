"""What a copy says, as rows of label and text: its statement and its content, in the order of the form.

Labels are those of the form in Vietnamese. In English each field has its own name and the form's label
beside it, and words of a closed list stand beside those of the form: whoever compares a sheet looks for
what is printed there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, get_args

from vncopy.cli.words import STATES, WORDS
from vncopy.formats.base import FieldState, Missing, Part
from vncopy.formats.coded import CodedEnum, TextPart
from vncopy.formats.dates import PartialDate
from vncopy.formats.times import PartialTime
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.report import CarriedFields, json_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.errors import Language
    from vncopy.report import VerifiedCopy

__all__ = ["content_lines", "content_title", "statement_lines", "statement_title", "value_text"]

_STATED: Final = ("office_form", "number", "place", "certifier", "as_of")
"""Fields of the statement that a sheet shows, too. Office, kind and time have rows of their own; who
asked for the copy, and why, is nobody's business here."""
_SOURCE: Final = "source"
"""What the copy was made from: signed, but on no sheet, so that there is nothing to compare."""

Forms = tuple[type[Part], ...]
"""Classes whose fields a mapping may hold; the first that has a name gives its label."""


def content_title(copy: VerifiedCopy[Any], covers: str, language: Language) -> str:
    """Return what stands above the content: what a symbol says has to be compared with the sheet."""
    words = WORDS[language]
    title = words["content"] if covers == "pdf" else words["compare"]
    return f"{title}. {words['carried']}" if copy.carried is not None else title


def statement_title(covers: str, language: Language) -> str:
    """Return what stands above the statement: it is on the sheet too."""
    return WORDS[language]["stated" if covers == "pdf" else "stated_compare"]


def statement_lines(
    copy: VerifiedCopy[Any], covers: str, language: Language
) -> Iterator[tuple[str, str]]:
    """Yield label and text of what the issuing office states: number, place, who signs, from what."""
    statement = copy.header
    if statement is None:
        return
    names = (*_STATED, _SOURCE) if covers == "pdf" else _STATED
    shown = {name: getattr(statement, name) for name in names}
    yield from content_lines(shown, language, forms=(type(statement),))


def content_lines(
    value: object, language: Language, label: str = "", forms: Forms = ()
) -> Iterator[tuple[str, str]]:
    """Yield label and text of every field of a document, in the order of its form.

    Args:
        value: a document, the fields that a symbol carries, or a part of either.
        language: of the words.
        label: of the part, empty for the whole.
        forms: the classes that know the labels of a mapping's fields.
    """
    if isinstance(value, Missing):
        yield label, value.text or f"[{STATES[value.state].text(language)}]"
    elif isinstance(value, CarriedFields):
        known = BUILTIN_TYPES.get(value.format_id)
        yield from content_lines(value.fields, language, label, (known,) if known else ())
    elif isinstance(value, Part):
        yield from _part_lines(value, language, label)
    elif isinstance(value, Mapping):
        for name, entry in value.items():
            if not _left_out(entry):
                yield from _field_lines(str(name), entry, label, forms, language=language)
    elif isinstance(value, tuple | list):
        for number, entry in enumerate(value, 1):
            yield from content_lines(entry, language, f"{label} {number}", forms)
    elif value is not None:
        yield label, value_text(value, language)


def _part_lines(part: Part, language: Language, label: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a group of fields; one that JSON writes as a text is one line."""
    plain = json_value(part)
    if not isinstance(plain, dict):
        yield label, str(plain)
        return
    if isinstance(part, TextPart):  # the words themselves; codes beside them are on no sheet
        yield label, str(getattr(part, part.text_field))
        return
    for name in type(part).model_fields:
        if name in plain:  # what is the default needs no line
            yield from _field_lines(
                name, getattr(part, name), label, (type(part),), language=language
            )


def _field_lines(
    name: str, value: object, label: str, forms: Forms, *, language: Language
) -> Iterator[tuple[str, str]]:
    """Yield the lines of one field under the label that the form has for it."""
    infos = [form.model_fields[name] for form in forms if name in form.model_fields]
    title = next((info.title for info in infos if info.title), "")
    inside = tuple(dict.fromkeys(part for info in infos for part in _parts_in(info.annotation)))
    own = name.replace("_", " ")
    below = _below(label, title if language == "vi" and title else own)
    for line, text in content_lines(value, language, below, inside):
        beside = f" – {title}" if language == "en" and title and line == below else ""
        yield f"{line}{beside}", text


def _parts_in(annotation: object) -> Forms:
    """Return the classes of parts that an annotation names, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return (annotation,)
    return tuple(part for inner in get_args(annotation) for part in _parts_in(inner))


def _left_out(value: object) -> bool:
    """Tell whether a mapping holds the mere default: records leave it out, what is carried does not."""
    return isinstance(value, Missing) and value.state is FieldState.NOT_ON_FORM


def value_text(value: object, language: Language) -> str:
    """Return a single value as people read it."""
    if isinstance(value, CodedEnum):
        own = value.value.replace("_", " ")
        return value.title_vi if language == "vi" else f"{own} ({value.title_vi})"
    if isinstance(value, PartialDate | PartialTime):
        return value.printed()
    if isinstance(value, bool):
        return WORDS[language]["yes" if value else "no"]
    return str(json_value(value))


def _below(label: str, name: str) -> str:
    """Return the label of a field inside a group."""
    return f"{label} / {name}" if label else name
