"""What a statement breaks of the rules of its kind, and what nobody can answer; pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from vncopy.errors import Message, Problem
from vncopy.formats.base import Document, Missing
from vncopy.formats.copies import CopyKind, CopyStatement
from vncopy.formats.identifiers import (
    CertificationNumber,
    ExtractNumber,
    OfficeCopyNumber,
    RegisterCopyNumber,
)
from vncopy.formats.organisations import Organisation
from vncopy.formats.profile_parts import (
    CertifierRule,
    IssuingOffice,
    KindRule,
    NumberType,
    Unknown,
    Who,
    family,
)

__all__ = ["holder_questions", "kind_problems", "outside_period", "record_holder"]

_EXTRACT_EVENTS = {"vn.birth": "KS", "vn.marriage": "KH", "vn.death": "KT"}
"""Event in the symbol of an extract's number (TLKS, TLKH, TLKT; TT 04/2020/TT-BTP)."""


@cache
def holder_unknown() -> Unknown:
    """Return the question that remains when nothing says who holds the record."""
    # made on first use: a pydantic value at import costs every gate scanner the schema's building
    return Unknown(
        id="holder.unknown",
        vi="Không xác định được cơ quan cấp bản sao có đang giữ sổ gốc hay không.",
        en="It cannot be told whether the issuing office holds the original register.",
    )


def outside_period(profile_id: str) -> Problem:
    """Return the problem of a statement whose time lies outside the profile's period."""
    return _problem(
        "statement.issued_at",
        "profile.period",
        f"thời điểm cấp nằm ngoài thời gian áp dụng của bộ quy tắc {profile_id}",
        f"the time of issue lies outside the period of the profile {profile_id}",
    )


def kind_problems(
    rule: KindRule,
    kind: CopyKind,
    statement: CopyStatement,
    document: Document,
    *,
    office: IssuingOffice | None,
) -> tuple[Problem, ...]:
    """Return every rule of the kind that is broken, in a fixed order."""
    return (
        *_what(rule, kind, statement, document),
        *_number(rule, statement, document),
        *_people(rule, statement),
        *_office_form(rule, statement),
        *_office(rule, statement, document, office),
    )


_HOLDER_FIELDS = ("record_holder", "registration_place")
"""Fields of a document that name the office which keeps its record, the first one found counts."""


def record_holder(document: Document) -> Organisation | None:
    """Return the office that registered the document's event, where the document names it."""
    for name in _HOLDER_FIELDS:
        if isinstance(holder := getattr(document, name, None), Organisation):
            return holder
    return None


def holder_questions(
    rule: KindRule,
    statement: CopyStatement,
    document: Document,
    office: IssuingOffice | None,
) -> tuple[Unknown, ...]:
    """Return the question who holds the record, where the kind asks it and nothing answers."""
    if rule.who is not Who.RECORD_HOLDER:
        return ()
    return (holder_unknown(),) if _holds(statement, document, office) is None else ()


def _what(
    rule: KindRule, kind: CopyKind, statement: CopyStatement, document: Document
) -> Iterator[Problem]:
    """Check kind, type of document and source."""
    if statement.kind is not kind:
        yield _problem(
            "statement.kind",
            "kind.other",
            "hình thức bản sao trong phần xác nhận khác với hình thức được yêu cầu",
            "the statement names another kind of copy than the one asked for",
        )
    if not rule.issuable:
        yield _problem(
            "statement.kind",
            "kind.not_issuable",
            "hình thức này không có giá trị pháp lý nên không được cấp",
            "this kind has no legal value and is not issued",
        )
        return
    if not rule.allows(document.format_id):
        yield _problem(
            "document",
            "kind.document",
            "loại giấy tờ này không được sao theo hình thức đã chọn",
            "documents of this type are not copied in this kind",
        )
    if statement.source not in rule.sources:
        yield _problem(
            "statement.source",
            "kind.source",
            "nguồn của bản sao không phù hợp với hình thức sao",
            "this kind is not made from that source",
        )
    if family(document.format_id) in rule.as_of and isinstance(statement.as_of, Missing):
        yield _problem(
            "statement.as_of",
            "as_of.required",
            "phải ghi ngày dữ liệu được tra cứu, vì quyền sử dụng đất có thể đã thay đổi sau đó",
            "say up to which day the data were consulted: rights may have changed since",
        )


def _number(rule: KindRule, statement: CopyStatement, document: Document) -> Iterator[Problem]:
    """Check that the number is there, of an allowed type and of the right event."""
    number = statement.number
    if isinstance(number, Missing):
        if rule.number_required:
            yield _problem(
                "statement.number",
                "number.required",
                "hình thức này bắt buộc phải có số bản sao",
                "this kind needs the number of the copy",
            )
        return
    if _number_type(number) not in rule.numbers:
        yield _problem(
            "statement.number",
            "number.type",
            "loại số không đúng với hình thức sao (số trích lục, số chứng thực, số bản sao là "
            "các loại số khác nhau)",
            "this type of number does not belong to the kind (extract, certification and copy "
            "numbers are different things)",
        )
    elif isinstance(number, ExtractNumber):
        event = _EXTRACT_EVENTS.get(family(document.format_id))
        if number.event != event or not number.is_copy:
            yield _problem(
                "statement.number",
                "number.symbol",
                "ký hiệu trong số trích lục không đúng với sự kiện hộ tịch hoặc thiếu -BS",
                "the symbol in the extract number belongs to another event or lacks -BS",
            )


