"""Which addresses may be written to: spellings of private ones, wrapped ones, and what an operator allows."""

from ipaddress import ip_address

import pytest

from customerfile.webhooks.addresses import (
    OwnNetwork,
    is_public,
    literal,
    refusal,
    refusal_beforehand,
    target,
)
from customerfile.webhooks.errors import BadPrivateList, EndpointNotPossible

NOTHING = OwnNetwork()
PRIVATE = """
127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 127.255.255.254 0.0.0.0 0
10.0.0.1 10.255.255.255 0xa000001 167772161 012.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 3232235521 0xc0a80001
169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376 100.64.0.1 100.127.255.255 192.0.0.1 192.0.0.170 192.0.2.1
198.18.0.1 198.51.100.7 203.0.113.9 192.88.99.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
[::1] [::] [0:0:0:0:0:0:0:1] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:a9fe:a9fe]
[::ffff:8.8.8.8] [64:ff9b::7f00:1] [64:ff9b::a00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:a00:1::1]
[2001:0:7f00:1::] [fc00::1] [fd12:3456::1] [fe80::1] [fec0::1] [ff02::1] [ff0e::1] [2001:db8::1] [100::1] [3fff::1]
localhost foo.localhost localhost.
""".split()  # noqa: SIM905 - read more easily than a list


def test_there_are_more_than_fifty_spellings():
    assert len(PRIVATE) == len(set(PRIVATE)) > 50


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_no_spelling_of_an_address_that_is_not_public_is_taken(scheme, host):
    assert refusal_beforehand(target(f"{scheme}://{host}/hook"), NOTHING)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450::1"]
)
def test_ordinary_addresses_are_public(address):
    assert is_public(ip_address(address))
    assert refusal(target("https://example.org/"), address, NOTHING) == ""


def test_plain_http_is_refused_wherever_it_leads():
    assert "not encrypted" in refusal(target("http://example.org/"), "8.8.8.8", NOTHING)
    assert "not encrypted" in refusal_beforehand(target("http://example.org/"), NOTHING)


@pytest.mark.parametrize(
    ("own", "url", "address", "is_allowed"),
    [
        ("10.2.0.0/16", "https://x.example.org", "10.2.7.9", True),
        ("10.2.0.0/16", "http://x.example.org", "10.2.7.9", True),
        ("10.2.0.0/16", "https://x.example.org", "10.3.0.1", False),
        ("10.2.0.0/16", "https://x.example.org", "::ffff:10.2.7.9", False),
        ("10.2.0.0/16", "http://x.example.org", "8.8.8.8", False),
        ("crm.internal", "http://CRM.internal:8080/x", "10.3.0.1", True),
        ("crm.internal", "https://notcrm.internal", "10.3.0.1", False),
        ("127.0.0.1", "http://127.0.0.1:9", "127.0.0.1", True),
        ("fd00::/8", "https://x.example.org", "fd00::7", True),
        ("fe80::/10", "https://x.example.org", "fe80::7%2", True),
        (" , ", "https://x.example.org", "10.2.7.9", False),
    ],
)
def test_an_operator_allows_hosts_and_networks_by_name(own, url, address, is_allowed):
    assert (refusal(target(url), address, OwnNetwork.parse(own)) == "") is is_allowed


@pytest.mark.parametrize("text", ["10.0.0.0/99", "https://crm.internal", "a b", "*.internal"])
def test_a_list_that_cannot_be_understood_is_refused(text):
    with pytest.raises(BadPrivateList, match="CUSTOMERFILE_WEBHOOK_PRIVATE"):
        OwnNetwork.parse(text)


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "ftp://example.org", "file:///etc/passwd", "gopher://example.org", "https://", "https:///x",
        "https://user@example.org", "https://user:word@example.org", "https://@example.org", "https://example.org/#x",
        "https://example.org:0/", "https://example.org:99999/", "https://exa mple.org/", "https://example.org/\nX: y",
        "https://example.org/\x00", "https://münchen.example.org/", "https://[::1/", "https://[fe80::1%25eth0]/",
        "https://example.org/" + "x" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_web_server_is_refused(url):
    with pytest.raises(EndpointNotPossible):
        target(url)


def test_an_address_is_taken_apart():
    where = target("https://example.org/hooks?key=1")
    assert (where.host, where.port, where.path, where.authority) == (
        "example.org",
        443,
        "/hooks?key=1",
        "example.org",
    )
    assert target("https://Example.org.:8443").authority == "example.org:8443"
    assert target("https://[2606:4700::1]:443/").authority == "[2606:4700::1]"
    assert (literal("example.org"), literal("0x7f.1"), literal("::1")) == ("", "127.0.0.1", "::1")
