"""Write the generated parts of the wire format's specification, or check them (``--check``).

The field tables, the code lists and the CDDL of the documents are derived from the same
declarations that the library encodes by, so that the specification cannot lag behind.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import types
import typing
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from vncopy.formats.base import STATE_CODES, Document, Item, Missing, Part, Travel, items  # noqa: E402
from vncopy.formats.birth import BirthRecord  # noqa: E402
from vncopy.formats.coded import CodedEnum  # noqa: E402
from vncopy.formats.codes.countries import COUNTRIES  # noqa: E402
from vncopy.formats.codes.ethnicities import ETHNICITIES  # noqa: E402
from vncopy.formats.codes.positions import ON_BEHALF, POSITIONS  # noqa: E402
from vncopy.formats.copies import CopyStatement  # noqa: E402
from vncopy.formats.death import DeathRecord  # noqa: E402
from vncopy.formats.land import LandCertificate  # noqa: E402
from vncopy.formats.listed import NumberedText  # noqa: E402
from vncopy.formats.marriage import MarriageRecord  # noqa: E402
from vncopy.formats.text import FREE_RANGES, NAME_RANGES, CheckedText  # noqa: E402
from vncopy.reasons import TEXTS, Reason  # noqa: E402
from vncopy.wire.dictionary import DICTIONARY  # noqa: E402

SPEC = ROOT / "docs" / "spec"
DOCUMENTS: tuple[type[Document], ...] = (BirthRecord, MarriageRecord, DeathRecord, LandCertificate)
CLAIMED = {("CopyStatement", "issued_at")}
"""Fields that travel as CWT claims and have no key in the map."""

CODINGS = {
    "PersonalId": "uint .le 999999999999",
    "IdNumber": "id-number",
    "PartialDate": "date",
    "PartialTime": "uint .le 2023",
    "DateWords": "date-words",
    "Ethnicity": "ethnicity",
    "Nationality": "nationality",
    "Place": "place",
    "Organisation": "office",
    "Signer": "signer",
}
"""Classes with a coding of their own, by their rule in ``vnc1.cddl``; explained in the page."""


class Kind(NamedTuple):
    """What an annotation means."""

    names: tuple[str, ...]
    """Names of the classes of a present value; several are alternatives."""
    array: bool
    """Whether it is an array of these."""
    missing: bool
    """Whether it may be missing, with a reason."""


def kind_of(annotation: Any, found: dict[str, type]) -> Kind:  # noqa: ANN401 - any annotation
    """Return the meaning of an annotation and collect its classes in ``found``."""
    if hasattr(annotation, "__metadata__"):
        return kind_of(typing.get_args(annotation)[0], found)
    origin = typing.get_origin(annotation)
    if origin is tuple:
        return kind_of(typing.get_args(annotation)[0], found)._replace(array=True)
    if origin in {typing.Union, types.UnionType}:
        members = [each for each in typing.get_args(annotation) if each is not type(None)]
        kinds = [kind_of(each, found) for each in members if each is not Missing]
        names = tuple(name for kind in kinds for name in kind.names)
        return Kind(names, any(kind.array for kind in kinds), Missing in members)
    found.setdefault(annotation.__name__, annotation)
    return Kind((annotation.__name__,), array=False, missing=False)


def is_group(kind: type) -> bool:
    """Tell whether a class travels as a map of its fields."""
    return issubclass(kind, Part) and not hasattr(kind, "to_wire")


def groups() -> dict[str, type[Part]]:
    """Return every part that travels as a map, the documents first."""
    done: dict[str, type[Part]] = {}
    todo: list[type[Part]] = [*DOCUMENTS, CopyStatement]
    while todo:
        part = todo.pop(0)
        if part.__name__ in done:
            continue
        done[part.__name__] = part
        found: dict[str, type] = {}
        for each in travelling(part):
            kind_of(each.annotation, found)
        todo += [each for each in found.values() if is_group(each)]
    return done


def travelling(part: type[Part]) -> list[Item]:
    """Return the fields of a part that can be in its map."""
    return [
        each
        for each in items(part)
        if each.travel is not Travel.NEVER and (part.__name__, each.name) not in CLAIMED
    ]


def values() -> dict[str, type]:
    """Return every class of a value that is not a map."""
    found: dict[str, type] = {}
    for part in groups().values():
        for each in travelling(part):
            kind_of(each.annotation, found)
    return {name: kind for name, kind in found.items() if not is_group(kind)}


def default_of(field: Item) -> Any:  # noqa: ANN401 - JSON
    """Return the default in wire form, for JSON."""
    value = field.default
    if isinstance(value, Missing):
        return STATE_CODES[value.state]
    if isinstance(value, CodedEnum):
        return value.code
    return [] if value == () else value


def field_of(field: Item) -> dict[str, Any]:
    """Return a field for ``vnc1-fields.json``."""
    kind = kind_of(field.annotation, {})
    entry: dict[str, Any] = {
        "key": field.key,
        "name": field.name,
        "title_vi": field.title_vi,
        "types": list(kind.names),
        "array": kind.array,
        "may_be_missing": kind.missing,
        "key_field": field.travel is Travel.REFERENCE,
        "required": field.required,
    }
    if not field.required:
        entry["default"] = default_of(field)
    return entry


def fields_json() -> str:
    """Return ``vnc1-fields.json``: everything a decoder needs besides code."""
    enums: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    numbered: dict[str, dict[str, str]] = {}
    for name, kind in sorted(values().items()):
        if issubclass(kind, CodedEnum):
            enums[name] = {
                str(each.code): {"value": each.value, "title_vi": each.title_vi} for each in kind
            }
        elif issubclass(kind, CheckedText) and name not in CODINGS:
            pattern = getattr(kind, "pattern", "") or kind.json_pattern
            texts[name] = {"max_length": kind.max_length, "pattern": pattern or None}
            texts[name]["ranges"] = "name" if kind.ranges == NAME_RANGES else "free"
            if issubclass(kind, NumberedText):
                numbered[name] = {str(number): text for number, text in kind.texts.items()}
    content = {
        "spec": "vnc1",
        "dictionary_sha256": sha256(DICTIONARY).hexdigest(),
        "documents": {kind.format_id: kind.__name__ for kind in DOCUMENTS},
        "statement": "CopyStatement",
        "states": {str(code): state.value for state, code in STATE_CODES.items()},
        "parts": {name: [field_of(f) for f in travelling(p)] for name, p in groups().items()},
        "never": {
            name: [each.name for each in items(part) if each.travel is Travel.NEVER]
            for name, part in groups().items()
            if any(each.travel is Travel.NEVER for each in items(part))
        },
        "enums": enums,
        "texts": texts,
        "numbered": numbered,
        "ethnicities": {str(int(code)): name for code, name in ETHNICITIES.items()},
        "countries": {
            str(number): {"code": code, "name": name} for code, (number, name) in COUNTRIES.items()
        },
        "positions": {str(code): text for code, text in POSITIONS.items()},
        "on_behalf": {str(code): text for code, text in ON_BEHALF.items()},
        "ranges": {"name": NAME_RANGES, "free": FREE_RANGES},
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


# --- the page ---------------------------------------------------------------------------------


def type_words(field: Item) -> str:
    """Return the type of a field for the tables."""
    kind = kind_of(field.annotation, {})
    words = " or ".join(f"`{name}`" for name in kind.names)
    return ("array of " if kind.array else "") + words + (" or missing" if kind.missing else "")


def table_of(part: type[Part]) -> str:
    """Return the field table of a part."""
    title = part.format_id if issubclass(part, Document) else "group"
    lines = [f"### {part.__name__} ({title})", ""]
    lines += ["| key | name | label | value | key field | default |", "|---|---|---|---|---|---|"]
    for each in travelling(part):
        default = "required" if each.required else f"`{json.dumps(default_of(each))}`"
        marked = "yes" if each.travel is Travel.REFERENCE else ""
        lines.append(
            f"| {each.key} | `{each.name}` | {each.title_vi} | {type_words(each)} "
            f"| {marked} | {default} |"
        )
    never = [each.name for each in items(part) if each.travel is Travel.NEVER]
    if never:
        lines += ["", "Never in the symbol: " + ", ".join(f"`{name}`" for name in never) + "."]
    return "\n".join(lines)


def tables() -> str:
    """Return all field tables."""
    return "\n\n".join(table_of(part) for part in groups().values())


def enum_tables() -> str:
    """Return the codes of every closed list."""
    lines = ["| list | codes |", "|---|---|"]
    for name, kind in sorted(values().items()):
        if issubclass(kind, CodedEnum):
            codes_ = "; ".join(f"{each.code} `{each.value}` ({each.title_vi})" for each in kind)
            lines.append(f"| `{name}` | {codes_} |")
    return "\n".join(lines)


def numbered_table() -> str:
    """Return the texts that travel as numbers, by class."""
    lines = ["| class | texts |", "|---|---|"]
    for name, kind in sorted(values().items()):
        if issubclass(kind, NumberedText):
            known = "; ".join(f"{number} {text}" for number, text in kind.texts.items())
            lines.append(f"| `{name}` | {known} |")
    return "\n".join(lines)


def state_table() -> str:
    """Return the codes of missing values."""
    lines = ["| code | state |", "|---|---|"]
    return "\n".join(
        lines + [f"| {code} | `{state.value}` |" for state, code in STATE_CODES.items()]
    )


def range_lines(ranges: tuple[tuple[int, int], ...]) -> str:
    """Return code-point ranges, as text."""
    return " ".join(f"{a:04X}" if a == b else f"{a:04X}-{b:04X}" for a, b in ranges)


def repertoire() -> str:
    """Return both repertoires."""
    return "\n".join(
        [
            "```text",
            "names:",
            range_lines(NAME_RANGES),
            "",
            "free text:",
            range_lines(FREE_RANGES),
            "```",
        ]
    )


def reason_table() -> str:
    """Return the reasons of the wire layers, in the order of the closed list."""
    lines = ["| reason | meaning |", "|---|---|"]
    for reason in Reason:
        if reason is Reason.UNKNOWN_KEY:
            break
        lines.append(f"| [`{reason.value}`](../reasons.md#{reason.value}) | {TEXTS[reason].en} |")
    return "\n".join(lines)


def dictionary_facts() -> str:
    """Return size and digest of the preset dictionary."""
    return "\n".join(
        [
            f"- [`vnc1-dictionary.bin`](vnc1-dictionary.bin), {len(DICTIONARY)} bytes",
            "- the same in hexadecimal: [`vnc1-dictionary.hex`](vnc1-dictionary.hex)",
            f"- SHA-256: `{sha256(DICTIONARY).hexdigest()}`",
        ]
    )


def page() -> str:
    """Return ``vnc1.md`` with its generated blocks renewed."""
    text = (SPEC / "vnc1.md").read_text("utf-8")
    blocks = {
        "dictionary": dictionary_facts,
        "fields": tables,
        "enums": enum_tables,
        "numbered": numbered_table,
        "states": state_table,
        "repertoire": repertoire,
        "reasons": reason_table,
    }
    for name, make in blocks.items():
        pattern = re.compile(f"(<!-- generated: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        text, count = pattern.subn(lambda found: f"{found[1]}{make()}\n{found[2]}", text)  # noqa: B023
        if count != 1:
            raise SystemExit(f"vnc1.md has no single block {name!r}")
    return text


# --- the CDDL ---------------------------------------------------------------------------------

CDDL_HEAD = """\
; VNC1, the signed content of a printed copy (RFC 8610). Written by scripts/build_wire_spec.py.
; Deterministic CBOR (RFC 8949 section 4.2.1); no tags, no null, no floats inside the payload.

