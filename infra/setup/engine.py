"""Sees to it that a Docker engine answers: takes the one that does, else starts the one that is installed."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import docker
import requests
from docker.errors import DockerException
from docker.utils import kwargs_from_env
from say import give_up, note

LOG = Path(".agon/dockerd.log")
PATIENCE_SECONDS = 60


def main() -> None:
    """Return once the engine answers, or end with a line that says what is missing."""
    if answers():
        return
    elsewhere = kwargs_from_env().get("base_url")
    if elsewhere:
        give_up(f"No Docker engine answers at {elsewhere}: start it, or unset DOCKER_HOST, and repeat.")
    if not _start():
        give_up(_advice())
    if not _answers_within(PATIENCE_SECONDS):
        give_up(f"The Docker engine does not answer after {PATIENCE_SECONDS} s. {_last_words()}")


def answers() -> bool:
    """True when the engine that docker's own environment variables point to, or the local socket, answers."""
    try:
        client = docker.from_env(timeout=10)
        try:
            return client.ping()
        finally:
            client.close()
    except (DockerException, requests.RequestException):
        return False


def _start() -> bool:
    if Path("/run/systemd/system").is_dir() and shutil.which("systemctl"):
        return subprocess.run(["systemctl", "start", "docker"], capture_output=True).returncode == 0
    if not (shutil.which("dockerd") and _is_root()):
        return False
    note(f"Starting the Docker engine (its log: {LOG}) …")
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("ab") as log:
        # A session of its own: the engine outlives make, the terminal and Ctrl-C, as a service would.
        subprocess.Popen(["dockerd"], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/")
    return True


def _answers_within(seconds: int) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answers():
            return True
        time.sleep(0.25)
    return False


def _advice() -> str:
    if sys.platform == "darwin":
        return "No Docker engine answers: start Docker Desktop, or `brew install colima docker && colima start`."
    if Path("/var/run/docker.sock").exists() and not _is_root():
        return "The Docker engine refuses you: `sudo usermod -aG docker $USER`, log in again, repeat."
    return "No Docker engine answers: install and start one (Debian, Ubuntu: `sudo apt-get install docker.io`), repeat."


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _last_words() -> str:
    if not LOG.exists():
        return "See `journalctl -u docker`."
    return "Its log ends: " + " | ".join(LOG.read_text(errors="replace").splitlines()[-3:])


if __name__ == "__main__":
    main()
