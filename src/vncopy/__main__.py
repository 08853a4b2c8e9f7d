"""``python -m vncopy`` and the ``vncopy`` command."""

from __future__ import annotations

import sys

EXIT_USAGE = 64
"""``EX_USAGE``: the caller's own mistake, a missing extra included."""


def main() -> int:
    """Run the command line; say in one line what to install when its extra is missing."""
    try:
        from vncopy.cli.app import run  # noqa: PLC0415 - the base is installed without the cli extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"typer", "rich"}:
            raise
        from vncopy.errors import MissingExtra  # noqa: PLC0415 - only needed here

        sys.stderr.write(f"{MissingExtra('cli')}\n")
        return EXIT_USAGE
    return run()


if __name__ == "__main__":
    sys.exit(main())
