"""What must hold between the parts of a bundle."""

import pytest

from tests.unit.manifests import board, bundle, column, errors, manifest, phase, read, task, warnings


@pytest.mark.parametrize("key", ["tasks", "phases", "leaderboards"])
@pytest.mark.parametrize("value", [..., None, [], "x", 1, {"a": 1}, ["x"], [[1]]])
def test_a_bundle_needs_tasks_phases_and_leaderboards(key, value):
    keys = [found for found, _ in errors(**{key: value}, version=2)]
    assert keys.count(key) <= 1 and any(found.startswith(key) for found in keys)


def test_leaderboard_in_the_singular_is_told():
    reading = read(manifest(leaderboards=..., leaderboard=[board()]))
    assert [complaint.key for complaint in reading.errors] == ["leaderboards"]
    assert "here it stands as `leaderboards`" in reading.warnings[0].message


def test_phases_are_put_in_the_order_of_their_indexes_and_numbered_anew():
    late, early = phase(index=7, name="late", start="2026-03-01"), phase(index=3, name="early", end="2026-02-01")
    phases = bundle(phases=[late, early]).phases
    assert [(found.index, found.name) for found in phases] == [(0, "early"), (1, "late")]


def test_a_complaint_about_a_phase_points_to_where_it_was_written():
    late, early = phase(index=7, name="late", start="2026-03-01"), phase(index=3, name="early")
    assert errors(phases=[late, early])[0][0] == "phases[1].end"


def test_a_scoring_program_with_a_participants_code_beside_it_is_told_to_trust_nothing_there():
    beside = task(ingestion_program="program", ingestion_only_during_scoring=True)
    [(key, message)] = warnings(tasks=[beside])
    assert key == "tasks[0].ingestion_only_during_scoring" and "follow no links" in message
    assert warnings(tasks=[task(ingestion_only_during_scoring=True)]) == []


def test_an_ingestion_program_that_never_runs_is_told():
    code, results = task(ingestion_program="program"), phase(accepts_only_result_submissions=True)
    [(key, message)] = warnings(tasks=[code], phases=[results])
    assert key == "phases[0].accepts_only_result_submissions" and "never runs" in message
    assert warnings(tasks=[code]) == [] and warnings(phases=[results]) == []


def test_only_the_last_phase_may_go_without_an_end():
    [(key, message)] = errors(phases=[phase(), phase(index=1, start="2026-02-01")])
    assert key == "phases[0].end" and "Only the last phase" in message


@pytest.mark.parametrize("end", ["2025-12-31", "2026-01-01"])
def test_a_phase_that_never_opens_is_told_with_both_dates_and_kept(end):
    [(key, message)] = warnings(phases=[phase(end=end)])
    assert key == "phases[0].end" and f"{end} 00:00 UTC" in message and "begins on 2026-01-01 00:00 UTC" in message
    assert bundle(phases=[phase(end=end)]).phases[0].end is not None


def test_a_date_that_could_be_read_in_two_ways_is_told_with_both():
    [(key, message)] = warnings(phases=[phase(start="05/06/2026")])
    assert key == "phases[0].start" and "month first, as 2026-05-06 00:00 UTC" in message and "or 2026-06-05" in message
    assert warnings(phases=[phase(start="05/13/2026")]) == []


def test_a_phase_that_never_opens_by_a_misread_date_is_told_what_was_read_and_how_else_it_could_be():
    told = warnings(phases=[phase(start="05/06/2026", end="01/07/2026")])
    assert [key for key, _ in told] == ["phases[0].start", "phases[0].end", "phases[0].end"]
    messages = " ".join(message for _, message in told)
    assert "it ends on 2026-01-07 00:00 UTC, and begins on 2026-05-06 00:00 UTC" in messages
    assert "or 2026-06-05 if" in messages and "or 2026-07-01 if" in messages


def test_phases_that_overlap_are_a_warning_when_both_have_an_end_and_an_error_otherwise():
    first, second = phase(end="2026-03-01"), phase(index=1, start="2026-02-01", end="2026-04-01")
    assert [key for key, _ in warnings(phases=[first, second])] == ["phases[1].start"]
    assert [key for key, _ in errors(phases=[first, second | {"end": None}])] == ["phases[1].start"]


def test_a_phase_may_begin_when_the_one_before_it_ends():
    assert warnings(phases=[phase(end="2026-02-01"), phase(index=1, start="2026-02-01")]) == []


