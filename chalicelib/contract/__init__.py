"""The contract of backend and runner: plain values and names. Standard library only: a runner needs no more."""

from chalicelib.contract.capabilities import Capabilities
from chalicelib.contract.job import File, Job, Mount, Registry, Source, Stage, Step, Upload
from chalicelib.contract.outcome import Fault, Outcome, StepReport
from chalicelib.contract.status import Status

#: Versions of the runner protocol (docs/protocol.md) that runner and site of this build both speak, oldest first.
PROTOCOL_VERSIONS = (1, 2, 3)
#: The one that both speak where they can.
PROTOCOL_VERSION = PROTOCOL_VERSIONS[-1]
#: The first in which claims and presence say their version, and in which a site tells the versions that it speaks.
TOLD_WITH_CALLS = 2
#: The first in which a Job may have a plain file for its submission, which a runner of before would unpack.
PLAIN_FILES = 3

__all__ = [
    "PLAIN_FILES",
    "PROTOCOL_VERSION",
    "PROTOCOL_VERSIONS",
    "TOLD_WITH_CALLS",
    "Capabilities",
    "Fault",
    "File",
    "Job",
    "Mount",
    "Outcome",
    "Registry",
    "Source",
    "Stage",
    "Status",
    "Step",
    "StepReport",
    "Upload",
]