copy = #6.18([
  protected: bstr .cbor { 1: -7, 4: bstr .size 8, 16: "vnc1" },
  unprotected: {},
  payload: bstr,               ; raw DEFLATE with the preset dictionary over `claims`
  signature: bstr .size 64,    ; r || s, s in the lower half
])

claims = {
  1: tstr .size (1..35),       ; iss: agency code
  6: uint .le 253402300799,    ; iat: seconds since 1970-01-01T00:00:00Z
  7: bstr .size 10,            ; cti: identity of the copy
  ? 65535: { "status_list": { "idx": uint .le 4294967295, "uri": tstr } },
  -70001: body,
}

body = {
  0: tstr,                     ; format_id
  1: 0 / 1,                    ; carriage: 0 full, 1 reference
  2: CopyStatement,
  3: document,
  ? 4: bstr .size 16,          ; digest of the record
}

state = -6..-1
missing = state / [state, tstr .size (1..240)]

date = date-value / [date-value, tstr, ? 1]   ; words of the original, 1: lunar calendar
date-value = uint / tstr                      ; year < 10000, or 10000 + days since 1900-01-01; EDTF
id-number = uint .le 999999999999 / tstr      ; twelve digits; any other number
date-words = uint / tstr / [uint, 1..71]      ; the day spelled out, and how; other words
ethnicity = uint / tstr / [uint, tstr]
nationality = uint / tstr / [uint, tstr]
place = tstr / [tstr, tstr, tstr, uint]       ; province, ward, days since 2000-01-01
office = tstr / [tstr, tstr, ? tstr, ? tstr]  ; name, agency, province, ward
numbered = uint / tstr                        ; number of a usual text of the class; other text
signer = [tstr, position: uint / tstr, ? formula: uint / tstr]
"""


def cddl_type(kind: Kind) -> str:
    """Return the CDDL of a field's value."""
    classes = values()
    names: list[str] = []
    for name in kind.names:
        known = classes.get(name)
        if name in groups():
            names.append(name)
        elif name in CODINGS:
            names.append(CODINGS[name])
        elif known is not None and issubclass(known, CodedEnum):
            names.append(" / ".join(str(each.code) for each in known))
        elif known is not None and issubclass(known, NumberedText):
            names.append("numbered")
        elif known is not None and issubclass(known, CheckedText):
            names.append("tstr")
        else:
            names.append({"bool": "bool", "int": "uint", "str": "tstr", "bytes": "bstr"}[name])
    inner = " / ".join(dict.fromkeys(names))
    whole = f"[* {inner}]" if kind.array else inner
    return whole + (" / missing" if kind.missing else "")


