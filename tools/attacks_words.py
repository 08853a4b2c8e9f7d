"""The words of the pages that tools/attacks_page.py writes."""

HEAD = """\
# Forged files, and who notices

Every published class of forgery of signed PDFs, made anew by the tests of this project
(`tests/support/forgeries`): copies of ours and plain signed PDFs of others. Nothing was downloaded.
Written by `tools/attacks_page.py`; our own columns are held by `tests/attacks/test_catalogue.py`, those of
the others by `make conformance-long`.

- **vncopy**: the verdict of `verify_pdf` on copies, of `verify_signatures` on plain files; then the check
  that must catch the file and its [reason](../reasons.md); "+ 2" means that two more checks refuse it
  too. The tests fail if it is not that check, or for another reason.
- **pyHanko {pyHanko}**: `validate_pdf_signature` and `validate_pdf_timestamp` of every signature found,
  strict reading, default policies. "Accepts" is `bottom_line` of all. An exception that is not one of its
  own classes is a *raw* one: a program that asks about the file stops there.
- **pdfsig {pdfsig}** (poppler): "accepts" if every signature is valid; what it says of trust is left out,
  and this version does not judge document timestamps. "Not total document signed" is how it tells that
  something follows the last signature.
- **EU DSS {EU DSS}**: the worst signature's indication under DSS's own default policy. Its warnings do not
  change the indication, and are named: many deployments show the indication only.

"of 1" is how many signatures a judge saw where he accepts: a copy has two, a plain file has one. One that
was spoilt so thoroughly that he no longer sees it is not held against the file by him.

Files of the classes `re-use` and `tampered-page` were signed with good keys, by somebody who was not to or
over a page that says something else than its record. What a copy is no other program can know: their
signatures are in order, and who accepts them is right about that. The same holds for `described-otherwise`:
who archives a file of somebody else may give it a title, or a form its first font; a copy stays as it was
issued.

Keys of DSS's warnings: `BBB_FC_DSCNUOM` objects changed in a way that it cannot name, `BBB_FC_IVDBSFR` the
pages look otherwise than when signed, `BBB_FC_IAOD` annotations overlap, `BBB_FC_ISVADMDPD`,
`BBB_FC_ISVAFMDPD` and `BBB_FC_ISVASFLD` what followed is not what DocMDP, FieldMDP or a lock permit.

All four know the demonstration's root alone and ask nobody; pyHanko and DSS are handed the revocation lists
of the time of validation. A verdict on a forgery is not a verdict on a program: DSS and pyHanko leave to
the policy of their caller what this library decides for it.
"""

CONTROLS_HEAD = """\
# Files in order, and who accepts them

A verifier that refuses everything catches every forgery. These files are in order: copies of every level, and
signed PDFs whose pages and signatures were made by many programs. Written by `tools/attacks_page.py`.
`verify_signatures` must accept each (policy `offline_basic`, the demonstration's root); a warning in brackets
does not change the verdict. The others are asked as on the [page on forged files](attacks.md).
How the committed ones were made stands [beside them](../../tests/attacks/controls/README.md).

Where EU DSS remarks something on a file that it accepts:

- `BBB_FC_IVDBSFR`: it draws the file at the end without the fields that were signed after a revision, and
  misses the seal, whose appearance in our copies is there from the start. The revisions themselves look
  the same: PDFBox (`make conformance`) and pdfium (check `renderings`) draw them alike, pixel for pixel.
  We are right; DSS only warns.
- `BBB_FC_IAOD`: the empty fields of that file lie one over the other. So they do, and nothing is drawn.

And where vncopy does: `later_field` names fields that came or were filled after a signature, which were left
out of the comparison of the pages; `unused_content` and `earlier_content` are objects that nothing shows any
more, which some programs leave behind. Prepared forgeries have them too; nobody can tell by the file alone.

pyHanko stops at two files, one of PDFBox and one of DSS: their cross-reference streams do not list
themselves, and the next revision took the number. Its strict reading says of itself that it is stricter than
the standard there. pdfsig, DSS and we are right.

pdfsig says of a B-LT file that it is not signed in total. So it is: validation data follow the last signature
at that level, which it does not look at.
"""

PREPARED_HEAD = """
Signed files that hold what nobody sees, so that a later part could bring it up. By every rule of signatures
they are in order, and may be accepted; the question is who says that there is something. Copies of ours that
hide something are INVALID (`tests/attacks/test_dormant.py`).
"""

DISPUTED_HEAD = """
## Where we refuse and others may not

Nobody attacked these files. Who is right depends on what one asks for.
"""
