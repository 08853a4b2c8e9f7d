from __future__ import annotations

import base64
import json
import os
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.chains import leaf, rebuilt, root
from support.der import integer
from support.qr_copies import pki
from support.small_schema import errors
from vncopy.errors import UsageError
from vncopy.pki import write_demo_pki
from vncopy.sign import load_pem
from vncopy.trust_folder import load_trust
from vncopy.trust_folder.offices import offices_schema, offices_to_json, parse_offices


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_demo_pki(pki(), tmp_path)
    return tmp_path / "trust"


def refused(folder: Any) -> tuple[str, str]:
    with pytest.raises(UsageError) as caught:
        load_trust(folder)
    problem = caught.value.problems[0]
    assert problem.message.vi
    assert problem.message.en
    assert problem.message.vi != problem.message.en
    return problem.field, problem.rule


def test_what_was_written_is_read_back(folder: Path) -> None:
    assert load_trust(folder) == pki().trust
    assert load_trust(str(folder)) == pki().trust


def test_keys_fit_their_chains_and_are_private(folder: Path) -> None:
    keys = sorted((folder.parent / "pki").glob("*.key.pem"))
    assert len(keys) == 13
    for key in keys:
        chain = key.with_name(key.name.replace(".key.", ".chain."))
        if key.name.split(".")[0] not in {"root", "issuing", "tsa"}:
            assert load_pem(key.read_bytes(), chain.read_bytes()).chain
        assert key.stat().st_mode & 0o077 == 0
    assert not list(folder.parent.rglob("*.part"))


def test_writing_twice_replaces(folder: Path) -> None:
    write_demo_pki(pki(), folder.parent)
    assert load_trust(folder) == pki().trust


def test_intermediates_may_be_absent(folder: Path) -> None:
    (folder / "intermediates" / "issuing.pem").unlink()
    (folder / "intermediates").rmdir()
    assert load_trust(folder).intermediates == ()


def test_every_entry_survives_the_round_trip() -> None:
    offices = pki().trust.offices
    assert parse_offices(offices_to_json(offices)) == (offices, None)


def test_the_file_fits_the_published_schema() -> None:
    assert errors(json.loads(offices_to_json(pki().trust.offices)), offices_schema()) == []


# --- folders that are wrong in one respect ------------------------------------------------------


def test_no_folder(tmp_path: Path) -> None:
    field, rule = refused(tmp_path / "nowhere")
    assert rule == "trust.folder"
    assert field.endswith("nowhere")


def test_no_anchor(folder: Path) -> None:
    (folder / "anchors" / "demo-root.pem").unlink()
    assert refused(folder) == ("anchors", "trust.no_anchor")
    (folder / "anchors").rmdir()
    assert refused(folder) == ("anchors", "trust.no_anchor")


def test_no_offices(folder: Path) -> None:
    (folder / "offices.json").unlink()
    assert refused(folder) == ("offices.json", "trust.file")


@pytest.mark.parametrize("name", ["anchors/demo-root.pem", "intermediates/issuing.pem"])
def test_certificate_files(folder: Path, name: str) -> None:
    good = (folder / name).read_bytes()
    for bad, rule in (
        (b"", "trust.pem"),
        (b"junk", "trust.pem"),
        (good + good, "trust.pem"),
        (good.replace(b"M", b"N", 3), "trust.pem"),
        (good + b"\n" * 70000, "trust.size"),
    ):
        (folder / name).write_bytes(bad)
        assert refused(folder) == (name, rule)


def test_an_anchor_that_cannot_be_read_whole(folder: Path) -> None:
    made = leaf(root(), more=((x509.SubjectAlternativeName([x509.DNSName("a.vn")]), False),))
    doubled = made.der.replace(b"\x55\x1d\x11", b"\x55\x1d\x0f")
    pem = x509.load_der_x509_certificate(doubled).public_bytes(Encoding.PEM)
    (folder / "anchors" / "odd.pem").write_bytes(pem)
    assert refused(folder) == ("anchors/odd.pem", "trust.certificate")


