"""Bundles that are wrong, and bundles that mean harm: each ends as a listed complaint, and nothing of it is kept."""

import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agon.commands import bundle
from tests import builders
from tests.api.conftest import Person, Site


def member(name: str, mode: int = 0) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name)
    found.create_system, found.external_attr = 3, mode << 16
    return found


def bundle_with(*members: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    target = io.BytesIO(builders.bundle())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as writer:
        for one, content in members:
            writer.writestr(one, content)
    return target.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    return builders.archive({name: content})


def nested(depth: int) -> bytes:
    content = b"x"
    for level in range(depth):
        content = zipped(f"{level}.zip" if level else "x", content)
    return content


def link_inside() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as writer:
        writer.writestr(member("link", stat.S_IFLNK | 0o777), b"/etc/passwd")
    return target.getvalue()


def spoilt(content: bytes, at: int, new: bytes) -> bytes:
    return content[:at] + new + content[at + len(new) :]


def many_entries() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as writer:
        writer.writestr("competition.yaml", builders.manifest())
        for number in range(100_001):
            writer.writestr(str(number), b"")
    return target.getvalue()


def long_paths() -> bytes:
    return builders.bundle({f"assets/{n:0200}/{n:0200}/{n:0200}": "x" for n in range(500)})


def duplicate() -> bytes:
    """Two entries of one name: renamed in the bytes, because zip writers warn."""
    return bundle_with((member("terms.mx"), b"x")).replace(b"terms.mx", b"terms.md")


def encrypted() -> bytes:
    content = builders.bundle()
    return spoilt(content, content.index(b"PK\x01\x02") + 8, struct.pack("<H", 1))


def wrong_crc() -> bytes:
    """The reference data's checksum is another one, in the directory."""
    content = builders.bundle()
    at = content.rindex(b"reference.zip") - 46 + 16
    return spoilt(content, at, b"\0\0\0\0")


def yaml(text: str | bytes) -> bytes:
    return builders.bundle({"competition.yaml": text})


def changed(old: str, new: str, end: str = "2027-01-01") -> bytes:
    text = builders.manifest(end=end)
    assert old in text
    return yaml(text.replace(old, new))


def wrong_crc_in_a_folder() -> bytes:
    content = builders.bundle()
    at = content.rindex(b"scoring_program/score.py") - 46 + 16
    return spoilt(content, at, b"\0\0\0\0")


def phases(count: int) -> bytes:
    """So many phases, one after another."""
    dates = [f"20{30 + number}-01-01" for number in range(count + 1)]
    more = "".join(
        f"  - {{index: {number}, name: P{number}, start: {start}, end: {end}, tasks: [0]}}\n"
        for number, (start, end) in enumerate(zip(dates, dates[1:], strict=False), start=1)
    )
    return changed("leaderboards:", f"{more}leaderboards:", end="2030-01-01")


def zeros() -> bytes:
    """Megabytes that are packed into next to nothing."""
    return bytes(150 * 1024**2)


NOISE = random.Random(3).randbytes(2 * 1024**2)
COMPUTED = "{title: C, key: c, index: 2, computation: avg, computation_indexes: [2]}"
PHASES = "  - {index: 1, name: Second, start: 2026-06-01, tasks: [0]}\nleaderboards:"
#: Bundles, those that are slow to make as what makes them, and words of the complaint.
CASES: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "bomb-by-ratio": (lambda: builders.bundle({"zeros": zeros()}), "would unpack to"),
    "bomb-among-honest-files": (lambda: builders.bundle({"noise": NOISE, "zeros": zeros()}), "would unpack to"),
    "bomb-inside": (lambda: builders.bundle({"reference.zip": zipped("zeros", zeros())}), "would unpack to"),
    "bomb-by-nesting": (builders.bundle({"reference.zip": nested(6)}), "deep"),
    "bomb-by-entries": (many_entries, "entries; 100,000 are allowed"),
    "backslashes": (bundle_with((member("a\\..\\evil"), b"x")), "outside"),
    "somebody-elses-queue": (yaml(builders.manifest() + "queue: 01m86vp9f4vk8vwkkszfrnkpp9\n"), "no queue"),
    "traversal": (bundle_with((member("../evil"), b"x")), "outside"),
    "absolute": (bundle_with((member("/etc/cron.d/evil"), b"x")), "outside"),
    "drive-letter": (bundle_with((member("C:/evil"), b"x")), "outside"),
    "symlink": (bundle_with((member("link", stat.S_IFLNK | 0o777), b"/etc/passwd")), "link or a device"),
    "device": (bundle_with((member("null", stat.S_IFCHR | 0o666), b"")), "link or a device"),
    "encrypted": (encrypted(), "encrypted"),
    "wrong-crc": (wrong_crc(), "damaged"),
    "wrong-crc-in-a-folder": (wrong_crc_in_a_folder(), "damaged"),
    "front-cut-off": (builders.bundle()[200:], "damaged"),
    "no-zip-inside": (builders.bundle({"reference.zip": b"no zip"}), "no zip archive"),
    "symlink-inside": (builders.bundle({"reference.zip": link_inside()}), "link or a device"),
    "encrypted-inside": (builders.bundle({"reference.zip": encrypted()}), "encrypted"),
    "traversal-inside": (builders.bundle({"reference.zip": zipped("../../evil", b"x")}), "outside"),
    "alias-bomb": (yaml("a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n" for old, new in zip("abcde", "bcdef", strict=True))), "values"),
    "tag": (yaml("title: !!python/object/apply:os.system [id]"), "tag"),
    "deep-nesting": (yaml("a: " + "[" * 5000), "deep"),
    "tabs": (yaml("version: 2\npages:\n\t- title: x"), "tab"),
    "latin-1": (yaml("title: Ren\xe9".encode("latin-1")), "UTF-8"),
    "too-many-phases": (phases(30), "30 phases at most"),
    "too-many-files": (lambda: builders.bundle({f"assets/{n}": "x" for n in range(1001)}), "1,000 are kept"),
    "paths-too-long": (long_paths, "Shorten texts"),
    "too-much-text": (changed("name: Guess,", f"name: Guess, description: {'é' * 90_000},"), "Shorten texts"),
    "missing-file": (changed("reference.zip", "nowhere.zip"), "no zip and no folder"),
    "bundle-as-its-own-data": (changed("reference.zip", "./"), "outside"),
    "manifest-as-a-program": (changed("scoring_program/", "competition.yaml"), "neither a zip nor a folder"),
    "unknown-task": (changed("name: Guess, ", "key: 01m86vp9f4vk8vwkkszfrnkpp9, "), "no task"),
    "itself": (changed("      - {title: Sec", f"      - {COMPUTED}\n      - {{title: Sec"), "names itself"),
    "cycle": (changed("      - {title: Sec",
        "      - {title: C, key: c, index: 2, computation: avg, computation_indexes: [3]}\n"
        "      - {title: D, key: d, index: 3, computation: avg, computation_indexes: [2]}\n      - {title: Sec"),
        "computed itself"),
    "overlapping-phases": (changed("leaderboards:", PHASES), "before “Only” ends"),
    "no-leaderboard": (yaml(builders.manifest().partition("leaderboards:")[0]), "no leaderboard"),
    "unknown-dataset": (changed("reference.zip", "01m86vp9f4vk8vwkkszfrnkpp9"), "that you may use"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "words"), CASES.values(), ids=CASES)
