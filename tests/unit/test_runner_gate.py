"""The runner's own programs for the inside of containers, and what a gate is told."""

import platform
import struct
import subprocess
from pathlib import Path

import pytest

from runner import gate, machine_code

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", [machine_code.GATE, machine_code.HOLDER])
def test_each_is_what_its_text_is(name: str, tmp_path: Path) -> None:
    machine = platform.machine()
    text, made, code = ROOT / "infra" / "gate" / f"{name}_{machine}.s", tmp_path / "made", tmp_path / "code"
    subprocess.run(["as", text, "-o", made], check=True)
    subprocess.run(["objcopy", "-O", "binary", "-j", ".text", made, code], check=True)
    program = machine_code.program(name)
    assert program.endswith(code.read_bytes()) and len(program) < 1024


def test_a_message_has_its_length_the_folder_where_its_program_may_be_and_its_words() -> None:
    told = gate.message("/app/program", ["python3", "é"], "/bin::/opt/bin")
    assert struct.unpack("<III", told[:12]) == (len(told), 3, 2)
    places = [b"/bin/python3", b"./python3", b"/opt/bin/python3"]
    assert told[12:].split(b"\0") == [b"/app/program", *places, b"python3", "é".encode(), b""]
    assert gate.message("/", ["./run.sh"], "/bin")[12:].split(b"\0") == [b"/", b"./run.sh", b"./run.sh", b""]


def test_a_command_that_a_gate_has_no_room_for_is_none_for_it() -> None:
    assert gate.is_told(["python3"] * 4096)
    assert not gate.is_told(["python3"] * 4097) and not gate.is_told(["x" * 65536])


def test_other_kinds_of_machines_have_none() -> None:
    with pytest.raises(KeyError):
        machine_code.program(machine_code.GATE, "pdp11")
