"""Load everything that reading a file may need, so that nothing need be loaded afterwards.

The process that reads a file cannot open any other one, so that a module which an engine loads when
it first meets something would not be found. A test holds the list against all files of attacks.
"""

from __future__ import annotations

import contextlib
import sys
from importlib import import_module
from typing import Final

import vncopy.pdf.engine  # noqa: F401

LATER: Final = (
    # pictures
    "PIL.BmpImagePlugin", "PIL.GifImagePlugin", "PIL.ImageChops", "PIL.ImageFile", "PIL.ImageFilter",
    "PIL.ImageOps", "PIL.ImageSequence", "PIL.JpegImagePlugin", "PIL.JpegPresets", "PIL.MpoImagePlugin",
    "PIL.PngImagePlugin", "PIL.PpmImagePlugin", "PIL.TiffImagePlugin", "PIL.WebPImagePlugin", "pi_heif",
    # PDF
    "cryptography.hazmat.backends.openssl.backend", "lxml._elementpath", "lxml.etree",
    "pyhanko.pdf_utils.filters", "pyhanko.pdf_utils.metadata.xmp_xml",
    # text and time
    "encodings.ascii", "encodings.cp1252", "encodings.idna", "encodings.latin_1",
    "encodings.punycode", "encodings.utf_16", "encodings.utf_16_be", "encodings.utf_16_le",
    "encodings.utf_32_be", "encodings.utf_8_sig", "encodings.unicode_escape", "gzip", "stringprep",
)  # fmt: skip
"""Modules of libraries that they load when they first need them."""

for _name in LATER:
    with contextlib.suppress(ImportError):  # another version of a library has other parts
        import_module(_name)
for _module in [each for name, each in sys.modules.items() if name.startswith("vncopy.pdf.")]:
    for _load in getattr(_module, "WARM", ()):  # functions that read a table, and keep it
        _load()
