"""What a bundle may say of plain files as submissions: extensions that files can have, and nothing that could not be met."""

from typing import Any

import pytest

from chalicelib.contract import plain_files
from chalicelib.domain.bundle.dump import dump, for_codabench
from tests.unit.manifests import bundle, errors, phase, warnings


def taking(extensions: Any, **more: Any) -> dict[str, Any]:
    return phase(agon={"submission_extensions": extensions, **more})


@pytest.mark.parametrize(
    ("written", "read"),
    [(["csv", "json"], ("csv", "json")), (".CSV, json", ("csv", "json")), (["csv", ".csv"], ("csv",)), ([], ()), (None, ())],
)
def test_extensions_are_read_each_once_in_small_letters_without_a_dot(written: Any, read: tuple[str, ...]) -> None:
    assert bundle(phases=[taking(written)]).phases[0].submission_extensions == read


@pytest.mark.parametrize("written", ["*", "c s v", "../csv", "tar.gz", "", "é", "a" * 17, "\u202evsc"])
def test_what_is_no_extension_is_refused(written: str) -> None:
    (complaint,) = errors(phases=[taking([written])])
    assert complaint[0] == "phases[0].agon.submission_extensions"
    assert "is no extension. Write what stands behind the last dot of a file's name, such as csv." in complaint[1]


def test_there_are_twenty_at_most() -> None:
    (complaint,) = errors(phases=[taking([f"a{at}" for at in range(21)])])
    assert complaint[1] == "`submission_extensions` has 21 of them. Name 20 at most."


def test_a_dump_has_them_below_agon_where_codabench_passes_over_them() -> None:
    read = bundle(phases=[taking(["csv"])])
    for written in (dump(read), for_codabench(read)):
        assert written["phases"][0]["agon"] == {"submission_extensions": ["csv"]}


@pytest.mark.parametrize(
    "files",
    [
        [{"path": "submission.csv", "format": "csv", "rows": 3}],
        [{"path": "*.csv", "count": 1}],
        [{"path": "*"}],
        [{"path": "**/*.csv"}, {"path": "notes.txt", "required": False}],
    ],
)
def test_what_is_expected_can_be_that_one_file(files: list[dict[str, Any]]) -> None:
    assert bundle(phases=[taking(["csv"], expects={"files": files, "others": False})])


@pytest.mark.parametrize(
    "files",
    [
        [{"path": "predictions.csv"}],
        [{"path": "a/submission.csv"}],
        [{"path": "*.csv", "count": 2}],
        [{"path": "submission.csv"}, {"path": "submission.json"}],
        [{"path": "notes.txt", "required": False}],
    ],
)
@pytest.mark.parametrize("of_phase", [True, False])
def test_what_no_such_file_can_be_is_an_error_where_it_is_said(files: list[dict[str, Any]], of_phase: bool) -> None:
    expects = {"expects": {"files": files, "others": False}}
    given = {"phases": [taking(["csv"], **expects)]} if of_phase else {"phases": [taking(["csv"])], "agon": expects}
    ((place, message),) = errors(**given)
    assert place == ("phases[0].agon.expects" if of_phase else "agon.expects")
    assert "takes one plain file, which is called submission.csv here, and that is not what is expected." in message
    assert "Nothing could be handed in" in message


def test_an_extension_that_always_fails_is_told() -> None:
    found = warnings(phases=[taking(["csv", "json"], expects={"files": [{"path": "submission.csv"}]})])
    told = [message for place, message in found if place == "phases[0].agon.expects"]
    assert len(told) == 1 and "submission.json" in told[0] and "take its extension out" in told[0]


def test_what_a_competition_expects_of_zips_is_no_matter_of_a_phase_with_its_own() -> None:
    own = {"files": [{"path": "submission.csv"}]}
    assert bundle(agon={"expects": {"files": [{"path": "a.txt"}]}}, phases=[taking(["csv"], expects=own)])


@pytest.mark.parametrize(
    ("former", "latter", "is_told"),
    [
        (["csv"], ["csv", "json"], False),
        (["csv"], [], True),
        ([], ["csv"], True),
        (["csv", "json"], ["csv"], True),
        ([], [], False),
    ],
)
def test_what_goes_along_into_a_phase_that_takes_another_kind_is_told(former: Any, latter: Any, is_told: bool) -> None:
    first = phase(end="2026-02-01", agon={"submission_extensions": former})
    second = phase(
        name="Q", index=1, start="2026-02-01", auto_migrate_to_this_phase=True, agon={"submission_extensions": latter}
    )
    found = [message for place, message in warnings(phases=[{**first, "index": 0}, second]) if "auto_migrate" in place]
    assert bool(found) == is_told
    assert all("which go along as they are" in message for message in found)


@pytest.mark.parametrize(
    ("filename", "extension"),
    [
        ("a.csv", "csv"),
        ("a.CSV", "csv"),
        ("a.tar.gz", "gz"),
        ("csv", ""),
        ("a.", ""),
        (".csv", "csv"),
        ("a.c s", ""),
        ("", ""),
    ],
)
def test_the_extension_of_a_name_is_what_stands_behind_its_last_dot(filename: str, extension: str) -> None:
    assert plain_files.extension_of(filename) == extension


def test_a_refusal_names_what_is_taken() -> None:
    assert plain_files.refusal("a.txt", ["csv", "json", "zip"]) == (
        "This phase takes one file, .csv, .json or .zip, as it is. Yours is called a.txt."
    )
    assert plain_files.refusal("A.CSV", ["csv"]) == ""
