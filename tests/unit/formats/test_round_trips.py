"""Whole documents: JSON and back, random but lawful."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.documents import births, deaths, marriages
from vncopy.formats.base import Document
from vncopy.formats.parsing import parse_document
from vncopy.formats.rules import findings


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.one_of(births(), marriages(), deaths()))
def test_documents_come_back_from_json(document: Document) -> None:
    kind = type(document)
    short = document.model_dump_json(exclude_defaults=True)
    assert parse_document(kind, short) == document
    assert parse_document(kind, document.model_dump_json()) == document
    assert parse_document(kind, json.loads(short)) == document
    assert parse_document(kind, short).model_dump_json(exclude_defaults=True) == short
    assert all(found.level == "warning" for found in findings(document))
