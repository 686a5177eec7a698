"""How a machine is divided among slots, and what its GPUs are asked for with."""

import os
from pathlib import Path

import pytest

from chalicelib.contract import Capabilities
from runner import config, gpus, slots
from runner.config import Limits
from runner.container import Container, SandboxContext, settings
from runner.errors import Unable
from runner.gpus import Gpu

GIB = 1024**3
ENVIRONMENT = {"AGON_API": "http://127.0.0.1:4566/api", "AGON_RUNNER_TOKEN": "agonr_x", "AGON_RUNNER_HOME": "/tmp/r"}
TWO = (Gpu("0", "NVIDIA A100", 40 * GIB), Gpu("1", "NVIDIA T4", 16 * GIB))


@pytest.fixture
def nvidia_smi(tmp_path, monkeypatch):
    """Puts an nvidia-smi that says this onto the path."""

    def install(script: str) -> None:
        program = tmp_path / "nvidia-smi"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    return install


@pytest.fixture
def two_gpus(nvidia_smi):
    nvidia_smi("echo '0, NVIDIA A100, 40960'; echo '1, NVIDIA T4, 16384'")


def configured(*flags: str) -> config.Config:
    return config.read(["run", *flags], ENVIRONMENT)


def test_processors_and_memory_are_divided_among_slots():
    found = slots.divide(configured("--slots", "4", "--cpus", "6", "--memory-mib", "1024"), ())
    assert [slot.number for slot in found] == [0, 1, 2, 3]
    assert {(slot.limits.cpus, slot.limits.memory_bytes) for slot in found} == {(1.5, 256 * 1024**2)}


def test_one_slot_has_the_whole_machine():
    settings = configured("--cpus", "6")
    assert [slot.limits for slot in slots.divide(settings, ())] == [settings.limits]


@pytest.mark.parametrize(("count", "shares"), [("1", [["0", "1"]]), ("2", [["0"], ["1"]]), ("3", [["0"], ["1"], ["0"]])])
def test_each_slot_has_gpus_of_its_own_unless_there_are_fewer_gpus_than_slots(count, shares):
    found = slots.divide(configured("--slots", count), TWO)
    assert [[gpu.index for gpu in slot.gpus] for slot in found] == shares


def test_what_is_told_of_a_slot_is_what_a_job_may_count_on_in_it():
    settings = configured("--slots", "2", "--cpus", "3", "--memory-mib", "1024", "--labels", "lab, fast,lab")
    told = [slots.capabilities(slot, settings.labels) for slot in slots.divide(settings, TWO + TWO[:1])]
    assert told == [Capabilities(1.5, 512 * 1024**2, gpus, ("fast", "lab")) for gpus in (2, 1)]


@pytest.mark.parametrize(("flags", "word"), [(["--slots", "0"], "--slots"), (["--gpus", "first"], "--gpus")])
def test_flags_that_make_no_sense_are_named(flags, word):
    with pytest.raises(config.BadConfig, match=word):
        configured(*flags)


@pytest.mark.parametrize(("wanted", "indices"), [("all", ["0", "1"]), ("none", []), ("1", ["1"]), ("1,0", ["1", "0"])])
def test_gpus_are_chosen_by_their_numbers(two_gpus, wanted, indices):
    assert [gpu.index for gpu in gpus.choose(wanted)] == indices


def test_a_gpu_tells_its_name_and_memory(two_gpus):
    assert gpus.find() == TWO


def test_a_gpu_that_is_not_there_is_named(two_gpus):
    with pytest.raises(Unable, match="no GPU 7: nvidia-smi shows 0, 1"):
        gpus.choose("0,7")


def test_a_machine_without_nvidia_smi_has_no_gpu(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert gpus.choose("all") == ()
    with pytest.raises(Unable, match="no GPU 0: nvidia-smi shows none"):
        gpus.choose("0")


def test_a_driver_that_does_not_work_is_said_so_in_its_words(nvidia_smi):
    nvidia_smi("echo 'Failed to initialize NVML: Driver/library version mismatch'; exit 18")
    with pytest.raises(Unable, match="version mismatch"):
        gpus.choose("all")


def test_a_driver_that_says_something_else_is_said_so(nvidia_smi):
    nvidia_smi("echo 'No devices were found'")
    with pytest.raises(Unable, match="No devices were found"):
        gpus.choose("all")


def test_a_container_asks_for_exactly_its_slots_devices():
    request = asked_for(gpus.request(TWO[1:], cdi=False))
    capabilities = [["gpu", "compute", "utility"]]
    assert request == [{"Driver": "nvidia", "Count": 0, "DeviceIDs": ["1"], "Capabilities": capabilities, "Options": {}}]


def test_a_container_asks_by_cdi_where_the_engine_has_it():
    request = asked_for(gpus.request(TWO, cdi=True))
    assert [(item["Driver"], item["DeviceIDs"]) for item in request] == [("cdi", ["nvidia.com/gpu=0", "nvidia.com/gpu=1"])]


def test_a_container_without_gpus_asks_for_none():
    assert asked_for(gpus.request((), cdi=True)) == []


def test_cdi_is_what_the_engine_says(tmp_path):
    assert gpus.has_cdi({"DiscoveredDevices": [{"Source": "cdi", "ID": "nvidia.com/gpu=0"}]})
    assert not gpus.has_cdi({"DiscoveredDevices": [{"Source": "cdi", "ID": "vendor.example/net=0"}]})
    assert not gpus.has_cdi({"CDISpecDirs": [str(tmp_path), str(tmp_path / "none")]})
    (tmp_path / "nvidia.yaml").write_text("cdiVersion: 0.6.0")
    assert gpus.has_cdi({"CDISpecDirs": [str(tmp_path)]})
    assert not gpus.has_cdi({})


def asked_for(devices):
    container = Container("s", "image", ["true"], Path("/p"), Path("/o"), (), network=False, time_limit_seconds=1.0)
    made = settings(container, Limits(memory_bytes=GIB, cpus=1.0), SandboxContext("home", 0, devices))
    return [dict(item) for item in made["host_config"]["device_requests"]]


def test_gpu_memory_is_summed_over_a_containers_processes(nvidia_smi):
    nvidia_smi("echo '101, 2048'; echo '102, 1024'; echo '900, 8192'; echo '103, [N/A]'")
    assert gpus.used_bytes({"101", "102", "103"}) == 3 * GIB
    assert gpus.used_bytes({"103"}) is None and gpus.used_bytes({"7"}) is None


@pytest.mark.parametrize("script", ["echo 'No devices were found'", "exit 9"])
def test_gpu_memory_that_is_not_told_is_not_invented(nvidia_smi, script):
    nvidia_smi(script)
    assert gpus.used_bytes({"101"}) is None
