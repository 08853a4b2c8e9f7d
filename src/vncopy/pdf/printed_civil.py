"""How births, marriages and deaths are printed where the form joins fields of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vncopy.formats.base import FieldState, Missing
from vncopy.formats.dates import PartialDate
from vncopy.formats.profile_parts import family
from vncopy.pdf.printed_forms import Form, form_of
from vncopy.pdf.printed_values import long_date, missing_text, text_of

if TYPE_CHECKING:
    from vncopy.formats.base import Document
    from vncopy.pdf.printed_values import Fields

__all__ = ["SIGNED", "birth_fields", "death_fields", "marriage_fields", "numbers_in_corner"]

SIGNED = "(Đã ký)"
"""Stands where the original has a signature."""


def _number(value: object) -> str:
    text = str(text_of(value))
    return f"số {text}" if text else ""


def birth_fields(document: Any, fields: Fields) -> Fields:  # noqa: ANN401 - BirthRecord, looked up by its format_id
    """Print an earlier registration abroad as one line."""
    abroad = document.foreign_registration
    if isinstance(abroad, Missing):
        return fields
    parts = [text_of(abroad.authority), text_of(abroad.country)]
    parts += [_number(abroad.number)]
    parts += [long_date(abroad.date) if isinstance(abroad.date, PartialDate) else ""]
    return {**fields, "foreign_registration": ", ".join(str(part) for part in parts if part)}


def marriage_fields(document: Any, fields: Fields) -> Fields:  # noqa: ANN401 - MarriageRecord
    """Mark the extract, or rename the spouses to the two columns of the certificate."""
    if form_of(document).extract:
        return {**fields, "wife": "", "husband": ""}
    columns = (("wife.", "left."), ("husband.", "right."))
    renamed: Fields = {"left": ""}
    for path, text in fields.items():
        new = next((to + path[len(of) :] for of, to in columns if path.startswith(of)), path)
        renamed[new] = text
    for other in ("age_at_marriage", "personal_id", "birth_date"):
        sides = [f"{side}.{other}" for side in ("left", "right")]
        if set(sides) & set(renamed):  # a row has both its cells, or neither
            renamed |= {side: renamed.get(side, "") for side in sides}
    if document.spouses_signed:
        renamed |= {"left.signed": SIGNED, "right.signed": SIGNED}
    return renamed


def death_fields(document: Any, fields: Fields) -> Fields:  # noqa: ANN401 - DeathRecord
    """Join hour and day of death: ``14 giờ 05 phút, ngày 02 tháng 9 năm 2025``."""
    parts = [
        str(fields.get("death_time", "")),
        str(fields.get("death_date.long", "")),
    ]
    joined = {**fields, "death_moment": ", ".join(part for part in parts if part)}
    evidence = document.death_evidence
    if not isinstance(evidence, Missing):
        joined["death_evidence"] = _evidence(fields)
    elif form_of(document).extract or evidence.state is not FieldState.NOT_ON_FORM:
        joined["death_evidence"] = missing_text(evidence)
    if numbers_in_corner(document, form_of(document)):
        joined.pop("registration_number", None)
        joined.pop("book_number", None)
    return joined


def _evidence(fields: Fields) -> str:
    """Return ``Giấy báo tử số 12/GBT, ngày 02 tháng 9 năm 2025, do Bệnh viện … cấp``."""

    def text(name: str) -> str:
        return str(fields.get(f"death_evidence.{name}", ""))

    head = " ".join(filter(None, [text("kind"), text("number") and f"số {text('number')}"]))
    issuer = text("authority")
    parts = [head, text("date.long"), f"do {issuer} cấp" if issuer else ""]
    return ", ".join(part for part in parts if part)


def numbers_in_corner(document: Document, form: Form) -> bool:
    """Tell whether the form has its numbers at the top right: Giấy chứng tử."""
    return family(document.format_id) == "vn.death" and not form.extract
