"""Which addresses a request may go to.

Certificates name the addresses of revocation services, and anybody can write a certificate. Without
these rules a file handed in at a counter could make the verifier's server knock at machines inside
its own network. The blocks are those of the IANA registries of special-purpose addresses (RFC 6890
as of 2026), written out: what Python's ``is_global`` means differs between its releases.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final

from vncopy.errors import UsageError
from vncopy.fetch.fetcher import FetchError, FetchProblem

__all__ = [
    "MAX_URL",
    "Address",
    "Target",
    "check_host_rule",
    "host_permitted",
    "permitted",
    "target_of",
]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_URL: Final = 2048
"""Characters of an address; those in certificates have less than 200."""
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

_V4 = ipaddress.IPv4Network
_V6 = ipaddress.IPv6Network
_PRIVATE_4: Final = tuple(
    map(_V4, ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
)
"""RFC 1918, shared address space, loopback: reachable where the caller says so."""
_SPECIAL_4: Final = tuple(
    map(
        _V4,
        (
            "0.0.0.0/8",  # this network
            "169.254.0.0/16",  # link-local, where clouds keep the credentials of machines
            "192.0.0.0/24",  # IETF protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
_PRIVATE_6: Final = (_V6("::1/128"), _V6("fc00::/7"))
"""Loopback and unique local addresses: reachable where the caller says so."""
_GLOBAL_6: Final = _V6("2000::/3")
"""All that IANA has assigned for global unicast; everything outside is special."""
_SPECIAL_6: Final = tuple(
    map(
        _V6,
        (
            "2001::/23",  # IETF protocol assignments, Teredo among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which holds any IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)
_MAPPED: Final = _V6("::ffff:0:0/96")
_NAT64: Final = _V6("64:ff9b::/96")
"""Prefixes before an IPv4 address that is then what counts (RFC 4291 §2.5.5.2, RFC 6052)."""
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})
"""Upper half of an interface identifier before an IPv4 address of one's own network (RFC 5214)."""

_LABEL: Final = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_NAME: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_URL: Final = re.compile(
    r"(?P<scheme>https?)://"
    r"(?:\[(?P<v6>[0-9a-f:.]{2,45})\]|(?P<host>[a-z0-9._-]{1,253}))"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?"
    r"(?P<query>\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?",
    re.ASCII,
)
"""RFC 3986 without user information and fragment: nobody has a password in a certificate."""
_AUTHORITY: Final = re.compile(r"[A-Za-z]+://[^/?]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address taken apart."""

    scheme: str
    """``http`` or ``https``."""
    host: str
    """Name or number, lower case, without brackets."""
    port: int
    """Port."""
    path: str
    """What to ask the host for, from its slash on."""

    @property
    def authority(self) -> str:
        """What the ``Host`` header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """Return an address taken apart.

    Args:
        url: absolute; scheme and host may have capitals.

    Raises:
        FetchError: anything but ``http`` or ``https``, a host, perhaps a port and a path.
    """
    lowered = _AUTHORITY.sub(lambda found: found[0].lower(), url[: MAX_URL + 1], count=1)
    found = _URL.fullmatch(lowered)
    if len(url) > MAX_URL or found is None:
        raise FetchError(FetchProblem.URL)
    if found["host"] is not None and _NAME.fullmatch(found["host"]) is None:
        raise FetchError(FetchProblem.URL)
    return Target(
        scheme=found["scheme"],
        host=found["v6"] or found["host"],
        port=int(found["port"] or DEFAULT_PORTS[found["scheme"]]),
        path=(found["path"] or "/") + (found["query"] or ""),
    )


def check_host_rule(rule: str) -> None:
    """Refuse a rule about hosts that says nothing or too much.

    Args:
        rule: a host name or number in lower case, or the end of names with a leading dot, which
            has at least two labels.

    Raises:
        UsageError: it is neither.
    """
    name = rule.removeprefix(".")
    suffix = rule != name
    good = _NAME.fullmatch(name) is not None and not (suffix and "." not in name)
    if not good and not suffix:
        good = _is_v6(name)
    if not good:
        raise UsageError.of(
            "hosts",
            "fetch.hosts",
            vi="cần tên máy chủ viết thường (ocsp.example.vn) hoặc phần cuối của tên (.example.vn)",
            en="a host name in lower case (ocsp.example.vn) or the end of names (.example.vn)",
        )


def _is_v6(text: str) -> bool:
    try:
        return isinstance(ipaddress.ip_address(text), ipaddress.IPv6Address)
    except ValueError:
        return False


def host_permitted(host: str, rules: frozenset[str]) -> bool:
    """Tell whether a host is on the list.

    Args:
        host: name or number, lower case.
        rules: names and numbers, or ends of names with a leading dot (``.example.vn`` is for
            ``ocsp.example.vn``, not for ``example.vn``).
    """
    if host in rules:
        return True
    return any(rule.startswith(".") and host.endswith(rule) for rule in rules)


def permitted(address: Address, *, private: bool) -> bool:
    """Tell whether a request may go to an address.

    Args:
        address: the address.
        private: whether private and loopback addresses are permitted.
    """
    if isinstance(address, ipaddress.IPv6Address):
        number = int(address)
        if address in _MAPPED or address in _NAT64:
            return permitted(ipaddress.IPv4Address(number & 0xFFFFFFFF), private=private)
        if (number >> 32) & 0xFFFFFFFF in _ISATAP:
            return False
        if any(address in block for block in _PRIVATE_6):
            return private
        return address in _GLOBAL_6 and not any(address in block for block in _SPECIAL_6)
    if any(address in block for block in _PRIVATE_4):
        return private
    return not any(address in block for block in _SPECIAL_4)