@pytest.mark.parametrize(
    "edit",
    [
        lambda parts: parts[1:-1],  # version 1
        lambda parts: [parts[0], integer(1 << 159), *parts[2:]],
    ],
)
def test_an_anchor_of_another_form(folder: Path, edit: Any) -> None:
    pem = x509.load_der_x509_certificate(rebuilt(root(), root(), edit)).public_bytes(Encoding.PEM)
    (folder / "anchors" / "odd.pem").write_bytes(pem)
    assert refused(folder) == ("anchors/odd.pem", "trust.certificate_form")


def test_an_anchor_whose_serial_number_is_zero(folder: Path) -> None:
    der = rebuilt(root(), root(), lambda parts: [parts[0], integer(0), *parts[2:]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pem = x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
        (folder / "anchors" / "odd.pem").write_bytes(pem)
        assert refused(folder) == ("anchors/odd.pem", "trust.certificate_form")


def test_a_file_where_a_folder_should_be(folder: Path) -> None:
    (folder / "anchors" / "sub.pem").mkdir()
    assert refused(folder) == ("anchors/sub.pem", "trust.file")


@pytest.mark.parametrize("name", [b"\xff.pem", b"root\x1b[32m.pem", b"a\nb.pem"])
def test_a_file_name_that_no_report_could_show(folder: Path, name: bytes) -> None:
    place = os.fsencode(folder / "anchors") + b"/" + name
    try:
        Path(os.fsdecode(place)).write_bytes((folder / "anchors" / "demo-root.pem").read_bytes())
    except (OSError, UnicodeError):
        return  # macOS and Windows have no such names
    _field, rule = refused(folder)
    assert rule == "trust.file_name"


@pytest.mark.parametrize("path", ["a" * 5000, "a\0b", 5, None])
def test_what_cannot_be_a_folder(path: Any) -> None:
    assert refused(path)[1] == "trust.folder"


def test_too_many_certificate_files(folder: Path) -> None:
    pem = (folder / "anchors" / "demo-root.pem").read_bytes()
    for number in range(512):
        (folder / "anchors" / f"{number}.pem").write_bytes(pem)
    assert refused(folder) == ("anchors", "trust.too_many")


Change = Callable[[dict[str, Any]], Any]


def _rsa_for_symbols(frame: dict[str, Any]) -> None:
    made = leaf(root(), kind="rsa2048", label="rsa")
    frame["offices"][0]["certificates"][-1]["certificate"] = base64.b64encode(made.der).decode()


def _p384_for_symbols(frame: dict[str, Any]) -> None:
    made = leaf(root(), kind="p384")
    frame["offices"][0]["certificates"][-1]["certificate"] = base64.b64encode(made.der).decode()


def _set(path: str, value: Any) -> Change:
    def change(frame: dict[str, Any]) -> None:
        target: Any = frame
        *steps, last = path.split(".")
        for step in steps:
            target = target[int(step) if step.lstrip("-").isdigit() else step]
        target[last] = value

    return change


CERTIFICATE = "offices.0.certificates.2"


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        (_set("schema_version", 2), "schema_version", "record.choice"),
        (_set("more", 1), "", "record.unknown_field"),
        (_set("offices", {}), "offices", "record.type"),
        (_set("offices.0.agency_code", "h26"), "offices.0.agency_code", "agency_code.form"),
        (_set("offices.0.names", []), "offices.0.names", "record.length"),
        (_set("offices.0.names.0.since", "soon"), "offices.0.names.0.since", "record.date"),
        (_set("offices.0.names.0.until", "2020-01-01"), "offices.0.names.0.until", "trust.period"),
        (_set("offices.0.kind", "palace"), "offices.0.kind", "record.choice"),
        (_set("offices.0.province_code", "1"), "offices.0.province_code", None),
        (_set("offices.0.province_code", None), "offices.0.ward_code", "trust.area"),
        (_set("offices.0.successor", "H26.901"), "offices.successor", "trust.successor_ring"),
        (_set("offices.1.agency_code", "H26.901"), "offices", "trust.agency_code_twice"),
        (_set(f"{CERTIFICATE}.role", "king"), f"{CERTIFICATE}.role", "record.choice"),
        (_set(f"{CERTIFICATE}.certificate", "!!!!"), f"{CERTIFICATE}.certificate", "trust.base64"),
        (
            _set(f"{CERTIFICATE}.certificate", "QUJDRA=="),
            f"{CERTIFICATE}.certificate",
            "trust.certificate",
        ),
        (
            _set(f"{CERTIFICATE}.signs_from", "2026-01-01T00:00:00"),
            f"{CERTIFICATE}.signs_from",
            None,
        ),
        (
            _set(f"{CERTIFICATE}.signs_until", "2025-01-01T00:00:00Z"),
            f"{CERTIFICATE}.signs_until",
            "trust.window",
        ),
        (
            _set(f"{CERTIFICATE}.state", "revoked"),
            f"{CERTIFICATE}.state_since",
            "trust.state_since",
        ),
        (
            _set(f"{CERTIFICATE}.scopes.0.types", ["birth"]),
            f"{CERTIFICATE}.scopes.0.types.0",
            "record.pattern",
        ),
        (
            _set(f"{CERTIFICATE}.scopes.0.kinds", ["bản sao"]),
            f"{CERTIFICATE}.scopes.0.kinds.0",
            None,
        ),
        (
            _set(f"{CERTIFICATE}.scopes.0.areas", ["1"]),
            f"{CERTIFICATE}.scopes.0.areas.0",
            "record.pattern",
        ),
        (_rsa_for_symbols, f"{CERTIFICATE}.certificate", "trust.qr_key"),
        (_p384_for_symbols, f"{CERTIFICATE}.certificate", "trust.qr_key"),
    ],
)
def test_offices_files(folder: Path, change: Change, field: str, rule: str | None) -> None:
    frame = json.loads((folder / "offices.json").read_bytes())
    change(frame)
    (folder / "offices.json").write_text(json.dumps(frame), encoding="utf-8")
    found_field, found_rule = refused(folder)
    assert found_field.startswith("offices.json")
    assert field in found_field
    assert rule is None or found_rule == rule


