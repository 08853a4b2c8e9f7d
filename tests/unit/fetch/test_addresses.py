"""Where a request may go: addresses, names and URLs."""

from __future__ import annotations

import ipaddress

import pytest

from vncopy.errors import UsageError
from vncopy.fetch import FetchError, FetchProblem
from vncopy.fetch.addresses import check_host_rule, host_permitted, permitted, target_of

PUBLIC = ["8.8.8.8", "113.160.92.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.255"]
PUBLIC += ["2400:cb00::1", "2a00:1450::1", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8", "2001:200::1"]
PRIVATE = ["10.0.0.1", "127.0.0.1", "127.8.8.8", "172.16.0.1", "172.31.255.255", "192.168.1.1"]
PRIVATE += ["100.64.0.1", "::1", "fc00::1", "fdff::1", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1"]
NEVER = ["0.0.0.0", "169.254.169.254", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1"]  # noqa: S104 - an address to refuse
NEVER += ["198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"]
NEVER += [
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
]
NEVER += ["2002:808:808::", "3fff::1", "64:ff9b:1::1", "::127.0.0.1", "::8.8.8.8", "100::1"]
NEVER += ["::ffff:169.254.1.1", "64:ff9b::0.0.0.1", "2400::5efe:10.0.0.1", "2400::200:5efe:8.8.8.8"]
NEVER += ["4000::1", "::ffff:0:8.8.8.8"]


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_permitted(text: str) -> None:
    address = ipaddress.ip_address(text)
    assert permitted(address, private=False)
    assert permitted(address, private=True)


@pytest.mark.parametrize("text", PRIVATE)
def test_private_addresses_are_permitted_on_request_only(text: str) -> None:
    address = ipaddress.ip_address(text)
    assert not permitted(address, private=False)
    assert permitted(address, private=True)


@pytest.mark.parametrize("text", NEVER)
def test_special_addresses_are_never_permitted(text: str) -> None:
    address = ipaddress.ip_address(text)
    assert not permitted(address, private=False)
    assert not permitted(address, private=True)


@pytest.mark.parametrize("last", range(256))
def test_no_address_that_python_calls_private_is_permitted(last: int) -> None:
    """The standard library's own opinion, whatever its release, over all /8 blocks."""
    for second in (0, 31, 64, 88, 168, 254):
        address = ipaddress.IPv4Address(bytes((last, second, 99, 5)))
        if permitted(address, private=False):
            assert not address.is_private, address
            assert not address.is_multicast


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "authority"),
    [
        ("http://a.vn", "a.vn", 80, "/", "a.vn"),
        ("HTTP://A.VN/CRL/a.crl?x=Y", "a.vn", 80, "/CRL/a.crl?x=Y", "a.vn"),
        ("https://a.vn:443/", "a.vn", 443, "/", "a.vn"),
        ("http://a.vn:8080", "a.vn", 8080, "/", "a.vn:8080"),
        ("https://a.vn?x", "a.vn", 443, "/?x", "a.vn"),
        ("http://[2400::1]:81/x", "2400::1", 81, "/x", "[2400::1]:81"),
        ("http://8.8.8.8/%20", "8.8.8.8", 80, "/%20", "8.8.8.8"),
    ],
)
def test_an_address_is_taken_apart(
    url: str, host: str, port: int, path: str, authority: str
) -> None:
    target = target_of(url)
    assert (target.host, target.port, target.path) == (host, port, path)
    assert target.authority == authority


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.vn",
        "//a.vn/",
        "http:/a.vn",
        "http://",
        "http:///x",
        "ftp://a.vn/",
        "file:///etc/passwd",
        "ldap://a.vn/cn=x",
        "gopher://a.vn/",
        "http://user@a.vn/",
        "http://user:secret@a.vn/",
        "http://a.vn@b.vn/",
        "http://a.vn:80@b.vn/",
        "http://a.vn#x",
        "http://a.vn/#x",
        "http://a.vn\\@b.vn/",
        "http://a.vn/\r\nX: y",
        "http://a.vn/ x",
        "http://a.vn/x\n",
        " http://a.vn/",
        "http://a.vn:/",
        "http://a.vn:123456/",
        "http://a..vn/",
        "http://a.vn./",
        "http://.vn/",
        "http://-a.vn/",
        "http://ä.vn/",
        "http://a．vn/",
        "http://%61.vn/",
        "http://a.vn/ế",
        "http://[::1%25eth0]/",
        "http://[a.vn]/",
        "http://" + "a" * 64 + ".vn/",
        "http://a.vn/" + "x" * 2048,
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        target_of(url)
    assert caught.value.problem is FetchProblem.URL


def test_rules_about_hosts() -> None:
    rules = frozenset({"ocsp.example.vn", ".ca.example.vn", "2400::1"})
    for host in ("ocsp.example.vn", "crl.ca.example.vn", "a.b.ca.example.vn", "2400::1"):
        assert host_permitted(host, rules)
    for host in ("example.vn", "x.ocsp.example.vn", "ca.example.vn", "xca.example.vn", "2400::2"):
        assert not host_permitted(host, rules)
    assert not host_permitted("a.vn", frozenset())


@pytest.mark.parametrize(
    "rule",
    [
        "",
        ".",
        ".vn",
        "*",
        "*.vn",
        "A.vn",
        "a.vn.",
        "a.vn/",
        "http://a.vn",
        ".2400::1",
        "a:80",
        "1::g",
    ],
)
def test_rules_that_say_nothing_or_too_much_are_refused(rule: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_host_rule(rule)
    assert caught.value.problems[0].rule == "fetch.hosts"


@pytest.mark.parametrize("rule", ["a.vn", "localhost", ".example.vn", "10.0.0.1", "2400::1"])
def test_rules_that_are_accepted(rule: str) -> None:
    check_host_rule(rule)
