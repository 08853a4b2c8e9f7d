# /// script
# requires-python = ">=3.11"
# dependencies = ["vncopy[pdf]"]
# ///
"""Verify one copy: ``python verify_copy.py FILE TRUST_FOLDER [ISO_TIME]``.

A PDF, a picture of paper, or a text that begins with VNC1:. Prints the report as JSON; exit code
0 valid, 1 invalid, 2 undetermined, 64 usage, 74 file unreadable. Copy this file and change it.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from vncopy import (
    Document,
    UsageError,
    Verdict,
    VerificationPolicy,
    VerificationReport,
    load_trust,
    verify_image,
    verify_pdf,
    verify_qr,
)

EXIT = {Verdict.VALID: 0, Verdict.INVALID: 1, Verdict.UNDETERMINED: 2}
POLICY = VerificationPolicy.offline_basic()  # the report names what is not required


def verify(data: bytes, folder: str, at: datetime) -> VerificationReport[Document]:
    """Return the report on a file's content."""
    trust = load_trust(folder)
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"RIFF")):
        return verify_image(data, trust=trust, at=at, policy=POLICY)
    if data.startswith(b"VNC1:"):
        return verify_qr(data.decode("latin-1").strip(), trust=trust, at=at, policy=POLICY)
    return verify_pdf(data, trust=trust, at=at, policy=POLICY)


def main() -> int:
    """Verify what the command line names."""
    try:
        file, folder, *rest = sys.argv[1:]
        at = datetime.fromisoformat(rest[0]) if rest else datetime.now(UTC)
        report = verify(Path(file).read_bytes(), folder, at)
    except OSError as error:
        print(error, file=sys.stderr)
        return 74
    except (UsageError, ValueError) as error:
        print(error if isinstance(error, UsageError) else __doc__, file=sys.stderr)
        return 64
    print(report.to_json().decode())
    return EXIT[report.verdict]


if __name__ == "__main__":
    sys.exit(main())
