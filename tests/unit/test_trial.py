"""What `agon try` takes of a bundle, and what it refuses before it asks for Docker."""

import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from agon.errors import AgonError
from agon.trial import bundle as bundles
from agon.trial.local import LocalObjectStore, job_of
from chalicelib.contract import Source, Stage
from tests import builders
from tests.unit.challenges import MAIN, challenge

TEMPLATES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


def written(tmp_path: Path, **settings: object) -> Path:
    path = tmp_path / "bundle.zip"
    path.write_bytes(builders.bundle(**settings))
    return path


def names_in(url: str) -> list[str]:
    with zipfile.ZipFile(urlsplit(url).path) as archive:
        return sorted(archive.namelist())


def test_folders_of_a_bundle_become_archives_and_archives_are_taken_as_they_are(tmp_path: Path, folder: Path) -> None:
    with bundles.opened(written(tmp_path), None, None, folder) as [tryout]:
        assert names_in(tryout.files["scoring_program"].url) == ["metadata.yaml", "score.py"]
        assert names_in(tryout.files["reference_data"].url) == ["truth.txt"]


def test_without_a_task_all_of_the_phase_are_tried(folder: Path) -> None:
    with bundles.opened(TEMPLATES / "several_tasks/bundle", None, None, folder) as tryouts:
        assert [one.task.index for one in tryouts] == [0, 1, 2]


def test_one_task_can_be_chosen(folder: Path) -> None:
    with bundles.opened(TEMPLATES / "several_tasks/bundle", 0, 2, folder) as tryouts:
        assert [one.task.index for one in tryouts] == [2]


@pytest.mark.parametrize(("phase", "task", "message"), [(7, None, "no phase 7"), (0, 9, "no task 9. There is: 0, 1, 2")])
def test_a_part_that_is_not_there_is_told_with_those_that_are(
    folder: Path, phase: int, task: int | None, message: str
) -> None:
    with (
        pytest.raises(AgonError, match=message),
        bundles.opened(TEMPLATES / "several_tasks/bundle", phase, task, folder),
    ):
        pass


def test_a_bundle_that_cannot_be_imported_is_told_with_its_complaints(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(builders.archive({"competition.yaml": "version: 2\ntitle: Empty\n"}))
    with pytest.raises(AgonError, match="There is no task"), bundles.opened(path, None, None, folder):
        pass


def test_what_only_a_site_knows_cannot_be_tried(tmp_path: Path, folder: Path) -> None:
    manifest = builders.manifest().replace("scoring_program/", "01jd8x3v6w8r2k5m7q9s1t3v5y")
    path = tmp_path / "bundle.zip"
    path.write_bytes(builders.bundle({"competition.yaml": manifest}))
    with pytest.raises(AgonError, match="only a site knows"), bundles.opened(path, None, None, folder):
        pass


def test_the_job_is_the_one_that_a_site_would_give(tmp_path: Path, folder: Path) -> None:
    with bundles.opened(TEMPLATES / "code_submission/bundle", None, None, folder) as [tryout]:
        job = job_of(tryout, bundles.as_file(written(tmp_path)), "", tmp_path / "kept")
    assert [(step.name, step.stage) for step in job.steps] == [
        ("ingestion", Stage.PREDICTION), ("submission", Stage.PREDICTION), ("scoring", Stage.SCORING),
    ]  # fmt: skip
    assert Source.PREDICTION in {mount.source for mount in job.steps[-1].mounts}
    assert "/app/input/ref" not in {mount.path for step in job.steps[:-1] for mount in step.mounts}


def test_of_a_folder_of_another_platform_the_tasks_files_alone_are_read(tmp_path: Path, folder: Path) -> None:
    source = tmp_path / "challenge"
    for name, content in {**challenge(("evaluation_script/",)), "evaluation_script/__init__.py": MAIN}.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content.encode() if isinstance(content, str) else content)
    (source / "evaluation_script/tool.pl").write_text("print 1;")
    (source / "evaluation_script/tool.pl").chmod(0o755)
    with (source / "videos.bin").open("wb") as large:
        large.truncate(200_000_000)
    before = read_bytes()
    with bundles.opened(source, 0, None, folder) as [tryout]:
        assert read_bytes() - before < 10_000_000
        with zipfile.ZipFile(urlsplit(tryout.files["scoring_program"].url).path) as program:
            modes = {Path(one.filename).name: one.external_attr >> 16 & 0o777 for one in program.infolist()}
    assert (modes["tool.pl"], modes["__init__.py"]) == (0o755, 0o644)


def read_bytes() -> int:
    """The bytes that this process has read so far, from wherever."""
    return int(Path("/proc/self/io").read_text().split()[1])


def test_an_image_can_be_put_in_the_place_of_the_competitions(tmp_path: Path, folder: Path) -> None:
    with bundles.opened(written(tmp_path), None, None, folder) as [tryout]:
        assert job_of(tryout, bundles.as_file(written(tmp_path)), "other:1", folder).image == "other:1"


def test_a_path_with_blanks_is_found_again(tmp_path: Path) -> None:
    source = tmp_path / "a folder with ä" / "file #1.zip"
    source.parent.mkdir()
    source.write_bytes(b"content")
    target = tmp_path / "copy"
    LocalObjectStore().download(bundles.as_file(source), target, None)  # type: ignore[arg-type]
    assert target.read_bytes() == b"content"
