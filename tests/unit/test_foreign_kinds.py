"""What lies in a zip tells what it is, and what it is becomes a bundle that the rest of the house takes."""

import ast
import io
import zipfile
from pathlib import Path

import pytest

from agon import foreign
from agon.commands.bundle import read as told_of
from chalicelib.domain.bundle.check import find_manifest, opened
from chalicelib.domain.bundle.foreign.translation import adapter
from chalicelib.domain.bundle.packing import Members
from tests.builders import archive, bundle
from tests.unit.challenges import challenge, contents_of, errors, kaggle, phases, read, taken, unpacked
from tests.unit.ramp_kits import kit


def test_each_kind_is_told_by_what_lies_in_it() -> None:
    kinds = {"an EvalAI challenge": challenge(), "a Kaggle competition": kaggle(), "a RAMP kit": kit()}
    assert {kind: read(files).outline.version for kind, files in kinds.items()} == {kind: kind for kind in kinds}
    assert read({"challenge_config.yml": challenge()["challenge_config.yaml"]}).outline.version == "an EvalAI challenge"


def test_a_bundle_stays_as_it_is_whatever_stands_beside_its_manifest() -> None:
    contents = opened(io.BytesIO(bundle()))
    assert contents.foreign is None and isinstance(contents.archive, zipfile.ZipFile)
    with zipfile.ZipFile(io.BytesIO(bundle())) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    beside = contents_of({**files, "metric.py": kaggle()["metric.py"], "problem.py": "x = 1\n"})
    assert beside.foreign is None


def test_several_kinds_are_a_complaint_that_names_them() -> None:
    ((_, message),) = errors({**challenge(), "competition.yaml": "version: 2\n"})
    assert message == (
        "There is `competition.yaml`, and `challenge_config.yaml`: each is a competition of another kind. Keep one of them."
    )
    ((_, message),) = errors({**challenge(), "metric.py": kaggle()["metric.py"]})
    assert "`challenge_config.yaml`, and `metric.py`" in message


def test_what_is_nothing_is_told_so_as_before() -> None:
    assert errors({"readme.md": "x"})[0][1].startswith("The archive has no competition.yaml at its root.")


@pytest.mark.parametrize("files", [challenge(), kaggle(), kit()])
def test_a_folder_around_everything_is_looked_through(files: dict[str, str | bytes]) -> None:
    wrapped = {f"my-repo-main/{name}": content for name, content in files.items()}
    assert taken(wrapped) == taken(files)
    assert read(wrapped).file.startswith("my-repo-main/")


def test_the_bundle_has_a_manifest_of_version_2_and_files_of_the_original() -> None:
    files = unpacked(challenge())
    assert files["competition.yaml"].startswith(b"version: 2\n")
    assert files["scoring_program/metadata.yaml"] == b"command: python3 /app/program/adapter.py /app/input /app/output\n"
    assert files["scoring_program/evaluation_script/main.py"] == str(challenge()["evaluation_script/main.py"]).encode()
    assert files["reference_data/0/annotation/dev.json"] == b'["a", "b"]'


def test_its_folders_are_packed_as_those_of_any_bundle() -> None:
    contents, target = contents_of(challenge()), io.BytesIO()
    assert contents.archive is not None
    members = Members(contents.archive, find_manifest(contents.names)[1])
    members.pack("scoring_program", target)
    packed = zipfile.ZipFile(target)
    assert {"adapter.py", "metadata.yaml", "evaluation_script/__init__.py", "evaluation_script/main.py"} == set(
        packed.namelist()
    )
    assert packed.testzip() is None and members.size_of("scoring_program") == sum(one.file_size for one in packed.infolist())


def test_complaints_of_the_model_stand_where_the_original_says_it() -> None:
    files = challenge(challenge_phases=phases(end_date="2099-12-31 23:59:59"))
    ((file, key, line),) = [(one.file, one.key, one.line) for one in read(files).warnings if "both are open" in one.message]
    assert (file, key) == ("challenge_config.yaml", "challenge_phases[1].start_date")
    assert str(files[file]).splitlines()[(line or 0) - 1].strip().startswith("start_date:")


def test_a_check_reads_the_directory_and_small_files_alone() -> None:
    heavy, large = io.BytesIO(), 40 * 1024**2
    with zipfile.ZipFile(heavy, "w", zipfile.ZIP_STORED) as target:
        for name, content in {**challenge(), "annotations/test.json": b"0" * large, "videos/one.bin": b"0" * large}.items():
            target.writestr(name, content)
    counted = _Counting(heavy.getvalue())
    contents = opened(counted)
    assert contents.foreign is not None and not contents.foreign.errors
    assert len(heavy.getvalue()) > 2 * large and counted.count < 1024**2


class _Counting(io.BytesIO):
    """A file that counts what is read of it."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        self.count += len(content)
        return content


@pytest.mark.parametrize("lower_is_better", [None, True, False])
def test_the_command_line_reads_a_folder_as_the_zip_of_it(tmp_path: Path, lower_is_better: bool | None) -> None:
    folder, zipped = tmp_path / "folder", tmp_path / "folder.zip"
    files = kaggle(lower_is_better=...) if lower_is_better is not None else challenge()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    zipped.write_bytes(archive(files))
    of_folder = foreign.of_folder(folder, lower_is_better)
    assert of_folder is not None and of_folder.foreign is not None and of_folder.foreign.errors == ()
    assert told_of(folder, lower_is_better) == told_of(zipped, lower_is_better)


def test_a_folder_that_is_a_bundle_is_packed_as_before(tmp_path: Path) -> None:
    (tmp_path / "competition.yaml").write_text("version: 2\n")
    assert foreign.of_folder(tmp_path, None) is None


@pytest.mark.parametrize("name", ["evalai", "kaggle"])
def test_an_adapter_is_read_by_the_python_of_evalais_workers(name: str) -> None:
    assert ast.parse(adapter(name), feature_version=(3, 8))
