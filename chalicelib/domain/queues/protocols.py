"""Versions of the runner protocol: which of them this site speaks, and what who runs a runner of another is to do."""

from chalicelib.contract import PROTOCOL_VERSION, PROTOCOL_VERSIONS
from chalicelib.contract.version import VERSION, how_to_install

_INSTALL = f"install the runner of Agon {VERSION} there ({how_to_install('runner')}) and start it again"
_KEPT = "Jobs that it has may end, and what it keeps of sealed ones stays."


def is_spoken(protocol: int) -> bool:
    """True where a runner that speaks this version is given jobs."""
    return protocol in PROTOCOL_VERSIONS


def advice(protocol: int) -> str:
    """The sentence that says what the operator of a runner of this version is to do; empty where nothing is."""
    if protocol == PROTOCOL_VERSION:
        return ""
    *others, last = map(str, PROTOCOL_VERSIONS)
    spoken = f"{', '.join(others)} and {last}"
    differs = f"This runner speaks version {protocol} of the runner protocol, this site versions {spoken}."
    if is_spoken(protocol):
        return f"{differs} It is served, and a later update of the site may end that: {_INSTALL}."
    if protocol > PROTOCOL_VERSION:
        return f"{differs} It gets no jobs: {_INSTALL}, or have the site updated. {_KEPT}"
    return f"{differs} It gets no jobs: {_INSTALL}. {_KEPT}"
