"""Name constraints of issuing certificates (RFC 5280 §4.2.1.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["breaks_constraints", "names_of"]

_COMPARABLE: Final = (x509.DirectoryName, x509.DNSName, x509.RFC822Name)
"""The forms of name whose constraints are applied; others are refused where they occur."""
_OTHER_MAIL: Final = x509.OtherName(x509.ObjectIdentifier("1.3.6.1.5.5.7.8.9"), b"\x0c\x00")
"""A mail address beyond ASCII (RFC 9598 §6): constraints on mail speak of it and are not compared,
so that it is refused below them."""


def names_of(certificate: x509.Certificate) -> tuple[x509.GeneralName, ...]:
    """Return every name of a certificate that constraints speak about.

    Args:
        certificate: its extensions can be read.
    """
    subject = certificate.subject
    names: list[x509.GeneralName] = [x509.DirectoryName(subject)] if subject.rdns else []
    # Mail addresses in the subject count, also beside alternative names: RFC 5280 asks for them
    # only where there are none, and would let one hide behind another.
    for each in subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS):
        mail = str(each.value)
        names.append(x509.RFC822Name(mail) if mail.isascii() else _OTHER_MAIL)
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        names.extend(extension.value)
    except x509.ExtensionNotFound:
        pass
    return tuple(names)


def breaks_constraints(
    constraints: x509.NameConstraints, names: Iterable[x509.GeneralName]
) -> bool:
    """Tell whether one of ``names`` lies outside ``constraints``."""
    permitted = constraints.permitted_subtrees or []
    excluded = constraints.excluded_subtrees or []
    for name in names:
        forms = _forms(name)
        within = [each for each in permitted if isinstance(each, forms)]
        without = [each for each in excluded if isinstance(each, forms)]
        if not isinstance(name, _COMPARABLE):
            if within or without:
                return True
        elif any(_matches(each, name) for each in without) or (
            within and not any(_matches(each, name) for each in within)
        ):
            return True
    return False


def _forms(name: x509.GeneralName) -> tuple[type[x509.GeneralName], ...]:
    """Return the forms of constraint that speak of ``name``."""
    if isinstance(name, x509.OtherName) and name.type_id == _OTHER_MAIL.type_id:
        return (x509.OtherName, x509.RFC822Name)
    return (type(name),)


def _matches(base: x509.GeneralName, name: x509.GeneralName) -> bool:
    """Tell whether ``name`` lies in the subtree ``base`` of the same form."""
    if isinstance(base, x509.DirectoryName) and isinstance(name, x509.DirectoryName):
        prefix = [_folded(each) for each in base.value.rdns]
        return [_folded(each) for each in name.value.rdns][: len(prefix)] == prefix
    # A dot at the end changes nothing about a host but how it is written.
    wanted, given = (str(each.value).casefold().rstrip(".") for each in (base, name))
    if isinstance(base, x509.DNSName):
        wanted = wanted.removeprefix(".")
        return not wanted or given == wanted or given.endswith("." + wanted)
    if "@" in wanted:
        return given == wanted
    host = given.rpartition("@")[2]
    return host.endswith(wanted) if wanted.startswith(".") else host == wanted


def _folded(rdn: x509.RelativeDistinguishedName) -> frozenset[tuple[str, str]]:
    """Return an RDN for comparison without regard to case and repeated spaces (RFC 5280 §7.1)."""
    return frozenset(
        (each.oid.dotted_string, " ".join(str(each.value).casefold().split())) for each in rdn
    )
