"""Every complaint about a bundle at once, with its line and what to write instead."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.contract.limits import MAX_COMPLAINTS
from chalicelib.domain.bundle.check import check, find_manifest
from chalicelib.domain.bundle.model import Complaint
from tests.unit.manifests import NAMES, board, bundle, column, errors, manifest, phase, read, task


@pytest.mark.parametrize("version", [2, "2", 2.0])
def test_version_2_is_read_however_it_is_written(version):
    assert bundle(version=version).version == "2"


def test_a_bundle_that_forgets_its_version_is_read_as_2_when_it_looks_like_it():
    assert bundle(version=...).version == "2"


def test_another_version_is_refused_with_what_to_write():
    assert errors(version=3) == [("version", "There is no version `3`. Write `version: 2`.")]
    assert errors(version=[2])[0][0] == "version"
    assert "no `version`" in check(b"title: x\n", NAMES).warnings[-1].message


def test_all_complaints_come_at_once_each_with_file_line_and_key():
    text = b"""\
version: 2
titel: T
image: logo.png
terms: terms.md
pages:
  - title: Overview
    file: overview.md
tasks:
  - index: 0
    name: T
    scoring_program: nowhere.zip
    reference_data: reference
phases:
  - name: P
    start: soon
    max_submissions: many
    tasks: [1]
leaderboards:
  - title: Results
    key: main
    columns:
      - {title: A, key: a, index: 0, sorting: up}
"""
    reading = check(text, [f"my/{name}" for name in NAMES], "my/competition.yaml", "my/")
    assert {complaint.file for complaint in reading.errors} == {"my/competition.yaml"}
    assert sorted((complaint.line, complaint.key) for complaint in reading.errors) == [
        (1, "title"),
        (11, "tasks[0].scoring_program"),
        (15, "phases[0].start"),
        (16, "phases[0].max_submissions"),
        (17, "phases[0].tasks"),
        (22, "leaderboards[0].columns[0].sorting"),
    ]
    assert [(complaint.line, complaint.key) for complaint in reading.warnings] == [(2, "titel")]
    assert "Did you mean `title`?" in reading.warnings[0].message


def test_too_many_complaints_are_counted():
    reading = read(manifest(**{f"x{number}": 1 for number in range(MAX_COMPLAINTS + 50)}))
    assert len(reading.warnings) == MAX_COMPLAINTS + 1
    assert reading.warnings[-1].message.startswith("There are 50 more.")


def test_a_file_that_is_no_mapping_is_told():
    for content in (b"", b"x", b"- a\n- b\n", b"null"):
        assert "no keys" in check(content, NAMES).errors[0].message


def test_a_file_that_is_no_yaml_is_told_with_its_line():
    assert check(b"version: 2\ntitle: [\n", NAMES).errors[0].line == 3


def test_the_manifest_is_found_at_the_root():
    assert find_manifest(["a.txt", "competition.yaml", "x/competition.yaml"]) == ("competition.yaml", "", ())
    assert find_manifest(["./competition.yaml", "./a.txt"]) == ("./competition.yaml", "./", ())
    assert find_manifest(["competition.yml"]) == ("competition.yml", "", ())


def test_a_wrapping_folder_is_a_warning_and_an_operating_systems_litter_is_none():
    names = ["my/", "my/competition.yaml", "my/logo.png", "__MACOSX/my/._x", ".DS_Store"]
    path, prefix, [complaint] = find_manifest(names)
    assert (path, prefix) == ("my/competition.yaml", "my/")
    assert isinstance(complaint, Complaint) and "folder `my/`" in complaint.message


def test_two_manifests_side_by_side_are_told():
    path, _, [complaint] = find_manifest(["competition.yml", "competition.yaml"])
    assert path == "competition.yaml" and complaint.file == "competition.yml"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "no competition.yaml"),
        (["a/competition.yaml", "b/x"], "There is `a/competition.yaml`: it must stand at the root."),
        (["a/b/competition.yaml"], "There is `a/b/competition.yaml`"),
        (["Competition.YAML"], "it must be called `competition.yaml`."),
        (["a/Competition.YML"], "it must be called `competition.yaml` and stand at the root."),
    ],
)
def test_an_archive_without_a_manifest_says_what_to_do(names, words):
    path, prefix, [complaint] = find_manifest(names)
    assert (path, prefix) == (None, "")
    assert words in complaint.message and "zip -r" in complaint.message


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(b"version: 2\n".__add__)),
    st.lists(st.text("ab/.", max_size=9)),
)
def test_check_raises_for_no_bytes_and_no_names(content, names):
    find_manifest(names)
    reading = check(content, names)
    assert (reading.bundle is None) == bool(reading.errors)


LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.text("ab0-/:", max_size=12), st.dates().map(str))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_check_raises_for_no_value_anywhere(data):
    content = manifest()
    keys = ["tasks", "phases", "leaderboards", "pages", "title", "fact_sheet", "solutions", "image", "forum_enabled"]
    content[data.draw(st.sampled_from(keys))] = data.draw(TREES)
    for part, options in (("tasks", list(task()) + ["input_data"]), ("phases", list(phase()) + ["end", "max_submissions"])):
        if isinstance(content[part], list) and content[part] and isinstance(content[part][0], dict):
            content[part][0][data.draw(st.sampled_from(options))] = data.draw(TREES)
    content["leaderboards"] = [board(columns=[column(**{data.draw(st.sampled_from(list(column()))): data.draw(TREES)})])]
    reading = read(content)
    assert (reading.bundle is None) == bool(reading.errors)


def test_a_summary_counts_the_parts_and_lists_the_complaints_even_of_what_cannot_be_read():
    told = read(manifest(titel="T")).summary()
    assert {key: told[key] for key in ("version", "title", "phases", "tasks", "leaderboards", "errors")} == {
        **{"version": "2", "title": "T", "phases": 1, "tasks": 1, "leaderboards": 1, "errors": []},
    }
    assert [(one["file"], one["line"], one["key"]) for one in told["warnings"]] == [("competition.yaml", 25, "titel")]
    broken = check(b"[", NAMES).summary()
    assert (broken["version"], broken["title"], broken["phases"], len(broken["errors"])) == (None, None, 0, 1)