def test_nothing_migrates_to_the_first_phase():
    reading = read(manifest(phases=[phase(auto_migrate_to_this_phase=True)]))
    assert [complaint.key for complaint in reading.warnings] == ["phases[0].auto_migrate_to_this_phase"]
    assert reading.bundle is not None and not reading.bundle.phases[0].auto_migrate_to_this_phase


def test_an_unreadable_date_is_told_once_with_an_example():
    found = errors(phases=[phase(end="soon"), phase(index=1, start="2027-01-01")])
    assert [key for key, _ in found] == ["phases[0].end"] and "2026-05-29" in found[0][1]


def test_a_phase_names_tasks_that_exist_and_a_task_is_used():
    assert errors(phases=[phase(tasks=[0, 4])])[0][0] == "phases[0].tasks"
    assert errors(phases=[phase(tasks=[])])[0][0] == "phases[0].tasks"
    assert warnings(tasks=[task(), task(index=1)])[0][0] == "tasks[1]"


def test_indexes_and_keys_are_unique():
    assert {key for key, _ in errors(tasks=[task(), task()])} == {"tasks[0].index", "tasks[1].index"}
    twice = board(columns=[column(), column(index=1)])
    keys = {key for key, _ in errors(leaderboards=[twice])}
    assert keys == {"leaderboards[0].columns[0].key", "leaderboards[0].columns[1].key"}
    assert {key for key, _ in errors(leaderboards=[board(), board()])} == {"leaderboards[0].key", "leaderboards[1].key"}


@pytest.mark.parametrize(
    ("indexes", "words"),
    [
        ([1], "names itself"),
        ([7], "index 7, which no column has"),
        ([2], "names `z`, which is computed itself"),
        (None, "names no columns"),
        (["x"], "Write a list of numbers"),
    ],
)
def test_a_computed_column_is_made_of_plain_ones(indexes, words):
    columns = [
        column(),
        column(key="y", index=1, computation="avg", computation_indexes=indexes),
        column(key="z", index=2, computation="max", computation_indexes=[0]),
    ]
    [(key, message)] = errors(leaderboards=[board(columns=columns)])
    assert key == "leaderboards[0].columns[1].computation_indexes" and words in message


def test_a_primary_index_that_no_column_has_gives_way_to_the_first_one():
    [(key, message)] = warnings(leaderboards=[board(primary_index=5)])
    assert key == "leaderboards[0].primary_index" and "the first column ranks" in message
    assert bundle(leaderboards=[board(primary_index=5, columns=[column(index=3)])]).leaderboards[0].primary_index == 3
    assert bundle(leaderboards=[board(columns=[column(index=3)])]).leaderboards[0].primary_index == 3


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"end": "2026-03-01", "agon": {"freeze_board_at": "2026-03-01"}}, "freeze_board_at"),
        ({"end": "2026-03-01", "agon": {"freeze_board_at": "2025-12-31"}}, "freeze_board_at"),
        ({"agon": {"freeze_board_at": "2026-02-01"}}, "freeze_board_at"),
        ({"agon": {"final_board_from": {"phase": 0}}}, "final_board_from"),
        ({"end": "2026-03-01", "agon": {"final_board_from": {}}}, "final_board_from"),
        ({"end": "2026-03-01", "agon": {"final_board_from": {"phase": 0}}}, "final_board_from.phase"),
        ({"end": "2026-03-01", "agon": {"final_board_from": {"phase": 7}}}, "final_board_from.phase"),
        ({"end": "2026-03-01", "agon": {"final_board_from": {"task": 0}}}, "final_board_from.task"),
        ({"end": "2026-03-01", "agon": {"final_board_from": {"task": 0, "phase": 1}}}, "final_board_from"),
    ],
)
def test_a_board_freezes_while_its_phase_is_open_and_its_final_one_comes_from_elsewhere(changes, key):
    assert f"phases[0].agon.{key}" in [found for found, _ in errors(phases=[phase(**changes)])]


def test_a_final_board_may_be_that_of_another_phase_which_should_be_blind():
    first = phase(end="2026-03-01", agon={"final_board_from": {"phase": 1}, "freeze_board_at": "2026-02-28 12:00"})
    second = phase(index=1, start="2026-03-01")
    assert [key for key, _ in warnings(phases=[first, second])] == ["phases[0].agon.final_board_from.phase"]
    assert warnings(phases=[first, second | {"agon": {"is_blind": True}}]) == []


