"""Make the committed files in order anew: pages and signatures by programs of others.

    python tools/controls/make.py PAGES --dss … --others … --classes … --modules …

`tests/attacks/controls/README.md` says how the programs get where they are. Signatures hold random
numbers and some programs write the clock, so that the files are others at every run; what stands in
them is the same. The keys are those of the demonstration, made from the seed of the tests.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from support.forgeries.controls_of_others import FILES, FOLDER  # noqa: E402 - the path above
from support.pdf_copies import ISSUED, demo  # noqa: E402 - the path above

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.pki import DemoIdentity

PASSWORD: Final = "demo"  # noqa: S105 - of keys that are published with the tests
ROOM: Final = 6_000
"""Bytes kept for a CMS of openssl."""
LATER: Final = timedelta(hours=1)
"""Between signing and the revocation lists that are embedded: older ones say nothing of it."""
MOST_BYTES: Final = 30_000
"""Of one committed file."""


def keys(folder: Path) -> None:
    """Write the keys of the demonstration, its root and its revocation lists into a folder."""
    pki = demo()
    office = pki.offices[0]
    named: dict[str, DemoIdentity] = {
        "p256": office.seals["p256"],
        "rsa": office.seals["rsa"],
        "person": office.persons["p256"],
        "tsa": pki.tsa,
    }
    for name, identity in named.items():
        above = [x509.load_der_x509_certificate(each) for each in identity.chain[1:]]
        store = pkcs12.serialize_key_and_certificates(
            name.encode(),
            identity.key,
            identity.parsed,
            above,
            BestAvailableEncryption(PASSWORD.encode()),
        )
        (folder / f"{name}.p12").write_bytes(store)
        (folder / f"{name}.key").write_bytes(identity.key_pem())
        (folder / f"{name}.pem").write_bytes(identity.parsed.public_bytes(Encoding.PEM))
        (folder / f"{name}-above.pem").write_bytes(
            b"".join(each.public_bytes(Encoding.PEM) for each in above)
        )
    (folder / "root.der").write_bytes(pki.root.certificate)
    for number, piece in enumerate(pki.evidence(ISSUED + LATER).pieces):
        (folder / f"crl-{number}.der").write_bytes(piece)


Jobs = Iterable[tuple[str, ...]]
"""Lines of columns: what to do, whose key, from, to."""


def done(command: Sequence[str], folder: Path, jobs: Jobs) -> None:
    """Have a program do jobs.

    Args:
        command: starts it.
        folder: with the keys.
        jobs: what it is told.
    """
    subprocess.run(
        [*command, str(folder), str(int(ISSUED.timestamp()))],
        input="".join("\t".join(job) + "\n" for job in jobs),
        text=True,
        check=True,
    )


def java(classes: Path, libraries: Path, program: str) -> list[str]:
    """Return the command that starts a Java program.

    Args:
        classes: where it was compiled to.
        libraries: folder of jars.
        program: its class.
    """
    path = os.pathsep.join([str(classes), str(libraries / "*")])
    return ["java", "-Djava.awt.headless=true", "-cp", path, program]


def python_pages(folder: Path) -> None:
    """Make the pages of Python packages: reportlab, fpdf2, weasyprint."""
    from fpdf import FPDF  # noqa: PLC0415 - not among the requirements
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - not among the requirements
    from weasyprint import HTML  # noqa: PLC0415 - not among the requirements

    canvas = Canvas(str(folder / "reportlab.pdf"), invariant=True)
    canvas.drawString(72, 760, "Contract of sale 12/2026")
    canvas.save()
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=14)
    page.cell(text="Contract of sale 12/2026")
    page.output(str(folder / "fpdf2.pdf"))
    HTML(string="<p style='font-family: DejaVu Sans'>Contract of sale 12/2026").write_pdf(
        folder / "weasyprint.pdf"
    )


def node_page(out: Path, modules: Path) -> None:
    """Make a page with pdf-lib.

    Args:
        out: what is written.
        modules: where Node finds packages.
    """
    script = Path(__file__).with_name("page.cjs")
    subprocess.run(["node", script, out], env=os.environ | {"NODE_PATH": str(modules)}, check=True)


def by_openssl(page: Path, out: Path, name: str, folder: Path) -> None:
    """Sign by hand, with the CMS that openssl makes.

    Args:
        page: what is signed.
        out: what is written.
        name: of the key.
        folder: with the keys.
    """
    mark = 9_999_999_999
    with pikepdf.open(page) as pdf:
        signature = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Sig,
                Filter=pikepdf.Name("/Adobe.PPKLite"),
                SubFilter=pikepdf.Name("/ETSI.CAdES.detached"),
                M=pikepdf.String(ISSUED.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")),
                ByteRange=[0, mark, mark, mark],
                Contents=pikepdf.String(b"\xff" * ROOM),
            )
        )
        widget = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Sig,
                T="Signature1",
                V=signature,
                F=132,
                Rect=[0, 0, 0, 0],
                P=pdf.pages[0].obj,
            )
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([widget])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([widget]), SigFlags=3)
        made = io.BytesIO()
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    data = made.getvalue()
    gap = data.index(b"<" + b"ff" * ROOM + b">")
    end = gap + 2 * ROOM + 2
    old = b"/ByteRange [ 0 %d %d %d ]" % (mark, mark, mark)
    new = b"/ByteRange [ 0 %d %d %d ]" % (gap, end, len(data) - end)
    if data.count(old) != 1:
        raise SystemExit("the byte range is not where it was put")
    data = data.replace(old, new.ljust(len(old)))
    how = "cms -sign -binary -cades -md sha256 -outform DER"
    pem, above, key = (folder / f"{name}{end}" for end in (".pem", "-above.pem", ".key"))
    cms = subprocess.run(
        ["openssl", *how.split(), "-signer", pem, "-inkey", key, "-certfile", above],
        input=data[:gap] + data[end:],
        capture_output=True,
        check=True,
    ).stdout
    out.write_bytes(data[: gap + 1] + cms.hex().encode().ljust(2 * ROOM, b"0") + data[end - 1 :])


def main() -> None:
    """Make every file of the list, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("--only", default="", help="how the ones that are made anew are signed")
    parser.add_argument("--dss", type=Path, required=True, help="folder of the jars of DSS")
    parser.add_argument("--others", type=Path, required=True, help="folder of the other jars")
    parser.add_argument("--classes", type=Path, required=True, help="both signers, compiled")
    parser.add_argument("--modules", type=Path, required=True, help="node_modules with pdf-lib")
    options = parser.parse_args()
    pages: Path = options.pages
    chosen = [each for each in FILES if each.way.startswith(options.only)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        keys(folder)
        python_pages(pages)
        dss = java(options.classes, options.dss, "SignByDss")
        others = java(options.classes, options.others, "SignByOthers")
        done(dss, folder, [("page", "-", "-", str(pages / "pdfbox.pdf"))])
        named = ("itext", "openpdf")
        done(
            others,
            folder,
            [(f"{name}-page", "-", "-", str(pages / f"{name}.pdf")) for name in named],
        )
        node_page(pages / "pdf-lib.pdf", options.modules)
        FOLDER.mkdir(exist_ok=True)

        def jobs(*starts: str) -> list[tuple[str, ...]]:
            return [
                (each.way, each.key, str(pages / f"{each.page}.pdf"), str(each.path))
                for each in FILES
                if each.way.startswith(starts) and each in chosen
            ]

        done(dss, folder, jobs("dss", "pdfbox"))
        done(others, folder, jobs("itext", "openpdf"))
        for each in chosen:
            if each.way == "openssl":
                by_openssl(pages / f"{each.page}.pdf", each.path, each.key, folder)
    for each in FILES:
        size = each.path.stat().st_size
        if size > MOST_BYTES:
            raise SystemExit(f"{each.path.name}: {size} bytes")


if __name__ == "__main__":
    main()
