"""The contract of backend and runner: plain values and names. Standard library only: a runner needs no more."""

from chalicelib.contract.capabilities import Capabilities
from chalicelib.contract.job import File, Job, Mount, Registry, Source, Stage, Step, Upload
from chalicelib.contract.outcome import Fault, Outcome, StepReport
from chalicelib.contract.status import Status

#: Version of the runner protocol (docs/protocol.md). A runner of another major version is refused at `session`.
PROTOCOL_VERSION = 1

__all__ = [
    "PROTOCOL_VERSION",
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
