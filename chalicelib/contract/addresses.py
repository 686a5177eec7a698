"""The API's address, as people and runners are told it."""

from ipaddress import ip_address
from urllib.parse import urlsplit

#: What to do about an address at which tokens would be read on the way.
IN_CLEAR = (
    "{} has no encryption, so that whoever is on the way could read your token. Write the address that begins with https://,"
    " or make a tunnel to this machine, as `ssh -L` does."
)


def is_in_clear(api: str) -> bool:
    """True where what is sent leaves this machine unencrypted: plain HTTP, but for the machine's own loopback."""
    address = urlsplit(api)
    return address.scheme == "http" and not _is_here(address.hostname or "")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