def test_an_empty_period_of_a_scope(folder: Path) -> None:
    frame = json.loads((folder / "offices.json").read_bytes())
    scope = frame["offices"][0]["certificates"][2]["scopes"][0]
    scope |= {"since": "2026-01-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"}
    (folder / "offices.json").write_text(json.dumps(frame), encoding="utf-8")
    field, rule = refused(folder)
    assert rule == "trust.period"
    assert field.endswith("scopes.0.until")


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b"null", b"1.5", b'{"a":1,"a":1}'])
def test_what_is_no_offices_file(folder: Path, data: bytes) -> None:
    (folder / "offices.json").write_bytes(data)
    field, _rule = refused(folder)
    assert field.startswith("offices.json")


def test_a_member_given_twice_is_refused(folder: Path) -> None:
    """The second would silently replace the first in most readers."""
    text = (folder / "offices.json").read_text(encoding="utf-8")
    doubled = text.replace('"state": "active"', '"state": "retired", "state": "active"', 1)
    (folder / "offices.json").write_text(doubled, encoding="utf-8")
    field, _rule = refused(folder)
    assert field.startswith("offices.json")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_mutation_of_an_offices_file_raises_anything_else(data: st.DataObject) -> None:
    raw = bytearray(offices_to_json(pki().trust.offices))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    with suppress(UsageError):
        parse_offices(bytes(raw))


def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "anchors" / "late.pem")
        assert refused(folder) == ("anchors/late.pem", "trust.file")
