"""What a document is: typed schemas, scalars, states, code lists, rules and legal profiles.

Pydantic and the standard library only; nothing here reads a clock or the network. The names are
loaded when they are first used, so that verifying one type does not load the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vncopy.formats.base import (
        BLANK_BY_LAW,
        NOT_ON_FORM,
        Document,
        DocumentTypes,
        FieldState,
        Item,
        Missing,
        Part,
        Stated,
        Travel,
        item,
        items,
    )
    from vncopy.formats.birth import (
        BirthCase,
        BirthForm,
        BirthRecord,
        ForeignRegistration,
    )
    from vncopy.formats.civil import (
        RegistrationKind,
    )
    from vncopy.formats.coded import (
        CodedEnum,
        TextPart,
    )
    from vncopy.formats.copies import (
        CopyKind,
        CopyStatement,
        LegalGround,
        OfficeCopyForm,
        RequesterRelation,
        SourceOfCopy,
    )
    from vncopy.formats.dates import (
        Calendar,
        PartialDate,
        Precision,
        read_date,
    )
    from vncopy.formats.death import (
        DeathEvidence,
        DeathEvidenceKind,
        DeathForm,
        DeathRecord,
    )
    from vncopy.formats.identifiers import (
        AgencyCode,
        BookNumber,
        CertificationNumber,
        ExtractNumber,
        IdNumber,
        LandBookNumber,
        LandCertificateCode,
        LandSerial,
        OfficeCopyNumber,
        PageNumber,
        PersonalId,
        ReferenceNumber,
        RegisterCopyNumber,
        RegistrationNumber,
    )
    from vncopy.formats.identity_papers import IdDocument, IdDocumentKind
    from vncopy.formats.land import (
        LandCertificate,
    )
    from vncopy.formats.marriage import (
        MaritalNote,
        MarriageForm,
        MarriageRecord,
        MarriageRegistration,
        Spouse,
    )
    from vncopy.formats.names import name_key, same_name
    from vncopy.formats.normalising import Normalised, normalise_text
    from vncopy.formats.notes import (
        Annotation,
        AnnotationKind,
    )
    from vncopy.formats.organisations import (
        Organisation,
        Signer,
    )
    from vncopy.formats.parsing import (
        parse_document,
    )
    from vncopy.formats.people import (
        Declarant,
        Ethnicity,
        Gender,
        Nationality,
        Parent,
        ResidenceKind,
        ethnicity_code,
    )
    from vncopy.formats.places import (
        Place,
        ProvinceCode,
        WardCode,
        personal_id_province,
        province_name,
        successor_province,
    )
    from vncopy.formats.profile import (
        LegalProfile,
        builtin_profiles,
        load_profile,
    )
    from vncopy.formats.record import (
        CopyRecord,
        parse_input,
        parse_record,
    )
    from vncopy.formats.rules import (
        Finding,
        Rule,
        findings,
    )
    from vncopy.formats.schema import (
        json_schema,
    )
    from vncopy.formats.text import (
        CheckedText,
        FreeText,
        Label,
        PersonName,
        broken,
    )
    from vncopy.formats.times import PartialTime
    from vncopy.formats.types import (
        BUILTIN_TYPES,
    )
    from vncopy.formats.words import (
        date_in_words,
        same_words,
    )

__all__ = [
    "BLANK_BY_LAW",
    "BUILTIN_TYPES",
    "NOT_ON_FORM",
    "AgencyCode",
    "Annotation",
    "AnnotationKind",
    "BirthCase",
    "BirthForm",
    "BirthRecord",
    "BookNumber",
    "Calendar",
    "CertificationNumber",
    "CheckedText",
    "CodedEnum",
    "CopyKind",
    "CopyRecord",
    "CopyStatement",
    "DeathEvidence",
    "DeathEvidenceKind",
    "DeathForm",
    "DeathRecord",
    "Declarant",
    "Document",
    "DocumentTypes",
    "Ethnicity",
    "ExtractNumber",
    "FieldState",
    "Finding",
    "ForeignRegistration",
    "FreeText",
    "Gender",
    "IdDocument",
    "IdDocumentKind",
    "IdNumber",
    "Item",
    "Label",
    "LandBookNumber",
    "LandCertificate",
    "LandCertificateCode",
    "LandSerial",
    "LegalGround",
    "LegalProfile",
    "MaritalNote",
    "MarriageForm",
    "MarriageRecord",
    "MarriageRegistration",
    "Missing",
    "Nationality",
    "Normalised",
    "OfficeCopyForm",
    "OfficeCopyNumber",
    "Organisation",
    "PageNumber",
    "Parent",
    "Part",
    "PartialDate",
    "PartialTime",
    "PersonName",
    "PersonalId",
    "Place",
    "Precision",
    "ProvinceCode",
    "ReferenceNumber",
    "RegisterCopyNumber",
    "RegistrationKind",
    "RegistrationNumber",
    "RequesterRelation",
    "ResidenceKind",
    "Rule",
    "Signer",
    "SourceOfCopy",
    "Spouse",
    "Stated",
    "TextPart",
    "Travel",
    "WardCode",
    "broken",
    "builtin_profiles",
    "date_in_words",
    "ethnicity_code",
    "findings",
    "item",
    "items",
    "json_schema",
    "load_profile",
    "name_key",
    "normalise_text",
    "parse_document",
    "parse_input",
    "parse_record",
    "personal_id_province",
    "province_name",
    "read_date",
    "same_name",
    "same_words",
    "successor_province",
]

_HOMES: Final = {
    "base": (
        "BLANK_BY_LAW Document DocumentTypes FieldState Item Missing NOT_ON_FORM Part "
        "Stated Travel item items"
    ),
    "birth": "BirthCase BirthForm BirthRecord ForeignRegistration",
    "civil": "RegistrationKind",
    "coded": "CodedEnum TextPart",
    "copies": "CopyKind CopyStatement LegalGround OfficeCopyForm RequesterRelation SourceOfCopy",
    "dates": "Calendar PartialDate Precision read_date",
    "death": "DeathEvidence DeathEvidenceKind DeathForm DeathRecord",
    "identifiers": (
        "AgencyCode BookNumber CertificationNumber ExtractNumber "
        "IdNumber LandBookNumber LandCertificateCode LandSerial "
        "OfficeCopyNumber PageNumber PersonalId ReferenceNumber RegisterCopyNumber "
        "RegistrationNumber"
    ),
    "identity_papers": "IdDocument IdDocumentKind",
    "land": "LandCertificate",
    "marriage": "MaritalNote MarriageForm MarriageRecord MarriageRegistration Spouse",
    "names": "name_key same_name",
    "normalising": "Normalised normalise_text",
    "notes": "Annotation AnnotationKind",
    "organisations": "Organisation Signer",
    "parsing": "parse_document",
    "people": "Declarant Ethnicity Gender Nationality Parent ResidenceKind ethnicity_code",
    "places": "Place ProvinceCode WardCode personal_id_province province_name successor_province",
    "profile": "LegalProfile builtin_profiles load_profile",
    "record": "CopyRecord parse_input parse_record",
    "rules": "Finding Rule findings",
    "schema": "json_schema",
    "text": "CheckedText FreeText Label PersonName broken",
    "times": "PartialTime",
    "types": "BUILTIN_TYPES",
    "words": "date_in_words same_words",
}
"""Where each public name lives."""
_HOME: Final = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562).

    Raises:
        AttributeError: there is no such name.
    """
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
