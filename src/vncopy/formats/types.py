"""The document types that come with the library."""

from __future__ import annotations

from typing import Final

from vncopy.formats.base import DocumentTypes
from vncopy.formats.birth import BirthRecord
from vncopy.formats.death import DeathRecord
from vncopy.formats.land import LandCertificate
from vncopy.formats.marriage import MarriageRecord

__all__ = ["BUILTIN_TYPES"]

BUILTIN_TYPES: Final = DocumentTypes(BirthRecord, MarriageRecord, DeathRecord, LandCertificate)
"""Birth, marriage, death and land-use-right certificate; ``with_type`` adds one's own."""
