"""The environment of the command line, read in this one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

#: The folder that this program runs from: a checkout of the project when it holds template.yaml.
SOURCE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Environment:
    """The variables of a person's environment.

    `api` is the stack's ApiUrl without a slash at its end, or None. `token` is a personal access token, or None.
    `home` (AGON_CONFIG) holds the credentials file. `state` is the local stack's folder.
    `aws_endpoint` is AWS_ENDPOINT_URL, or None. `codabench_token` is CODABENCH_TOKEN, an organizer's at another site.
    """

    api: str | None
    token: str | None
    home: Path
    state: Path
    aws_endpoint: str | None
    codabench_token: str | None = field(default=None, repr=False)

    @property
    def credentials_file(self) -> Path:
        """The file where sign-ins are kept, readable by their owner only."""
        return self.home / "credentials.json"

    @property
    def current_file(self) -> Path:
        """The file that says of each site which competition is used there."""
        return self.home / "current.json"

    @property
    def unfinished_file(self) -> Path:
        """The file where uploads are remembered that broke off."""
        return self.home / "uploads.json"


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
        codabench_token=environ.get("CODABENCH_TOKEN", "").strip() or None,
    )


def child_environment(**more: str) -> dict[str, str]:
    """This process's environment for a program of the local stack, with `more`, and nothing of the person's own AWS.

    No region, profile, address or secret of theirs may reach an emulator, or stand in for what the stack gives.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    nobodys = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    return kept | nobodys | more
