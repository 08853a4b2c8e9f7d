"""Leave nothing in a package-lock.json but names, versions and integrity digests.

Optional native accelerators go as well: the judges run without building anything.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

NATIVE = ("cbor-extract", "node-gyp-build", "detect-libc")
"""Packages that only speed up CBOR, one per processor and system."""


def main() -> None:
    """Rewrite the lock file named on the command line."""
    path = Path(sys.argv[1])
    lock = json.loads(path.read_text(encoding="utf-8"))
    packages = lock["packages"]
    for name in [n for n in packages if any(part in n for part in NATIVE)]:
        del packages[name]
    for entry in packages.values():
        for key in ("funding", "optionalDependencies", "resolved"):
            entry.pop(key, None)
    path.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
