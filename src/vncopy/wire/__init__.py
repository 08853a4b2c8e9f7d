"""The bytes of the printed symbol (format VNC1): pure functions, no input or output.

The layers, outermost first, each a module of its own:

========== ==================================================================
base45     text of the symbol ⇄ bytes (RFC 9285, strict)
cose       the one exact COSE_Sign1 frame of VNC1 (RFC 9052), low-S ECDSA
deflate    raw DEFLATE with the preset dictionary, capped
cbor       deterministic CBOR (RFC 8949 §4.2.1), strict
claims     the CWT claims of a copy (RFC 8392)
payload    record ⇄ body map, driven by the declared fields
encode     the issuing side: record → text of the symbol
========== ==================================================================

The format is specified in ``docs/spec/vnc1.md``.
"""
