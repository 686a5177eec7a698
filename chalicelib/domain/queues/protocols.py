"""Versions of the runner protocol: which of them this site speaks, and what who runs a runner of another is to do."""

from chalicelib.contract import PROTOCOL_VERSION, PROTOCOL_VERSIONS
from chalicelib.contract.version import VERSION, how_to_install
from chalicelib.errors import Sentence, say

_INSTALL = say(
    "install_runner",
    "install the runner of Agon {version} there ({command}) and start it again",
    version=VERSION,
    command=how_to_install("runner"),
)
_KEPT = say("runner_kept", "Jobs that it has may end, and what it keeps of sealed ones stays.")


def is_spoken(protocol: int) -> bool:
    """True where a runner that speaks this version is given jobs."""
    return protocol in PROTOCOL_VERSIONS


def advice(protocol: int) -> Sentence:
    """The sentence that says what the operator of a runner of this version is to do; empty where nothing is."""
    if protocol == PROTOCOL_VERSION:
        return Sentence("")
    *others, last = map(str, PROTOCOL_VERSIONS)
    spoken = f"{', '.join(others)} and {last}"
    differs = say(
        "runner_differs",
        "This runner speaks version {version} of the runner protocol, this site versions {spoken}.",
        version=str(protocol),
        spoken=spoken,
    )
    if is_spoken(protocol):
        return say(
            "runner_served_yet",
            "{differs} It is served, and a later update of the site may end that: {install}.",
            differs=differs,
            install=_INSTALL,
        )
    if protocol > PROTOCOL_VERSION:
        return say(
            "runner_too_new",
            "{differs} It gets no jobs: {install}, or have the site updated. {kept}",
            differs=differs,
            install=_INSTALL,
            kept=_KEPT,
        )
    return say(
        "runner_too_old", "{differs} It gets no jobs: {install}. {kept}", differs=differs, install=_INSTALL, kept=_KEPT
    )
