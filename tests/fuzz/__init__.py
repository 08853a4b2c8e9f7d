"""Fuzzing: one harness per way into the library, each with what must hold for any bytes.

``qr_text``, ``cose``, ``record``, ``pdf``, ``page``, ``forged``, ``image``, ``trust_folder``, ``facts`` and
``answer`` are the harnesses;
``loop`` counts through seeded mutations, ``guided`` lets coverage choose them, ``run`` starts both and
watches over them. See ``docs/security/fuzzing.md``.
"""