def test_a_final_board_may_be_that_of_one_of_several_tasks():
    tasks = [task(), task(index=1)]
    final = bundle(tasks=tasks, phases=[phase(end="2026-03-01", tasks=[0, 1], agon={"final_board_from": {"task": 1}})])
    assert final.phases[0].final_board_from is not None and final.phases[0].final_board_from.task == 1


def _split(**final: object) -> list[dict]:
    """A phase that ends, and another, with settings of the first."""
    return [phase(end="2026-03-01", agon=final), phase(index=1, start="2026-03-01")]


PUBLIC, PRIVATE = board(), board(key="private", title="Private", hidden=True, columns=[column(key="test")])


def test_a_board_may_be_of_some_phases_alone():
    first, second = board(agon={"phases": [0]}), board(key="second", agon={"phases": "1"})
    found = bundle(phases=_split(), leaderboards=[first, second, PRIVATE])
    assert [one.phases for one in found.leaderboards] == [(0,), (1,), ()]


@pytest.mark.parametrize(
    ("boards", "place", "words"),
    [
        ([board(agon={"phases": [0, 7]})], "leaderboards[0].agon.phases", "no phase 7. Write the indexes of some of: 0, 1"),
        ([board(agon={"phases": ["x"]})], "leaderboards[0].agon.phases", "Write a list of numbers"),
        ([board(agon={"phases": [0]})], "phases[1]", "has no leaderboard. Add 1 to the `phases` of one"),
    ],
)
def test_boards_name_phases_that_there_are_and_each_phase_has_a_board(boards, place, words):
    found = dict(errors(phases=_split(), leaderboards=boards))
    assert words in found[place]


def test_a_final_board_may_be_a_hidden_one_of_the_same_runs():
    final = {"final_board_from": {"leaderboard": 1}}
    read = bundle(phases=_split(**final), leaderboards=[PUBLIC, PRIVATE])
    assert read.phases[0].final_board_from is not None and read.phases[0].final_board_from.leaderboard == 1
    assert warnings(phases=_split(**final), leaderboards=[PUBLIC, PRIVATE]) == []


@pytest.mark.parametrize(
    ("index", "boards", "words"),
    [
        (0, [PUBLIC], "Add a hidden one to `leaderboards`"),
        (7, [PUBLIC, PRIVATE], "Write one of: 0, 1."),
        (1, [PUBLIC, PRIVATE | {"agon": {"phases": [1]}}], "Add a hidden one"),
    ],
)
def test_the_final_board_is_one_of_several_that_the_phase_has(index, boards, words):
    found = dict(errors(phases=_split(final_board_from={"leaderboard": index}), leaderboards=boards))
    assert words in found["phases[0].agon.final_board_from.leaderboard"]


@pytest.mark.parametrize(
    ("final", "words"),
    [
        (PRIVATE | {"hidden": False}, "shows its scores before this phase is over"),
        (PRIVATE | {"columns": [column()]}, "it is one score, and no secret"),
        (PRIVATE | {"agon": {"own_scores": True}}, "tells nobody anything of it before"),
    ],
)
def test_a_final_board_that_is_no_secret_is_told(final, words):
    [(place, message)] = warnings(phases=_split(final_board_from={"leaderboard": 1}), leaderboards=[PUBLIC, final])
    assert place == "phases[0].agon.final_board_from.leaderboard" and words in message


def test_a_key_that_two_boards_of_a_phase_compute_otherwise_is_told_and_titles_may_be_equal():
    def mean(key, of):
        first, second = column(key=of, index=0), column(key=f"{of}2", index=1)
        total = column(key=key, title="Mean", index=2, computation="avg", computation_indexes="0,1")
        return board(key=of, columns=[first, second, total])

    [(place, message)] = warnings(leaderboards=[mean("mean", "dev"), mean("mean", "test")])
    assert place == "leaderboards[1].columns" and "Give this column a key of its own" in message
    assert warnings(leaderboards=[mean("dev_mean", "dev"), mean("test_mean", "test")]) == []
    # A board of another phase may mean another thing by it, and the same column may stand on two boards.
    split = [{**mean("mean", of), "agon": {"phases": [at]}} for at, of in enumerate(("dev", "test"))]
    assert warnings(phases=_split(), leaderboards=split) == []
    assert warnings(leaderboards=[board(), board(key="again")]) == []


def test_participants_may_choose_some_of_their_submissions():
    assert bundle(phases=_split(final_selection=2)).phases[0].final_selection == 2
    assert bundle(phases=_split()).phases[0].final_selection is None


