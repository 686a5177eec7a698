"""The environment of the command line, read in this one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

#: The folder that this program runs from: a checkout of the project when it holds template.yaml.
SOURCE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Environment:
    """What a person's environment says.

    `api` is the stack's ApiUrl without a slash at its end, or None. `token` is a personal access token, or None.
    `home` (AGON_CONFIG) holds the credentials file. `state` is the local stack's folder.
    `aws_endpoint` is AWS_ENDPOINT_URL, or None.
    """

    api: str | None
    token: str | None
    home: Path
    state: Path
    aws_endpoint: str | None
    region: str

    @property
    def credentials_file(self) -> Path:
        """Where sign-ins are kept, readable by their owner only."""
        return self.home / "credentials.json"


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """The environment as a Config. Nothing has to be set."""
    home = environ.get("AGON_CONFIG")
    state = environ.get("AGON_STATE")
    return Environment(
        api=environ.get("AGON_API", "").rstrip("/") or None,
        token=environ.get("AGON_TOKEN", "").strip() or None,
        home=Path(home).expanduser() if home else Path(platformdirs.user_config_dir("agon", appauthor=False)),
        state=Path(state).expanduser().absolute() if state else SOURCE / ".agon",
        aws_endpoint=environ.get("AWS_ENDPOINT_URL", "").rstrip("/") or None,
        region=environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or "eu-west-1",
    )


def child_environment(without: tuple[str, ...] = (), **more: str) -> dict[str, str]:
    """This process's environment for a program that it starts: less the names in `without`, and with `more`."""
    kept = {name: value for name, value in os.environ.items() if name not in without}
    return kept | more
