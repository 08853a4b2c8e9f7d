"""What pyHanko says of signed PDFs, as a program of its own that may be stopped at any file.

    python pyhanko_judge.py MOMENT ROOT.der INTERMEDIATE.der CRL…

Standard input has one path per line, standard output one JSON object per path. pyHanko is asked as
its documentation shows it: strict reading, every signature and every document timestamp of the
file, its own analysis of differences, nothing fetched, one trusted root, the time that is given.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

OWN = ("pyhanko.", "pyhanko_certvalidator.")
"""Where exceptions are defined that a caller of pyHanko must expect."""


def context(arguments: list[str]) -> ValidationContext:
    """Return trust, time and revocation lists as pyHanko takes them.

    Args:
        arguments: the moment, the root, the intermediate authority, revocation lists.
    """
    moment, root, intermediate, *crls = arguments
    load = x509.Certificate.load
    return ValidationContext(
        trust_roots=[load(Path(root).read_bytes())],
        other_certs=[load(Path(intermediate).read_bytes())],
        crls=[asn1_crl.CertificateList.load(Path(each).read_bytes()) for each in crls],
        allow_fetching=False,
        moment=datetime.fromisoformat(moment),
    )


def of_signature(status: Any) -> dict[str, Any]:
    """Return what is said of one signature.

    Args:
        status: pyHanko's.
    """
    level = status.modification_level
    return {
        "kind": "signature",
        "accepted": bool(status.bottom_line),
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "trusted": bool(status.trusted),
        "coverage": status.coverage.name if status.coverage else "",
        "modification": level.name if level else "",
        "permitted": status.docmdp_ok is not False,
    }


def of_timestamp(status: Any) -> dict[str, Any]:
    """Return what is said of one document timestamp.

    Args:
        status: pyHanko's; it has no summary of its own.
    """
    intact, valid, trusted = bool(status.intact), bool(status.valid), bool(status.trusted)
    return {
        "kind": "timestamp",
        "accepted": intact and valid and trusted,
        "intact": intact,
        "valid": valid,
        "trusted": trusted,
    }


def judged(data: bytes, arguments: list[str]) -> list[dict[str, Any]]:
    """Return what is said of every signature of a file.

    Args:
        data: any bytes.
        arguments: of this program.
    """
    reader = PdfFileReader(io.BytesIO(data))
    found = [
        of_signature(validate_pdf_signature(each, context(arguments)))
        for each in reader.embedded_regular_signatures
    ]
    found += [
        of_timestamp(validate_pdf_timestamp(each, context(arguments)))
        for each in reader.embedded_timestamp_signatures
    ]
    return found


def main() -> None:
    """Answer until the input ends."""
    logging.disable(logging.CRITICAL)
    arguments = sys.argv[1:]
    for line in sys.stdin:
        answer: dict[str, Any] = {}
        try:
            answer["signatures"] = judged(Path(line.rstrip("\n")).read_bytes(), arguments)
        except Exception as error:  # noqa: BLE001 - what comes out is what is asked for
            answer["error"] = type(error).__name__
            answer["own"] = any(each.__module__.startswith(OWN) for each in type(error).__mro__)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
