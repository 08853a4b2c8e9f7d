"""Files of a trust folder → ``load_trust``: a store that verifies, or a ``UsageError``.

An input is a list of files: ``FILE name`` on a line of its own begins each.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fuzz.harness import Harness, need, outcome, told
from fuzz.mutations import graft, spoil, strange_json
from fuzz.pdf_mutations import der
from fuzz.qr_text import believed
from support.qr_copies import AT, BASIC, pki, text
from vncopy.errors import UsageError
from vncopy.page_trust import font_rows
from vncopy.pki import write_demo_pki
from vncopy.report import Verdict
from vncopy.trust_folder import load_trust
from vncopy.verify.qr import verify_qr

if TYPE_CHECKING:
    from random import Random

PART = re.compile(rb"^FILE ([^\n]*)\n", re.MULTILINE)
PEM = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)
NAMES = (
    "offices.json",
    "anchors/root.pem",
    "anchors/x\u202e.pem",
    "anchors/a\nb.pem",
    "intermediates/y.pem",
    "fonts/c.txt",
    "templates/c.typ",
)


LENT = {
    "fonts/a.txt": b"# vncopy font table 1\n# a remark\n%s 722.168 0147\n%s 250 0066+0069 FB01\n"
    % (b"0a" * 12, b"0b" * 12),
    "fonts/b.txt": b"# vncopy font table 1\n%s 250 0066+0069 FB01\n" % (b"0b" * 12),
    "templates/old.typ": b'// vncopy template mine:pages/a.typ\n#line("words", "@path")\n',
}
"""Tables of fonts and earlier templates that a folder lends."""


@cache
def seeds() -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory() as folder:
        write_demo_pki(pki(), Path(folder))
        trust = Path(folder) / "trust"
        whole = {
            file.relative_to(trust).as_posix(): file.read_bytes()
            for file in sorted(trust.rglob("*"))
            if file.is_file()
        }
    offices = json.loads(whole["offices.json"])
    small = dict(offices, offices=offices["offices"][:1])
    lent = {**whole, "offices.json": json.dumps(small).encode(), **LENT}
    return (_joined(whole), _joined({**whole, "offices.json": lent["offices.json"]}), _joined(lent))


def _joined(files: dict[str, bytes]) -> bytes:
    return b"".join(b"FILE %s\n%s\n" % (name.encode(), data) for name, data in files.items())


def _split(data: bytes) -> dict[str, bytes]:
    words = PART.split(data)
    names = [name.decode("utf-8", "replace") for name in words[1::2]]
    return {name: content[:-1] for name, content in zip(names, words[2::2], strict=True)}


def mutate(data: bytes, dice: Random) -> bytes:
    files = _split(data)
    if not files or dice.random() < 0.1:
        return spoil(data, dice)
    name = dice.choice([*files, *["offices.json"] * 2])
    content = files.get(name, b"")
    choice = dice.random()
    if choice < 0.05:
        files.pop(name, None)
    elif choice < 0.1:
        files[dice.choice(NAMES)] = content
    elif choice < 0.2:
        files[name] = spoil(content, dice)
    elif name == "offices.json":
        try:
            tree = graft(json.loads(content), dice, _strange)
            files[name] = json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")
        except (ValueError, TypeError, IndexError, RecursionError):
            files[name] = spoil(content, dice)
    else:
        changed = PEM.sub(
            lambda found: _certificate(found.group(), dice), content.decode("latin-1")
        )
        files[name] = changed.encode("latin-1")
    return _joined(files)


def _certificate(pem: str, dice: Random) -> str:
    """Change the DER of a certificate."""
    body = "".join(pem.split("-----")[2].split())
    try:
        changed = der(base64.b64decode(body), dice)
    except ValueError:
        return pem
    text = base64.b64encode(changed).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----"])


def _strange(dice: Random, value: Any) -> Any:
    if isinstance(value, str) and value.startswith("MII") and dice.random() < 0.9:
        try:
            return base64.b64encode(der(base64.b64decode(value), dice)).decode()
        except ValueError:
            return value
    return strange_json(dice, value)


def check(data: bytes) -> str:
    folder = Path(tempfile.mkdtemp(prefix="trust-", dir=_memory()))
    try:
        for name, content in _split(data).items():
            place = (folder / name.replace("\0", "")).resolve()
            if folder.resolve() not in place.parents or len(place.name.encode()) > 200:
                continue
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
            except OSError:
                continue  # a file where a folder should be
        return _loaded(folder)
    finally:
        shutil.rmtree(folder)


def _memory() -> str | None:
    """Return a folder that lies in memory, where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _loaded(folder: Path) -> str:
    try:
        trust = load_trust(folder)
    except UsageError as error:
        for problem in error.problems:
            need(problem.rule and problem.message.vi and problem.message.en, "half an error")
        return f"refused {error.problems[0].rule}"
    words = []
    for table in trust.fonts:
        need(all(texts and width >= 0 for _, width, texts in font_rows(table)), "half a row")
    for at in (AT, AT + timedelta(days=20_000)):
        for symbol in (text(), text("marriage", "auto")):
            report = verify_qr(symbol, trust=trust, at=at, policy=BASIC)
            need(report.verdict is not Verdict.VALID or symbol in believed() | {text()}, "VALID")
            words.append(outcome(report))
    told(report)
    return "loaded, " + words[0]


HARNESS = Harness(name="trust_folder", seeds=seeds, mutate=mutate, check=check, largest=120_000)
