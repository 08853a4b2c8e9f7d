"""``vncopy demo``, ``schema``, ``trust`` and ``pki``: everything around issuing and verifying."""

from __future__ import annotations

import json
from typing import Annotated

import typer

import vncopy
from vncopy.cli.terminal import emit
from vncopy.cli.types import type_named

__all__ = ["register"]


def schema(
    name: Annotated[
        str, typer.Argument(metavar="TYPE|report", help="birth, marriage, death, land, report")
    ],
) -> None:
    """Print the JSON Schema of a document type's input, or of the report.

    In lược đồ JSON của một loại giấy tờ, hoặc của báo cáo kiểm tra.
    """
    made = vncopy.json_schema(type_named(name))
    emit(json.dumps(made, ensure_ascii=False, indent=1).encode())


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(schema)
