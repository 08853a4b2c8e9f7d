"""Whatever files need is loaded before the process that reads them is shut off."""

from __future__ import annotations

import io
import json
import pickle
import subprocess
import sys
from pathlib import Path

from PIL import Image

from support import levels
from support.forgeries import attacks, controls
from support.pdf_copies import issued
from vncopy.pdf.warm import LATER

READ = """
import json, pickle, sys
import vncopy.pdf.warm
from vncopy.pdf.engine import read_paper, read_pdf

before, opened = set(sys.modules), []

def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir", "socket.__new__", "subprocess.Popen"):
        opened.append(f"{event} {arguments[0]}")

pdfs, images = pickle.load(open(sys.argv[1], "rb"))
sys.addaudithook(watch)
for foreign, data in pdfs:
    read_pdf(data, foreign=foreign)
for data in images:
    read_paper(data)
print(json.dumps([sorted(set(sys.modules) - before), opened]))
"""


def pictures() -> list[bytes]:
    """Return a symbol as every kind of picture that is read, and some that are not."""
    symbol = Image.open(io.BytesIO(issued().qr_png())).convert("L")
    made = [issued().qr_png(), issued().pdf]
    for kind, mode in (
        ("PNG", "P"),
        ("PNG", "RGBA"),
        ("PNG", "I;16"),
        ("JPEG", "L"),
        ("JPEG", "RGB"),
        ("TIFF", "L"),
        ("WEBP", "RGB"),
        ("GIF", "P"),
        ("BMP", "L"),
    ):
        out = io.BytesIO()
        symbol.convert(mode).save(out, kind)
        made.append(out.getvalue())
    return made


def test_nothing_is_loaded_once_files_are_read(tmp_path: Path) -> None:
    families = {(file.family, file.base): file for file in attacks()}
    pdfs = [(file.base == "plain", file.build()) for file in families.values()]
    pdfs += [(True, file.build()) for file in controls()[::4]]
    pdfs += [(False, issued().pdf), (False, levels.b_lta()), (False, levels.renewed())]
    case = tmp_path / "case"
    case.write_bytes(pickle.dumps((pdfs, pictures())))
    done = subprocess.run(
        [sys.executable, "-c", READ, str(case)], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [[], []]


def test_the_list_has_nothing_twice() -> None:
    assert len(set(LATER)) == len(LATER)
