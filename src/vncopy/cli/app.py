"""The command line as a whole: its commands, and the border where every error becomes a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import typer
from typer.exceptions import TyperException

from vncopy.cli import issuing, making, renewing, verifying
from vncopy.cli.files import UnreadableFile
from vncopy.cli.terminal import say
from vncopy.cli.words import usage_text
from vncopy.errors import VncopyError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["run"]

EXIT_USAGE: Final = 64
"""``EX_USAGE``: the caller's own mistake."""
EXIT_SOFTWARE: Final = 70
"""``EX_SOFTWARE``: a mistake of this library; never to be taken for a verdict."""
EXIT_IO: Final = 74
"""``EX_IOERR``: a file could not be read or written."""
EXIT_INTERRUPTED: Final = 130
"""128 + SIGINT, as shells say it."""

app = typer.Typer(
    name="vncopy",
    help=(
        "Legal electronic copies of Vietnamese documents: issue and verify.\n\n"
        "Bản sao điện tử của giấy tờ Việt Nam: cấp và kiểm tra.\n\n"
        "Exit: 0 valid, 1 invalid, 2 undetermined, 64 usage, 74 file unreadable.\n\n"
        "Mã thoát: 0 hợp lệ, 1 không hợp lệ, 2 chưa xác định được, 64 dùng sai, 74 không đọc được tệp."
    ),
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (verifying, issuing, renewing, making):
    room.register(app)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no exception gets past this border.

    Args:
        arguments: the words after the program's name; those of the process if absent.
    """
    try:
        return _run(arguments)
    except BrokenPipeError:  # whoever read our output has gone, perhaps while an error was told
        return EXIT_IO


def _run(arguments: Sequence[str] | None) -> int:
    command = typer.main.get_command(app)
    try:
        result = command.main(
            None if arguments is None else list(arguments),
            prog_name="vncopy",
            standalone_mode=False,
        )
    except TyperException as error:  # wrong words on the command line; empty after the help text
        text = error.format_message()
        if text:
            say(usage_text(text), "red")
        return EXIT_USAGE
    except VncopyError as error:
        say(str(error), "red")
        return EXIT_USAGE
    except UnreadableFile as error:
        say(str(error), "red")
        return EXIT_IO
    except BrokenPipeError:
        raise
    except (KeyboardInterrupt, typer.Abort):
        return EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001 - no traceback ever reaches a user of the command line
        name = type(error).__name__  # its text might hold a value of a record
        say(f"lỗi bên trong chương trình / internal error: {name}", "red")
        return EXIT_SOFTWARE
    return result if isinstance(result, int) else 0
