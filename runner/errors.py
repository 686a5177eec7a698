"""The errors of a runner, sorted by what is to be done about it.

RunnerError
├── Faulty       the submission's or the organizer's fault: ends the attempt with an Outcome
├── Unable       this machine's fault: ends the attempt with an abort
│   └── StillAlive   something of a job lives on: its slot takes no more
├── NotReady     no job can be done here at the moment: the messages are left to others
├── Halted       somebody asked the job to stop: see `halt.Halt.why`
├── Unreachable  the API or the queue did not answer, or answered 5xx: try again
└── Refused      the API answered 4xx: stop and tell a human
    ├── Incompatible  426: runner and site share no version of the protocol
    ├── NotWelcome  401: the token is unknown, expired or revoked
    ├── NotThere    404
    ├── NotFitting  204: there is work, and none for this runner now
    └── NotOurs     409: the attempt or the submission is not this runner's (any more)
"""

from collections.abc import Sequence

from chalicelib.contract import Fault


class RunnerError(Exception):
    """An error that a runner raises on purpose. Its text is a sentence for people and holds no URL and no token."""


class Faulty(RunnerError):
    """The job ran, or could not, because of what the participant or the organizer gave."""

    def __init__(self, fault: Fault, reason: str) -> None:
        super().__init__(reason)
        self.fault = fault


class Unable(RunnerError):
    """The machine could not do the job: disk full, image missing, Docker or the object store gone."""


class StillAlive(Unable):
    """Processes of a job, or a group of theirs, cannot be ended: they hold memory, and could change other jobs' files."""


class NotReady(RunnerError):
    """The machine could do no job at the moment, so it takes none: the disk is full, or Docker is away."""


class Halted(RunnerError):
    """The job was asked to stop."""


class Unreachable(RunnerError):
    """No answer, or one that says to try again."""


class Refused(RunnerError):
    """The API refused a call in a way that trying again cannot change."""


class NotWelcome(Refused):
    """The API does not know the token."""


class Incompatible(Refused):
    """The site speaks none of this runner's versions of the protocol, but `versions`. The text says what to install."""

    def __init__(self, sentence: str, versions: Sequence[int] = ()) -> None:
        super().__init__(sentence)
        self.versions = tuple(versions)


class NotThere(Refused):
    """The API knows no such thing on this queue."""


class NotFitting(Refused):
    """The submission that waits asks for more than this runner has, or others were faster."""


class NotOurs(Refused):
    """The attempt is somebody else's, or over."""
