"""Where webhooks may send to: addresses as they are written, and as their names are resolved."""

from ipaddress import IPv6Address

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.webhooks import targets
from chalicelib.domain.webhooks.targets import Target

REFUSED = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.255"),
    *("169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.0.192", "192.0.2.1"),
    *("192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255"),
    *("240.0.0.1", "255.255.255.255", "168.63.129.16"),
    *("::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::ffff:0:127.0.0.1", "::8.8.8.8", "64:ff9b::8.8.8.8"),
    *("64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1"),
    *("2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1"),
    *("fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2606:4700::1%lo", "4000::1"),
    *("", "example.org", "8.8.8", "0x8.8.8.8", "08.8.8.8", "134744072", "8.8.8.8/32"),
]
PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "2606:4700::1111",
    "2a00:1450:4001::8",
]


def test_what_is_not_known_to_be_in_the_public_internet_is_refused():
    assert [address for address in REFUSED if targets.is_public(address)] == []


def test_what_is_in_the_public_internet_may_be_reached():
    assert [address for address in PUBLIC if targets.is_public(address)] == PUBLIC


@given(st.ip_addresses(v=4))
def test_no_form_of_an_address_of_ipv4_in_ipv6_may_be_reached(address):
    number = int(address)
    forms = (number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80, 0x2001 << 112 | number)
    assert not any(targets.is_public(str(IPv6Address(form))) for form in forms)


@given(st.ip_addresses())
def test_what_is_taken_is_global_by_pythons_own_tables_too(address):
    assert not targets.is_public(str(address)) or (address.is_global and not address.is_multicast)


def test_an_address_is_taken_apart():
    assert targets.read("https://Hooks.Example.org:443/a?b=c") == Target("https", "hooks.example.org", 443, "/a?b=c")
    assert targets.read("https://hooks.example.org.") == Target("https", "hooks.example.org", 443, "/")


WRONG = {
    "http://hooks.example.org/": "https://",
    "https://a:b@hooks.example.org/": "user name",
    "https://@hooks.example.org/": "user name",
    "https://hooks.example.org:80/": "port 443",
    "https://hooks.example.org:99999/": "no address",
    "https://[::1/": "no address",
    "https://[2606:4700::1111]/": "host's name",
    "https://8.8.8.8/": "host's name",
    "https://127.1/": "host's name",
    "https://0177.0.0.0x1/": "host's name",
    "https://intranet/": "host's name",
    "https:///a": "host's name",
    "https://hooks.example.org/\r\nX: y": "ASCII",
    "https://hooks.example.org/a b": "ASCII",
    "https://bücher.example/": "ASCII",
    "https://hooks.example.org/#a": "no #",
    "https://evil.example\\@hooks.example.org": "user name",
    "https://a..example.org/": "host's name",
    "https://hooks.example.org/" + "a" * 1000: "at most 1000",
    "http://127.0.0.1:80/": "https://",
}


def test_an_address_that_is_wrong_is_refused_with_what_to_write():
    told = {url: targets.read(url) for url in WRONG}
    assert {url: said for url, said in told.items() if WRONG[url] not in said} == {}


def test_a_stack_of_this_machines_own_may_send_to_this_machine_and_to_no_other():
    assert targets.read("http://127.0.0.1:8080/a", loopback=True) == Target("http", "127.0.0.1", 8080, "/a")
    for url in ("http://127.0.0.2:8080/", "http://localhost:8080/", "http://10.0.0.1:8080/", "http://127.0.0.1/"):
        assert isinstance(targets.read(url, loopback=True), str)
    assert [targets.is_public_or_loopback(one) for one in ("127.0.0.1", "127.0.0.2", "::1", "10.0.0.1")] == [
        True,
        False,
        False,
        False,
    ]


def test_of_an_address_its_host_and_its_end_are_told():
    assert targets.read("https://hooks.slack.com/services/T0/B0/secret").shown == "https://hooks.slack.com/…cret"
    assert targets.read("https://hooks.example.org/a").shown == "https://hooks.example.org/a"
