"""Write the JSON Schemas of docs/spec; `--check` only compares."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vncopy.report.schema import report_schema
from vncopy.trust_folder.offices import offices_schema

if TYPE_CHECKING:
    from collections.abc import Callable

SPEC = Path(__file__).parent.parent / "docs" / "spec"
SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "report.schema.json": report_schema,
    "trust-folder.schema.json": offices_schema,
}


def written(schema: dict[str, Any]) -> str:
    """Return a schema as it is published."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write or compare the schemas."""
    behind = 0
    for name, make in SCHEMAS.items():
        path = SPEC / name
        if "--check" not in sys.argv[1:]:
            path.write_text(written(make()), encoding="utf-8", newline="\n")
        elif path.read_text(encoding="utf-8") != written(make()):
            print(f"docs/spec/{name} is out of date: python tools/schemas.py", file=sys.stderr)
            behind = 1
    return behind


if __name__ == "__main__":
    sys.exit(main())
