"""Cross-field rules of documents: what is impossible, and what deserves a second look.

An **error** is what cannot be true of any paper: a document that breaks one cannot be built. A
**warning** is what is rare or usually a typing error, but does occur on lawful papers, which a
copy repeats verbatim: it is shown to the officer and stops nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from vncopy.errors import Message, Problem
from vncopy.formats.base import Document, Missing, Part
from vncopy.formats.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Finding", "Level", "Rule", "after", "findings", "stated", "walk"]

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a document type."""

    id: str
    """``birth.registered_before_birth``; never reused."""
    level: Level
    """Whether breaking it refuses the document or only warns."""
    vi: str
    """What is wrong, in Vietnamese."""
    en: str
    """What is wrong, in English."""
    source: str
    """The law or the fact that it rests on."""
    check: Callable[[Any], Iterable[str]]
    """Yields the dotted path of each field that breaks it; given the document."""

    @property
    def is_error(self) -> bool:
        """Whether breaking it refuses the document."""
        return self.level == "error"

    def problems(self, document: Document) -> Iterator[Problem]:
        """Yield a problem for each field of ``document`` that breaks the rule."""
        for field in self.check(document):
            yield Problem(field=field, rule=self.id, message=Message(self.vi, self.en))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found in a document."""

    level: Level
    """Error or warning."""
    problem: Problem
    """Field, rule and reason, without any value."""
    source: str
    """The law or the fact that the rule rests on."""


FUTURE_DATE = Rule(
    id="document.future_date",
    level="error",
    vi="ngày này ở sau ngày cấp bản sao",
    en="this date lies after the day of the copy",
    source="a paper cannot state what has not happened yet",
    check=lambda _: (),
)
"""Checked by :func:`findings` when it is told the day."""

_MAY_LIE_AHEAD = frozenset({"term", "until", "valid_until", "expiry_date"})
"""Names of fields whose dates may lie in the future: terms of land use."""


def findings(document: Document, *, on: dt.date | None = None) -> tuple[Finding, ...]:
    """Return what deserves attention in a document.

    Args:
        document: a document, which obeys its error rules since it exists.
        on: the day of the copy; when given, dates after it are found as well.

    Returns:
        Warnings in the order of the type's rules, then dates that lie ahead (errors).
    """
    found = [
        Finding(level=rule.level, problem=problem, source=rule.source)
        for rule in document.rules
        for problem in rule.problems(document)
    ]
    if on is not None:
        found.extend(
            Finding(
                level="error",
                problem=Problem(
                    field=path,
                    rule=FUTURE_DATE.id,
                    message=Message(FUTURE_DATE.vi, FUTURE_DATE.en),
                ),
                source=FUTURE_DATE.source,
            )
            for path, value in walk(document)
            if isinstance(value, PartialDate)
            and value.earliest() > on
            and not _MAY_LIE_AHEAD & set(path.split("."))
        )
    return tuple(found)


def walk(part: Part, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value below ``part`` that is not missing, with its dotted path, parents first."""
    for name in type(part).model_fields:
        yield from _walk_value(getattr(part, name), f"{path}.{name}" if path else name)


def _walk_value(value: object, path: str) -> Iterator[tuple[str, Any]]:
    if value is None or isinstance(value, Missing):
        return
    yield path, value
    if isinstance(value, Part):
        yield from walk(value, path)
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _walk_value(each, f"{path}.{index}")


def stated(value: Any) -> Any:  # noqa: ANN401 - the field's own type
    """Return a present value, or ``None`` for :class:`Missing`."""
    return None if isinstance(value, Missing) else value


def after(one: object, other: object) -> bool:
    """Tell whether the partial date ``one`` certainly lies after ``other``; both must be stated."""
    if not isinstance(one, PartialDate) or not isinstance(other, PartialDate):
        return False
    return one.earliest() > other.latest()