def cddl() -> str:
    """Return ``vnc1.cddl``."""
    lines = [CDDL_HEAD]
    lines.append("document = " + " / ".join(kind.__name__ for kind in DOCUMENTS))
    lines.append("; In reference carriage only key fields are there, so that others are optional.")
    for name, part in groups().items():
        lines += ["", f"{name} = {{"]
        with_keys = any(each.travel is Travel.REFERENCE for each in items(part))
        for each in travelling(part):
            always = each.required and (each.travel is Travel.REFERENCE or not with_keys)
            optional = "" if always else "? "
            value = cddl_type(kind_of(each.annotation, {}))
            lines.append(f"  {optional}{each.key}: {value},  ; {each.name}")
        lines.append("}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    check = parser.parse_args().check
    built: dict[str, str | bytes] = {
        "vnc1-dictionary.bin": DICTIONARY,
        "vnc1-fields.json": fields_json(),
        "vnc1.cddl": cddl(),
        "vnc1-dictionary.hex": DICTIONARY.hex() + "\n",
        "vnc1.md": page(),
    }
    stale = []
    for name, text in built.items():
        path, data = SPEC / name, text if isinstance(text, bytes) else text.encode()
        if not path.exists() or path.read_bytes() != data:
            stale.append(name)
            if not check:
                path.write_bytes(data)
    print("out of step: " + ", ".join(stale) if stale else "the specification is in step")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