def test_it_ends_as_a_complaint_and_nothing_is_kept(
    site: Site, organizer: Person, content: bytes | Callable[[], bytes], words: str
) -> None:
    upload = organizer.upload(content() if callable(content) else content, "bundle")
    begun = organizer.call("POST", "/competitions", {"upload": upload})
    if begun.status == 202:
        site.work()
        done = organizer.call("GET", f"/imports/{begun.body['id']}").body
        assert (done["status"], done["competition"]) == ("Failed", None)
    else:
        # What the archive's directory alone tells is told at once.
        assert begun.status == 422
        done = begun.body
    assert any(words in error["message"] for error in done["errors"]), done["errors"]
    assert site.object_keys("FilesBucket") == []
    assert {row["kind"] for row in site.rows()} <= {"import", "upload"}


def zip64() -> bytes:
    target = io.BytesIO(builders.bundle())
    with zipfile.ZipFile(target, "a") as writer, writer.open("large.bin", "w", force_zip64=True) as content:
        content.write(b"x")
    return target.getvalue()


def finished(site: Site, organizer: Person, content: bytes) -> dict[str, Any]:
    upload = organizer.upload(content, "bundle")
    begun = organizer.call("POST", "/competitions", {"upload": upload}).body
    site.work()
    done: dict[str, Any] = organizer.call("GET", f"/imports/{begun['id']}").body
    assert done["status"] == "Finished", done["errors"]
    return done


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (zip64(), None),
        (builders.bundle({"n_me.txt": "x"}).replace(b"n_me.txt", b"n\x84me.txt"), ""),
        (yaml(b"\xef\xbb\xbf" + builders.manifest().encode()), None),
        (yaml("title: First\n" + builders.manifest()), "title"),
        (yaml(builders.manifest() + "titel: Odd\n"), "titel"),
        (builders.archive({f"wrapped/{name}": text for name, text in {
            "competition.yaml": builders.manifest(), "terms.md": "x", "overview.md": "y",
            "scoring_program/metadata.yaml": "command: x", "reference.zip": builders.archive({"a": "b"})}.items()}), ""),
        (duplicate(), ""),
        (bundle_with((member("TERMS.md"), b"x")), ""),
        (builders.bundle({"reference.zip": builders.archive({"truth.txt": "42", "Truth.txt": "43"})}), ""),
        (changed("tasks: [0]", "tasks: [0]", end="2020-01-01"), "phases[0].end"),
        (changed("reference.zip", "terms.md"), "tasks[0].reference_data"),
    ],
    ids=["zip64", "odd-name", "bom", "duplicate-key", "unknown-key", "wrapping-folder", "duplicate-names", "case-collision",
         "case-collision-inside", "phase-that-never-opens", "a-file-by-itself"],
)  # fmt: skip
def test_what_can_be_lived_with_is_a_warning_at_most(site: Site, organizer: Person, content: bytes, key: str | None) -> None:
    keys = [warning["key"] for warning in finished(site, organizer, content)["warnings"]]
    assert key is None or key in keys