def _number_type(number: object) -> NumberType:
    """Return the type of a number."""
    if isinstance(number, ExtractNumber):
        return NumberType.EXTRACT
    if isinstance(number, CertificationNumber):
        return NumberType.CERTIFICATION
    if isinstance(number, RegisterCopyNumber):
        return NumberType.REGISTER
    return NumberType.OFFICE_COPY


def _people(rule: KindRule, statement: CopyStatement) -> Iterator[Problem]:
    """Check who signs and who asked."""
    signed = not isinstance(statement.certifier, Missing)
    if rule.certifier is CertifierRule.REQUIRED and not signed:
        yield _problem(
            "statement.certifier",
            "certifier.required",
            "hình thức này phải có người ký bản sao",
            "this kind needs a person who signs",
        )
    if rule.certifier is CertifierRule.NONE and signed:
        yield _problem(
            "statement.certifier",
            "certifier.none",
            "hình thức này không có người ký",
            "this kind has no person who signs",
        )
    relation = statement.requester_relation
    if not isinstance(relation, Missing) and relation not in rule.requesters:
        yield _problem(
            "statement.requester_relation",
            "requester.not_entitled",
            "người yêu cầu không thuộc diện được yêu cầu cấp bản sao theo hình thức này",
            "this requester may not ask for this kind of copy",
        )


def _office_form(rule: KindRule, statement: CopyStatement) -> Iterator[Problem]:
    """Check the form of an office copy, what it was made from and the symbol in its number."""
    form = statement.office_form
    if statement.kind is not CopyKind.OFFICE_COPY:
        if not isinstance(form, Missing):
            yield _problem(
                "statement.office_form",
                "office_form.other_kind",
                "chỉ bản sao y, sao lục, trích sao mới có hình thức sao này",
                "only office copies have such a form",
            )
        return
    if isinstance(form, Missing):
        yield _problem(
            "statement.office_form",
            "office_form.required",
            "phải ghi rõ SAO Y, SAO LỤC hay TRÍCH SAO",
            "say whether it is SAO Y, SAO LỤC or TRÍCH SAO",
        )
        return
    if statement.source not in rule.form_sources.get(form.value, rule.sources):
        yield _problem(
            "statement.source",
            "office_form.source",
            "bản sao điện tử: sao y chỉ từ văn bản giấy, sao lục chỉ từ bản sao y, trích sao từ văn "
            "bản giấy hoặc điện tử",
            "an electronic copy: SAO Y from a paper only, SAO LỤC from a bản sao y only, TRÍCH SAO "
            "from a paper or an electronic file",
        )
    number = statement.number
    if isinstance(number, OfficeCopyNumber) and number.symbol != rule.form_symbols.get(
        form.value, number.symbol
    ):
        yield _problem(
            "statement.number",
            "office_form.symbol",
            "ký hiệu trong số bản sao không đúng với hình thức sao (SY, SL, TrS)",
            "the symbol in the number (SY, SL, TrS) belongs to another form",
        )


def _office(
    rule: KindRule,
    statement: CopyStatement,
    document: Document,
    office: IssuingOffice | None,
) -> Iterator[Problem]:
    """Check that the office has a code, is of an allowed kind, and holds the record."""
    code = statement.authority.agency_code
    if code is None:
        yield _problem(
            "statement.authority.agency_code",
            "authority.agency_code",
            "cơ quan cấp bản sao phải có mã định danh",
            "the issuing office needs its agency code",
        )
    if office is not None and code is not None and office.agency_code != str(code):
        yield _problem(
            "statement.authority.agency_code",
            "authority.other_office",
            "cơ quan trong phần xác nhận không phải là cơ quan cấp bản sao",
            "the statement names another office than the one that issues",
        )
    kind = office.kind if office is not None else None
    allowed = rule.offices_for(document.format_id)
    if kind is not None and allowed and kind not in allowed:
        yield _problem(
            "statement.authority",
            "authority.kind",
            "loại cơ quan này không có thẩm quyền cấp hình thức bản sao đã chọn",
            "an office of this kind may not issue this kind of copy",
        )
    if rule.who is Who.RECORD_HOLDER and _holds(statement, document, office) is False:
        yield _problem(
            "statement.authority",
            "authority.not_holder",
            "chỉ cơ quan đang giữ sổ gốc mới được cấp bản sao từ sổ gốc",
            "only the office that holds the original register issues copies from it",
        )


def _holds(
    statement: CopyStatement, document: Document, office: IssuingOffice | None
) -> bool | None:
    """Tell whether the issuing office holds the record; ``None`` where nothing says it.

    The same code or the same name says yes. Another code says no, unless it is that of a known
    predecessor, because registers pass to successors at mergers; what the office is known to hold
    in general does not reach the records of another one.
    """
    holder = record_holder(document)
    issuer = statement.authority
    known = None if office is None else office.holds_record
    if holder is None:
        return known
    if holder.agency_code is None or issuer.agency_code is None:
        same = str(holder.name).casefold() == str(issuer.name).casefold()
        return True if same and known is None else known
    if str(holder.agency_code) == str(issuer.agency_code):
        return True if known is None else known
    if office is None:
        return None
    return str(holder.agency_code) in office.formerly and known is not False


def _problem(field: str, rule: str, vi: str, en: str) -> Problem:
    """Return a problem of one statement field."""
    return Problem(field=field, rule=rule, message=Message(vi, en))