@pytest.mark.parametrize("number", [0, 11, -1, "two"])
def test_they_choose_one_to_ten(number):
    [(place, message)] = errors(phases=_split(final_selection=number))
    assert place == "phases[0].agon.final_selection" and "from 1 to 10" in message


def test_there_is_nothing_to_choose_where_everything_is_on_the_board():
    [(place, _)] = errors(phases=_split(final_selection=2, submission_rule="Force_Latest_Multiple"))
    assert place == "phases[0].agon.final_selection"


def test_a_choice_that_never_counts_is_told():
    never = warnings(phases=[phase(agon={"final_selection": 2})])
    assert [place for place, _ in never] == ["phases[0].agon.final_selection"]
    [first, second] = _split(final_selection=2, final_board_from={"phase": 1})
    elsewhere = warnings(phases=[first, second | {"agon": {"is_blind": True}}])
    assert [place for place, _ in elsewhere] == ["phases[0].agon.final_selection"]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe", "/etc/passwd", "../../etc/passwd", "Europe/", "a" * 99])
def test_a_time_zone_that_there_is_not_is_an_error(zone):
    assert [key for key, _ in errors(agon={"timezone": zone})] == ["agon.timezone"]


def test_limits_and_pauses_of_a_phase_are_read():
    limits = {"max_submissions_per_month": 0, "min_interval_seconds": 60, "max_concurrent_submissions": 2}
    read = bundle(agon={"timezone": "Europe/Paris"}, phases=[phase(agon={**limits, "paused": True, "migrate": "best"})])
    found = read.phases[0]
    assert read.timezone == "Europe/Paris"
    assert (found.max_submissions_per_month, found.min_interval_seconds, found.max_concurrent_submissions) == (0, 60, 2)
    assert (found.paused, found.migrate) == (True, "best")


def errors_of(*columns, **board_keys):
    return errors(
        leaderboards=[board(columns=[column(index=at, key=f"k{at}", **one) for at, one in enumerate(columns)], **board_keys)]
    )


@pytest.mark.parametrize("of", [7, 1])
def test_an_error_is_of_a_score_that_there_is(of):
    [(key, message)] = errors_of({}, {"agon": {"error_of": of}})
    assert key == "leaderboards[0].columns[1].agon.error_of" and f"No score has the index {of}" in message


def test_an_error_has_no_error_and_a_score_has_one():
    assert "No score has the index 1" in errors_of({}, {"agon": {"error_of": 0}}, {"agon": {"error_of": 1}})[0][1]
    both = errors_of({}, {"agon": {"error_of": 0}}, {"agon": {"error_of": 0}})
    assert [message for _, message in both] == ["The score `k0` has several errors. Leave it one."] * 2


def test_an_error_of_a_hidden_score_is_hidden_too_and_ranks_nobody():
    [(key, message)] = errors_of({"hidden": True}, {"agon": {"error_of": 0}})
    assert key == "leaderboards[0].columns[1].hidden" and "is hidden, and this error of it is not" in message
    hidden = [column(key="a", hidden=True), column(key="b", index=1, hidden=True, agon={"error_of": 0})]
    assert bundle(leaderboards=[board(columns=hidden)]).leaderboards[0].columns[1].error_of == 0
    [(key, message)] = errors_of({}, {"agon": {"error_of": 0}}, primary_index=1)
    assert key == "leaderboards[0].primary_index" and "ranks nobody" in message


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "ftp://a.example", "a.example", "https://", "https://u:p@a.example", "https://a.example/ b",
     "https://a.example:x", "https://[a", 'https://a.example/"onclick=x'],
)  # fmt: skip
def test_a_sponsors_name_leads_to_addresses_of_the_web_alone(url):
    [(key, message)] = errors(agon={"sponsors": [{"name": "A", "url": url}]})
    assert key == "agon.sponsors[0].url" and "begins with https://" in message


def test_sponsors_have_names_and_are_not_too_many():
    assert [(one.name, one.url) for one in bundle(agon={"sponsors": [{"name": "A"}]}).sponsors] == [("A", None)]
    assert errors(agon={"sponsors": [{"url": "https://a.example"}]})[0][0] == "agon.sponsors[0].name"
    assert bundle(agon={"sponsors": [{"name": "A\u202eB"}]}).sponsors[0].name == "AB"
    assert "Keep the best 30" in errors(agon={"sponsors": [{"name": "A"}] * 31})[0][1]