def test_scripts_in_a_page_are_kept_as_uploaded(site: Site, organizer: Person) -> None:
    page = "<h1>Hello</h1><script>alert(1)</script>"
    text = builders.manifest().replace("overview.md", "overview.html")
    done = finished(site, organizer, builders.bundle({"competition.yaml": text, "overview.html": page}))
    shown = organizer.call("GET", f"/competitions/{done['competition']}/pages/0").body
    assert (shown["format"], shown["content"]) == ("html", page)


def test_somebody_elses_dataset_is_refused_and_ones_own_is_taken(site: Site, organizer: Person, ada: Person) -> None:
    organizer.competition()
    key = next(row["id"] for row in site.rows() if row["kind"] == "dataset" and row["type"] == "reference_data")
    content = changed("reference.zip", key)
    upload = ada.upload(content, "bundle")
    import_ = ada.call("POST", "/competitions", {"upload": upload}).body
    site.work()
    [error] = ada.call("GET", f"/imports/{import_['id']}").body["errors"]
    text = zipfile.ZipFile(io.BytesIO(content)).read("competition.yaml").decode()
    line = text[: text.index(key)].count("\n") + 1
    assert (error["file"], error["line"], error["key"]) == ("competition.yaml", line, "tasks[0].reference_data")
    assert "that you may use" in error["message"]
    finished(site, organizer, content)
    assert next(row["uses"] for row in site.rows() if row.get("id") == key) == 4  # two competitions and two tasks


def test_a_task_of_the_bank_is_taken_by_its_key(site: Site, organizer: Person, ada: Person) -> None:
    organizer.competition()
    task = next(row["id"] for row in site.rows() if row["kind"] == "task")
    text = builders.manifest()
    start = text.index("  - {index: 0, name: Guess")
    content = yaml(text[:start] + f"  - {{index: 0, key: {task}}}\n" + text[text.index("phases:") :])
    done = finished(site, organizer, content)
    competition = organizer.call("GET", f"/competitions/{done['competition']}").body
    assert organizer.call("POST", f"/competitions/{competition['id']}/publish").status == 200
    ada.join(competition)
    assert ada.submit(competition).status == 201


@pytest.mark.parametrize("by", ["upload", "manifest"])
def test_a_check_finds_everything_and_keeps_nothing(site: Site, organizer: Person, by: str) -> None:
    content = builders.bundle({"competition.yaml": builders.manifest(rule="Force_Besst") + "titel: x\n"})
    upload = organizer.upload(content, "bundle")
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    manifest = zipfile.ZipFile(io.BytesIO(content)).read("competition.yaml").decode()
    body = {"upload": upload} if by == "upload" else {"manifest": manifest, "names": names}
    found = organizer.call("POST", "/bundles/check", body)
    assert found.status == 200
    told = found.body
    assert (told["version"], told["title"], told["phases"], told["tasks"], told["leaderboards"]) == ("2", "Guess", 1, 1, 1)
    assert [error["key"] for error in told["errors"]] == ["leaderboards[0].submission_rule"]
    assert "titel" in [warning["key"] for warning in told["warnings"]]
    assert {row["kind"] for row in site.rows()} == {"upload"}


def test_the_site_and_the_command_line_say_the_same(organizer: Person, tmp_path: Path) -> None:
    content = builders.bundle({"competition.yaml": builders.manifest(rule="Force_Besst") + "titel: x\n"})
    (tmp_path / "bundle.zip").write_bytes(content)
    told = organizer.call("POST", "/bundles/check", {"upload": organizer.upload(content, "bundle")}).body
    # What it would do to boards, the site alone can tell, of a competition that it is checked for.
    assert told.pop("effects") == []
    assert told == bundle.read(tmp_path / "bundle.zip") and told["errors"] and told["warnings"]


@pytest.mark.parametrize("body", [{}, {"upload": "x", "manifest": "y"}])
def test_a_check_takes_one_of_both(organizer: Person, body: dict[str, str]) -> None:
    assert organizer.call("POST", "/bundles/check", body).status == 422


def test_a_check_of_somebody_elses_upload_finds_none(organizer: Person, ada: Person) -> None:
    upload = organizer.upload(builders.bundle(), "bundle")
    assert ada.call("POST", "/bundles/check", {"upload": upload}).status == 404
