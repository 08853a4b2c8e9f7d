"""What is printed on a copy: one JSON-able value per copy, which is all that a template reads.

:attr:`PrintedCopy.data` holds (all strings are ready to print, a template computes nothing):

- ``draft``: bool, prints DỰ THẢO across each page; ``font``: list of families; ``size_pt``;
  ``layout``: millimetres of the foot; ``symbol``: "" until the issuer puts the SVG text of the QR
  symbol there (quiet zone included, drawn 35 mm wide), ``symbol_alt``, ``symbol_caption`` (lines);
- ``legend``: lines at the top right (form of copy, agency, time); ``agency``, ``motto``: header
  lines; ``number``, ``place_date``, ``title`` (lines), ``subtitle``;
- ``fields``: value by path, a string ("" = blank dotted line), a list of strings (lines), a list
  of rows (tables) or a list of such mappings (``each``); **a path that is absent is not printed,
  label and all**;
- ``corner``: lines at the right above the title (book and number of old forms), [] if none;
  ``agency`` [] prints the motto alone in the middle (land certificates);
- ``original_signer``: None or ``place_date``, ``heading`` (lines), ``done`` ("(Đã ký)"), ``name``;
  ``attestation``: lines of the lời chứng, the first is its heading, or [];
- ``foot``: ``heading``, ``hint``, ``position`` (lines), ``name``; ``signatures``: the fields in
  their order, ``["seal", "person"]`` or ``["seal"]``; ``page_word``.

The legend at the top right of page 1 is page text, not the appearance of a field.
"""
