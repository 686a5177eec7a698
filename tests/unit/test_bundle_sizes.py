"""What a whole bundle may come to: each limit at its edge, and no dump that could not be read again."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.actions.library import bundle_files
from chalicelib.contract import limits
from chalicelib.domain.bundle import dump, sizes
from chalicelib.domain.bundle.check import check, check_task, check_values
from chalicelib.domain.bundle.expected import Constraints, Expectations, ExpectedField, ExpectedFile
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.bundle.model import Bundle, DatasetKey, Page, Phase, Solution, Task
from chalicelib.store.competitions import definition
from tests.unit import strategies
from tests.unit.manifests import NAMES, board, bundle, column, manifest, phase, task

WHOLE = bundle()
KEY = DatasetKey("0" * 26)


def test_the_limits_fit_into_what_the_table_takes():
    # An update stores the competition, its phases, those that go, the marks of all boards, what is replaced, and its end.
    assert 3 * limits.MAX_PHASES + 3 <= limits.TRANSACTION_ITEMS
    # A submission, its runs, and what is counted of each.
    assert 2 * limits.MAX_TASKS_OF_A_PHASE + 10 <= limits.TRANSACTION_ITEMS
    assert limits.MAX_ROW_BYTES + 400 * limits.MAX_ORIGINALS <= limits.ITEM_BYTES
    assert limits.MAX_PROGRESS_BYTES + 2 * limits.MAX_COMPLAINTS_BYTES + 10_000 <= limits.ITEM_BYTES


def told(whole: Bundle) -> list[str]:
    return [place for place, _ in sizes.judge(whole)]


def repeated(part, count: int) -> tuple:
    return tuple(replace(part, index=index) for index in range(count))


def described(count: int, letters: str, each: int) -> Bundle:
    return replace(
        WHOLE, phases=tuple(replace(one, description=f"A{letters * each}Z") for one in repeated(WHOLE.phases[0], count))
    )


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("phases", limits.MAX_PHASES),
        ("tasks", limits.MAX_TASKS),
        ("leaderboards", limits.MAX_LEADERBOARDS),
        ("solutions", limits.MAX_SOLUTIONS),
        ("pages", limits.MAX_PAGES),
    ],
)
def test_a_competition_has_so_many_parts_and_not_one_more(name, most):
    parts = {"solutions": Solution(0, (0,), key=KEY), "pages": Page("P", "a.md")}
    part = parts.get(name) or getattr(WHOLE, name)[0]
    many = [(part,) * count if name == "pages" else repeated(part, count) for count in (most, most + 1)]
    assert [told(replace(WHOLE, **{name: some})) for some in many] == [[], [name]]


def test_a_leaderboard_has_so_many_columns_and_not_one_more():
    for count, places in ((limits.MAX_COLUMNS, []), (limits.MAX_COLUMNS + 1, ["leaderboards[0].columns"])):
        columns = repeated(WHOLE.leaderboards[0].columns[0], count)
        assert told(replace(WHOLE, leaderboards=(replace(WHOLE.leaderboards[0], columns=columns),))) == places


def test_files_of_the_library_count_like_those_of_the_bundle():
    files = len(sizes._files(WHOLE))
    assets = tuple(f"assets/{number}" for number in range(limits.MAX_FILES - files))
    assert told(replace(WHOLE, assets=assets)) == []
    with_key = replace(WHOLE, assets=assets, solutions=(Solution(0, (0,), key=KEY),))
    assert "1,001 files; 1,000 are kept" in next(sizes.judge(with_key))[1]


@given(strategies.bundles(), st.text(max_size=500))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_row_takes_no_more_than_was_reckoned(whole, text):
    whole = replace(whole, description=text, assets=("assets/a.png", "assets/" + "b" * 300), tasks=_without_keys(whole))
    pieces = [*bundle_files.texts(whole), *bundle_files._data(whole)]
    longest = {"object_key": "0" * 68, "sha256": "0" * 64, "size_bytes": 10**11, "format": "markdown"}
    refs = {
        piece.place: {
            **longest,
            "object_key": "0" * 68 + piece.suffix,
            **({"dataset": "0" * 26} if piece.is_dataset else {"file": piece.path}),
        }
        for piece in pieces
    }
    placed = bundle_files.placed(whole, refs, {str(piece.path): refs[piece.place] for piece in pieces})
    rows = [definition.competition_of(whole, placed)]
    rows += [phase.attribute_values for phase in definition.phases_of("0" * 26, whole, placed)]
    with pytest.MonkeyPatch.context() as patch:
        for row, place in zip(rows, ["", *("phases" for _ in whole.phases)], strict=True):
            patch.setattr(limits, "MAX_ROW_BYTES", stored_bytes(row) + 500)
            assert place in told(whole)
    assert told(replace(whole, description="🙂" * 100_000)) == [""]
    assert told(described(1, "🙂", 100_000)) == ["phases"]


def _without_keys(whole: Bundle) -> tuple[Task, ...]:
    return tuple(replace(one, key=None) for one in whole.tasks)


def stored_bytes(row: dict[str, object]) -> int:
    """What DynamoDB counts of what a bundle decides: names of attributes, texts in UTF-8, and the rest as JSON."""
    values = [value if isinstance(value, str) else json.dumps(value, default=str) for value in row.values()]
    return sum(len(text.encode()) for text in (*row, *values))


def test_all_phases_together_must_fit_into_one_manifest():
    assert told(described(10, "a", 99_998)) == []
    assert told(described(11, "a", 100_000)) == [""]


@pytest.mark.parametrize("letter", ["a", "é", "🙂", "\n", '"', "\x07", "\x7f", "\ufeff", "\x85", "a\n", " #"])
def test_the_largest_that_is_kept_is_dumped_to_what_can_be_read_again(letter, monkeypatch):
    # A tenth of the real limit: writing and reading a megabyte takes seconds.
    monkeypatch.setattr(limits, "MANIFEST_BYTES", 100_000)
    each = 2_500 // len(letter)
    most = next(count for count in range(limits.MAX_PHASES, 0, -1) if not told(described(count, letter, each)))
    whole = replace(described(most, letter, each), version="2")
    document = dump.for_codabench(dump.laid_out(whole))
    text = dump.write_yaml(document)
    assert len(text) <= limits.MANIFEST_BYTES
    again = check(text, [*NAMES, "pages/0.md", "tasks/0/scoring_program.zip", "tasks/0/reference_data.zip"])
    assert [one.description for one in again.bundle.phases] == [one.description for one in whole.phases]


def test_more_values_than_a_dump_could_say_are_told():
    named = tuple(range(100))
    columns = (
        *(Column(f"p{at}", "P", at) for at in named),
        *(Column(f"c{at}", "C", at, computation="avg", computation_indexes=named) for at in range(100, 200)),
    )
    boards = tuple(Leaderboard(at, "B", f"b{at}", columns=columns) for at in range(5))
    assert "values" in " ".join(message for _, message in sizes.judge(replace(WHOLE, leaderboards=boards)))


@given(strategies.bundles(), st.text(max_size=300))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_tight_manifest_is_no_longer_than_was_reckoned(whole, text):
    assert_reckoned(replace(whole, description=text, reward=text or None))


def test_numbers_that_yaml_writes_longer_are_reckoned_so():
    for number in (1e20, 1e-7):
        fields = tuple(ExpectedField(str(at), "number", Constraints(maximum=number)) for at in range(50))
        files = (ExpectedFile("a.csv", format="csv", fields=fields),)
        assert_reckoned(replace(WHOLE, expects=Expectations(files)))


def assert_reckoned(whole: Bundle) -> None:
    document = dump.for_codabench(dump.laid_out(whole))
    tight = dump._written(document, dump._TightDumper, width=float("inf"), default_flow_style=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "MANIFEST_BYTES", len(tight.encode()) - 2)
        assert any("as one file" in message for _, message in sizes.judge(whole))


def test_the_check_and_the_editors_reader_tell_it():
    many = manifest(phases=[phase(index=at, start=f"20{at + 10}-01-01", end=f"20{at + 10}-12-31") for at in range(31)])
    [complaint] = check_values(many, NAMES).errors
    assert complaint.key == "phases" and "30 phases at most" in complaint.message
    broad = manifest(leaderboards=[board(columns=[column(key=f"c{at}", index=at) for at in range(201)])])
    assert [one.key for one in check_values(broad, NAMES).errors] == ["leaderboards[0].columns"]


def test_a_task_by_itself_fits_into_a_row():
    text = b"name: T\nscoring_program: {zip: a.zip}\ndescription: " + "🙂".encode() * 100_000
    [complaint] = check_task(text, ["a.zip"]).errors
    assert "350,000 are kept" in complaint.message
    assert [*sizes.judge_task(Task(0, "T", "a" * 100_000))] == []


def test_complaints_are_kept_whatever_they_quote():
    reading = check_values(manifest(**{f"{number}{'漢' * 5000}": 1 for number in range(300)}), NAMES)
    assert len(str([asdict(one) for one in reading.warnings]).encode()) < limits.MAX_COMPLAINTS_BYTES + 1000
    assert 5 < len(reading.warnings) < 200 and "There are" in reading.warnings[-1].message


def test_phases_that_only_version_1_knows_come_back_from_a_dump():
    starts = [datetime(year, 1, 1, tzinfo=UTC) for year in (2025, 2026)]
    odd = [
        Phase(0, "No time", starts[1], starts[0], (0,)),
        Phase(1, "On and on", starts[0], None, (0,)),
        Phase(2, "Last", starts[1], None, (0,)),
    ]
    whole = replace(WHOLE, phases=tuple(odd))
    again = check(dump.write_yaml(dump.for_codabench(whole)), NAMES)
    assert again.errors == (), again.errors
    assert [(one.name, one.end is None) for one in again.bundle.phases] == [
        ("No time", False),
        ("On and on", True),
        ("Last", True),
    ]
    assert dump.dump(again.bundle) == dump.dump(whole)


def test_never_ends_is_said_of_what_has_no_end():
    reading = check_values(manifest(phases=[phase(end="2027-01-01", agon={"never_ends": True})]), NAMES)
    assert reading.bundle.phases[0].never_ends is False
    assert "phases[0].agon.never_ends" in [one.key for one in reading.warnings]
    assert check_values(manifest(phases=[phase(), phase(index=1)], tasks=[task()]), NAMES).errors[0].key == "phases[0].end"
