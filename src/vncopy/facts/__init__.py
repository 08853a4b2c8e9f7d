"""What was observed of a copy, without any judgement; saved with a report and judged again later.

Facts hold digests, certificates' digests, times and outcomes, never field values of a document.
One module per carrier: :mod:`vncopy.facts.qr`, :mod:`vncopy.facts.pdf`.
"""

from __future__ import annotations

from vncopy.facts.common import Facts, Step, facts_from_json, facts_to_json

__all__ = ["Facts", "Step", "facts_from_json", "facts_to_json"]
