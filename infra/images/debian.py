"""The default competition image from Debian or Ubuntu packages, for machines that reach no image registry."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = "python3,python3-numpy,python3-pandas,python3-sklearn,python3-yaml"
#: Nothing that a program needs, and a third of the size.
USELESS = ("var/cache/apt", "var/lib/apt/lists", "var/log", "usr/share/doc", "usr/share/man", "usr/share/locale")


@dataclass(frozen=True)
class Release:
    """A distribution's release and the mirror that this machine itself installs from."""

    codename: str
    mirror: str
    components: str


def is_possible() -> bool:
    """True where debootstrap can work: it is installed and we are root."""
    return shutil.which("debootstrap") is not None and os.geteuid() == 0


def archive(release: Release) -> Iterator[bytes]:
    """The image's file system as a tar stream. Raises CalledProcessError when debootstrap or tar fails."""
    # Not under /tmp, which may be mounted without devices or programs, where debootstrap refuses to work.
    root = Path(tempfile.mkdtemp(prefix="agon-image-", dir="/var/tmp"))
    try:
        _fill(root, release)
        yield from _tar(root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def own_release(etc: Path = Path("/etc")) -> Release:
    """This machine's release, else Debian 12 from Debian's own mirror."""
    facts = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', (etc / "os-release").read_text(), re.MULTILINE))
    if facts.get("ID") not in ("debian", "ubuntu") or "VERSION_CODENAME" not in facts:
        return Release("bookworm", "http://deb.debian.org/debian", "main")
    codename = facts["VERSION_CODENAME"]
    if facts["ID"] == "ubuntu":
        return Release(codename, _mirror(etc, codename) or "http://archive.ubuntu.com/ubuntu", "main,universe")
    return Release(codename, _mirror(etc, codename) or "http://deb.debian.org/debian", "main")


def _mirror(etc: Path, codename: str) -> str | None:
    for uri in (*_deb822_uris(etc, codename), *_one_line_uris(etc, codename)):
        if uri.startswith("mirror+file:"):
            uri = Path(uri.removeprefix("mirror+file:")).read_text().split()[0]
        if uri.startswith(("http://", "https://")):
            return uri.rstrip("/")
    return None


def _deb822_uris(etc: Path, codename: str) -> Iterator[str]:
    for file in sorted((etc / "apt/sources.list.d").glob("*.sources")):
        for stanza in re.split(r"\n\s*\n", file.read_text()):
            fields = dict(re.findall(r"^([\w-]+):[ \t]*(.*)$", stanza, re.MULTILINE))
            is_main = codename in fields.get("Suites", "").split() and "main" in fields.get("Components", "").split()
            if is_main and fields.get("Enabled", "yes") != "no":
                yield from fields.get("URIs", "").split()


def _one_line_uris(etc: Path, codename: str) -> Iterator[str]:
    for file in (etc / "apt/sources.list", *sorted((etc / "apt/sources.list.d").glob("*.list"))):
        if file.is_file():
            pattern = rf"^deb\s+(?:\[[^]]*\]\s+)?(\S+)\s+{re.escape(codename)}\s+.*\bmain\b"
            yield from re.findall(pattern, file.read_text(), re.MULTILINE)


def _fill(root: Path, release: Release) -> None:
    options = ["--variant=minbase", f"--components={release.components}", f"--include={PACKAGES}"]
    command = ["env", *_proxy(), "DEBIAN_FRONTEND=noninteractive", "debootstrap", *options]
    done = subprocess.run(
        [*command, release.codename, str(root), release.mirror],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, "".join(done.stdout.splitlines(True)[-3:]))
    for name in USELESS:
        shutil.rmtree(root / name, ignore_errors=True)
        (root / name).mkdir(parents=True)
    # Bundles say `python`, and the runner mounts under /app.
    (root / "usr/bin/python").symlink_to("python3")
    (root / "app").mkdir()


def _tar(root: Path) -> Iterator[bytes]:
    command = ["tar", "-C", str(root), "--numeric-owner", "--exclude=./dev/*", "--exclude=./proc/*", "-c", "."]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as tar:
        assert tar.stdout is not None
        while block := tar.stdout.read(1 << 20):
            yield block
    if tar.returncode:
        raise subprocess.CalledProcessError(tar.returncode, command)


def _proxy() -> list[str]:
    # debootstrap does not read apt's configuration, and behind a proxy that is often the only place that names it.
    command = ["apt-config", "shell", "http_proxy", "Acquire::http::Proxy"]
    found = re.search(r"http_proxy='([^']+)'", subprocess.run(command, capture_output=True, text=True).stdout)
    return [f"http_proxy={found.group(1)}"] if found else []
