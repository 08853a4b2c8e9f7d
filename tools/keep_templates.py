"""Keep each version of the library's own templates, so that older copies stay provable.

A page is compared with the words of its template. Whoever changes a template runs this: it writes the
new version into src/vncopy/pdf/kept_templates beside all earlier ones, which are never taken away.
`--check` only compares.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from vncopy.formats.types import BUILTIN_TYPES
from vncopy.page_trust import TEMPLATE_HEAD
from vncopy.pdf.page_text import read_template
from vncopy.pdf.template import BUILTIN_TEMPLATES, KEPT

SOURCE = Path(__file__).parent.parent / "src" / BUILTIN_TEMPLATES[0].replace(".", "/")
DIGITS = 16
"""Of the digest in a file's name."""


def versions() -> dict[str, bytes]:
    """Return the kept files of today's templates by name."""
    found = {}
    for name in sorted({kind.template for kind in BUILTIN_TYPES}):
        source = read_template(name).encode()
        digest = hashlib.sha256(source).hexdigest()[:DIGITS]
        stem = name.rpartition("/")[2].removesuffix(".typ")
        found[f"{stem}.{digest}.typ"] = f"{TEMPLATE_HEAD}{name}\n".encode() + source
    return found


def main() -> int:
    """Write or compare."""
    folder = SOURCE / KEPT[1]
    behind = 0
    for name, content in versions().items():
        path = folder / name
        if path.exists() and path.read_bytes() == content:
            continue
        behind = 1
        if "--check" in sys.argv[1:]:
            print(f"{name} is not kept: python tools/keep_templates.py", file=sys.stderr)
        else:
            folder.mkdir(exist_ok=True)
            path.write_bytes(content)
    return behind if "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
