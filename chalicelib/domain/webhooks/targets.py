"""Targets of webhooks: what an address may look like, and which addresses of the network may be reached at all.

What is not known to be in the public internet is refused: a function of ours may reach places that its caller cannot.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from chalicelib.contract.sentences import Sentence, say

#: Judges a numeric address that a name stands for.
MayReach = Callable[[str], bool]
HTTPS_PORT = 443
MAX_URL_CHARACTERS = 1000
_PRINTABLE = re.compile(r"[!-~]+")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_LOOPBACK = "127.0.0.1"

#: What IANA gives to special purposes, and what is no one machine (RFC 6890 and its registry).
_SPECIAL = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
            *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            # Public, but answered by the host of an Azure machine alone.
            "168.63.129.16/32",
        ),
    )
)
#: All that is handed out of IPv6. Outside of it lie mapped and compatible addresses, NAT64, unique local, link-local,
#: site-local, multicast and discarding ones.
_GLOBAL = ip_network("2000::/3")
#: Of that: Teredo, benchmarks and other protocols; documentation; 6to4; AS112.
_SPECIAL_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48")))


@dataclass(frozen=True)
class Target:
    """A target: the host by its name, and the path, as they go over the line."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def shown(self) -> str:
        """The target as it is told. The path of a chat program's address is a secret, so its end is all that is shown."""
        return f"{self.scheme}://{self.authority}/" + (f"…{self.path[-4:]}" if len(self.path) > 5 else self.path[1:])

    @property
    def authority(self) -> str:
        """The host as the header Host has it."""
        return self.host if self.port == HTTPS_PORT else f"{self.host}:{self.port}"


def read(url: str, loopback: bool = False) -> Target | Sentence:
    """The target that an address names, or in a sentence why it may be none. With `loopback` one on this machine may be."""
    if len(url) > MAX_URL_CHARACTERS or not _PRINTABLE.fullmatch(url):
        return say(
            "address_signs",
            "Write an address of at most {most} letters, digits and signs of ASCII.",
            most=MAX_URL_CHARACTERS,
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return say("no_address", "This is no address. Write one such as https://hooks.example.org/agon.")
    host = (parts.hostname or "").rstrip(".").lower()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if loopback and host == _LOOPBACK and parts.scheme == "http" and port:
        return Target("http", host, port, path)
    if parts.scheme != "https":
        return say(
            "address_unencrypted",
            "What is sent must be encrypted on its way. Write an address that begins with https://.",
        )
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        return say(
            "address_with_password",
            "No user name and no password may stand in the address. Receivers know us by the signature.",
        )
    if "\\" in url or "#" in url:
        return say("address_fragment", "An address that is sent to has no # and no backslash.")
    if port not in (None, HTTPS_PORT):
        return say("address_port", "Only port {port} is sent to. Leave the port out.", port=str(HTTPS_PORT))
    if not is_name(host):
        return say(
            "address_number",
            "Write the host's name, such as hooks.example.org, and no number in its place.",
        )
    return Target("https", host, HTTPS_PORT, path)


def is_name(host: str) -> bool:
    """True for a full name of the domain name system. Whatever could be read as a number is none, in whichever base."""
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        return False
    return not (labels[-1].isdigit() or labels[-1].startswith("0x"))


def is_public(address: str) -> bool:
    """True for a numeric address in the public internet, of one machine."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return not any(parsed in network for network in _SPECIAL)
    return _is_public_6(parsed)


def is_public_or_loopback(address: str) -> bool:
    """The same, and this machine: for tests on a stack of this machine's own."""
    return address == _LOOPBACK or is_public(address)


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None or address not in _GLOBAL:
        return False
    return not any(address in network for network in _SPECIAL_6)
