"""The functions' code as it goes to Lambda: exactly what is locked, all that it needs, and little else."""

import importlib.util
import json
import marshal
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from agon import config
from agon.local import deploy

LOCK = config.SOURCE / "locks/function.txt"
#: 0.6 of the 27.3 MB that it had with all of boto3.
MAX_BYTES = 16_400_000
# Nothing of this machine's own packages can be found: -I and -S leave the standard library alone, and -B writes nothing.
LOOK = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
import app
from chalicelib.aws.clients import client
from zoneinfo import ZoneInfo
ZoneInfo("Europe/Vienna")
made = sorted(client(service).meta.service_model.service_name for service in json.loads(sys.argv[2]))
files = [file for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))]
print(json.dumps({"made": made, "files": files, "routes": len(app.app.routes)}))
"""


@pytest.fixture(scope="module")
def archive() -> Path:
    return deploy.package(config.SOURCE / ".cache/stack", deploy.fingerprint(config.SOURCE)) / "deployment.zip"


@pytest.fixture(scope="module")
def function(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("function")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return folder


def run(function: Path, *words: str) -> dict[str, Any]:
    environment = {"AWS_DEFAULT_REGION": "eu-west-1", "PYTHONTZPATH": "", "LAMBDA_TASK_ROOT": "/var/task"}
    command = [sys.executable, "-I", "-S", "-B", "-c", LOOK, str(function), *words]
    done = subprocess.run(command, cwd=function, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_runs_with_nothing_but_python_beside_it(function: Path) -> None:
    services = ["cognito-idp", "dynamodb", "s3", "sesv2", "sqs", "sts"]
    found = run(function, json.dumps(services))
    assert found["made"] == services and found["routes"] > 50
    assert [file for file in found["files"] if not file.startswith((str(function), sys.base_prefix))] == []


def test_each_module_brings_its_bytecode_which_names_it_as_lambda_does_and_is_good_at_any_date(function: Path) -> None:
    ours = {Path(importlib.util.cache_from_source(str(path))): path for path in function.rglob("*.py")}
    # Of packages there is nothing else: bytecode in the place of its source.
    theirs = {path: path.with_suffix(".py") for path in function.rglob("*.pyc") if path.parent.name != "__pycache__"}
    assert len(ours) > 400 and len(theirs) > 700 and not set(ours.values()) & set(theirs.values())
    for compiled, source in (ours | theirs).items():
        content = compiled.read_bytes()
        # PEP 552: bytecode that is of its source by a hash which nobody looks at again.
        assert content[:8] == importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little"), source
        assert marshal.loads(content[16:]).co_filename == f"/var/task/{source.relative_to(function)}"


def test_it_has_the_locked_packages_and_no_others(function: Path) -> None:
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", LOCK.read_text(), re.M))
    folders = (folder.name.removesuffix(".dist-info").rsplit("-", 1) for folder in function.glob("*.dist-info"))
    assert {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in folders} == locked


def test_it_brings_the_document_of_its_api_so_that_no_function_spends_seconds_on_making_it(function: Path) -> None:
    packed = function / "chalicelib/openapi.json"
    assert json.loads(packed.read_bytes()) == json.loads((config.SOURCE / "console/openapi.json").read_bytes())


def test_it_weighs_at_most_six_tenths_of_what_it_weighed(archive: Path) -> None:
    assert archive.stat().st_size <= MAX_BYTES


def test_packed_again_it_is_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    settle = config.SOURCE / "infra/setup/settle.py"
    again = tmp_path / "again.zip"
    with zipfile.ZipFile(archive) as packed, zipfile.ZipFile(again, "w") as target:
        for name in reversed(packed.namelist()):
            target.writestr(name, packed.read(name))
    assert again.read_bytes() != archive.read_bytes()
    subprocess.run([sys.executable, settle, again], check=True)
    assert again.read_bytes() == archive.read_bytes()


def test_the_template_names_the_python_and_the_processor_that_it_was_packed_for(archive: Path, tmp_path: Path) -> None:
    template = tmp_path / "sam.yaml"
    template.write_text(archive.with_name("sam.yaml").read_text())
    subprocess.run([sys.executable, config.SOURCE / "infra/setup/target.py", template, "3.99", "arm64"], check=True)
    said = template.read_text()
    functions = said.count("Type: AWS::Serverless::Function\n")
    # Once each: of a key that stands there twice nobody knows which holds.
    assert [said.count(name) for name in ("      Runtime: python3.99\n", "      Architectures:\n      - arm64\n")] == [
        functions
    ] * 2
    assert [said.count(name) for name in (" Runtime:", " Architectures:")] == [functions] * 2


def test_any_machine_packs_for_any_python_and_processor_of_lambdas(tmp_path: Path) -> None:
    folder = tmp_path / "vendor"
    vendor = config.SOURCE / "infra/setup/vendor.py"
    subprocess.run([sys.executable, vendor, folder, "3.13", "arm64"], check=True, capture_output=True)
    compiled = list(folder.rglob("*.so*"))
    assert len(compiled) > 5
    for path in compiled:
        # Of an ELF file's head: AArch64.
        assert path.read_bytes()[18:20] == (183).to_bytes(2, "little"), path
        assert ".abi3." in path.name or ".cpython-313-aarch64-" in path.name, path
