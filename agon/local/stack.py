"""The local stack as a whole: emulator, API, console and runner, brought up in this order and down in the reverse."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from agon.client import Client
from agon.config import Environment
from agon.local import accounts, console, mailbox, ministack, pages, runner
from agon.local.deploy import AwsEndpoint, deploy
from agon.local.state import StackState

ORGANIZER = "organizer"
QUEUE = "default"
REGION = "eu-west-1"


#: Everything of ours below the state folder. Other things may lie there: the Docker engine's log, for one.
_KEPT = ("aws", "s3", "runner", "logs", "tmp", "state.json")


class Stack:
    """The parts that `agon up` keeps running. It stops at the end only what it started itself.

    `say` hears what is being done. `seconds` tells how long each stage took.
    """

    def __init__(self, config: Environment, say: Callable[[str], None], port: int | None = None) -> None:
        self.state = StackState(config.state)
        self.seconds: dict[str, float] = {}
        self.outputs: dict[str, str] = {}
        self._config = config
        self._port = port
        self._say = say
        self._started: list[Callable[[StackState], bool]] = []
        self._endpoint = config.aws_endpoint

    @property
    def api(self) -> str:
        """The API's address."""
        return self.outputs["ApiUrl"]

    @property
    def region(self) -> str:
        """The region where it stands: whatever the shell's own AWS says, but where an earlier build has made it."""
        pool = (self.state.get("outputs") or {}).get("UserPoolId", "")
        return pool.partition("_")[0] or REGION

    @property
    def aws(self) -> AwsEndpoint:
        """Root's clients."""
        return AwsEndpoint(self._endpoint or "", self.region)

    @contextmanager
    def stage(self, name: str, sentence: str) -> Iterator[None]:
        """Say what is being done, and take its time."""
        self._say(sentence)
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 3)

    def up(self) -> None:
        """Emulator and API. Raises StackFailed."""
        self.state.root.mkdir(parents=True, exist_ok=True)
        if not self._endpoint:
            with self.stage("emulator", "Starting MiniStack, the emulator of AWS …"):
                self._start_emulator()
        with self.stage("deploy", "Packaging and deploying the stack …"):
            self.outputs = deploy(self.state, self._endpoint or "", self.region)
            self._warm()

    def client(self, username: str, role: str = "participant") -> Client:
        """A client, signed in as an account that is made when it is not there."""
        client = Client(self.api)
        accounts.sign_in(self.state, self.aws, username, role, client)
        return client

    def serve_console(self, port: int | None = None) -> str | None:
        """The console's address, or None after saying why there is none."""
        if console.is_up(self.state, self.api):
            return str(self.state.get("console")["url"])
        if reason := console.missing():
            self._say(reason)
            return None
        self._started += [console.stop, pages.stop]
        pages.start(self.state, self._endpoint or "", self.outputs["RunsBucket"])
        return console.start(self.state, self.api, pages.origin(self.state), port)

    def serve_mailbox(self) -> str | None:
        """The address of the page of mails, while this process lives; None where another emulator keeps them."""
        return mailbox.serve(self.state) if ministack.is_up(self.state) else None

    def start_runner(self, organizer: Client) -> None:
        """A runner for the default queue, with a token that the organizer's account makes. Raises StackFailed."""
        if runner.is_up(self.state, self.api):
            return
        self._started.append(runner.stop)
        token = self.state.get("runner_token")
        if not token:
            token = organizer.create_runner_token(QUEUE, "local")["token"]
            self.state.set("runner_token", token)
        runner.start(self.state, self.api, self._endpoint or "", token)

    def stop(self) -> None:
        """End what this object started, the latest first. `up` begins again."""
        while self._started:
            self._started.pop()(self.state)
        self._endpoint = self._config.aws_endpoint

    def down(self, wipe: bool) -> list[str]:
        """End whatever runs from this state, and with `wipe` forget the state too. The names of what ran."""
        parts = {"runner": runner.stop, "console": console.stop, "pages": pages.stop, "MiniStack": ministack.stop}
        stopped = [name for name, stop in parts.items() if stop(self.state)]
        if wipe:
            for name in _KEPT:
                _remove(self.state.root / name)
        return stopped

    def _start_emulator(self) -> None:
        if not ministack.is_up(self.state):
            self._started.append(ministack.stop)
        self._endpoint = ministack.start(self.state, self.region, self._port)

    def _warm(self) -> None:
        # The first call unpacks the function; the person's own first call should not have to wait for that.
        with Client(self.api) as client:
            client.http.call("GET", "/openapi.json")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
