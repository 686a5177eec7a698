"""The machine's GPUs: which there are, which a runner may use, and how a container asks for them."""

import subprocess
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docker.types import DeviceRequest

from runner.errors import Unable

ALL = "all"
NONE = "none"
_QUERY = ("nvidia-smi", "--query-gpu=index,name,memory.total", "--format=csv,noheader,nounits")
_QUERY_SECONDS = 30
_USE_QUERY = ("nvidia-smi", "--query-compute-apps=pid,used_gpu_memory", "--format=csv,noheader,nounits")
_USE_SECONDS = 5
_MIB = 1024**2
#: What NVIDIA's hook puts into the container: the libraries to compute with, and nvidia-smi.
_CAPABILITIES = ["gpu", "compute", "utility"]
_CDI_KIND = "nvidia.com/gpu"


@dataclass(frozen=True)
class Gpu:
    """One device. `index` is nvidia-smi's, as Docker and CDI take it too."""

    index: str
    name: str
    memory_bytes: int


def choose(wanted: str) -> tuple[Gpu, ...]:
    """The GPUs of `--gpus`: "all" (none is fine), "none", or indices such as "0,1". Raises Unable for one that is
    not there."""
    if wanted == NONE:
        return ()
    found = {gpu.index: gpu for gpu in find()}
    if wanted == ALL:
        return tuple(found.values())
    indices = [index.strip() for index in wanted.split(",")]
    if missing := [index for index in indices if index not in found]:
        there = f"nvidia-smi shows {', '.join(found)}" if found else "nvidia-smi shows none"
        raise Unable(f"This machine has no GPU {', '.join(missing)}: {there}. Change --gpus, or install the NVIDIA driver.")
    return tuple(found[index] for index in dict.fromkeys(indices))


def find() -> tuple[Gpu, ...]:
    """The GPUs that nvidia-smi lists; nothing where there is none. Raises Unable when the driver is there and does
    not work."""
    try:
        said = subprocess.run(_QUERY, capture_output=True, text=True, timeout=_QUERY_SECONDS)
    except FileNotFoundError:
        return ()
    except subprocess.TimeoutExpired as error:
        raise Unable("nvidia-smi does not answer: the GPU or its driver hangs. Restart this machine.") from error
    if said.returncode:
        raise Unable(f"nvidia-smi fails: {(said.stdout or said.stderr).strip()[:300]}")
    return tuple(_read(line) for line in said.stdout.splitlines() if line.strip())


def used_bytes(processes: Collection[str]) -> int | None:
    """GPU memory that these processes of the machine hold together; None when nvidia-smi tells nothing of any of them."""
    try:
        said = subprocess.run(_USE_QUERY, capture_output=True, text=True, timeout=_USE_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = [line.split(",") for line in said.stdout.splitlines()] if not said.returncode else []
    held = [used.strip() for process, used in (line for line in lines if len(line) == 2) if process.strip() in processes]
    # Where a driver does not count by process, it says [N/A].
    known = [int(used) * _MIB for used in held if used.isdecimal()]
    return sum(known) if known else None


def request(gpus: Sequence[Gpu], cdi: bool) -> list[DeviceRequest]:
    """The request that a container's create call makes about devices: exactly these, and no other."""
    if not gpus:
        return []
    if cdi:
        return [DeviceRequest(driver="cdi", device_ids=[f"{_CDI_KIND}={gpu.index}" for gpu in gpus])]
    return [DeviceRequest(driver="nvidia", device_ids=[gpu.index for gpu in gpus], capabilities=[_CAPABILITIES])]


def has_cdi(info: Mapping[str, Any]) -> bool:
    """True when a Docker engine, by its `info`, hands NVIDIA's devices out by CDI (Docker 25 and later)."""
    if any(str(device.get("ID", "")).startswith(_CDI_KIND) for device in info.get("DiscoveredDevices") or ()):
        return True
    # Before Docker 28 it names only the folders of the specifications that it reads.
    return any(_names_nvidia(Path(folder)) for folder in info.get("CDISpecDirs") or ())


def _names_nvidia(folder: Path) -> bool:
    return any(path.suffix in (".yaml", ".json") and "nvidia" in path.name for path in folder.glob("*"))


def _read(line: str) -> Gpu:
    try:
        index, name, mebibytes = (part.strip() for part in line.split(","))
        return Gpu(index, name, int(mebibytes) * _MIB)
    except ValueError as error:
        raise Unable(f"nvidia-smi says something else than expected: {line[:100]!r}.") from error
