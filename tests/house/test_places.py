"""Each operation of the API has its place on the command line and in the console, or a line says why it has none."""

import pytest

from tests.house import places
from tests.house.places import NOT_YET

#: Of each place, how many operations may be without it for no reason but that nobody has built it. It only falls.
MOST_NOT_YET = {"command line": 0, "console": 0}
MEND = "Run `python -m tests.house.places`, and look at what it changed."


@pytest.mark.parametrize("place", MOST_NOT_YET)
def test_an_operation_without_a_place_stands_on_the_list_and_none_beside(place: str) -> None:
    missing, told = places.absences()[place], {*places.listed()[place]}
    assert (sorted(missing - told), sorted(told - missing)) == ([], []), MEND


@pytest.mark.parametrize("place", MOST_NOT_YET)
def test_no_more_is_left_out_without_a_reason_than_before(place: str) -> None:
    reasons = places.listed()[place]
    assert all(reason.strip() for reason in reasons.values())
    assert sum(reason == NOT_YET for reason in reasons.values()) <= MOST_NOT_YET[place]


def test_a_call_is_found_however_its_path_is_written() -> None:
    found = places.of_command_line(places.for_people())
    assert {
        *("competitions_show", "threads_reply", "threads_delete", "submissions_list_all"),
        *("leaderboards_read", "announcements_announce", "announcements_announce_to_site"),
    } <= found
    assert {"competitions_show", "threads_reply"} <= places.of_console(places.for_people())


@pytest.mark.parametrize(
    ("source", "is_called"),
    [
        ("def show(client): client.dumps('c')", True),
        ("import json\ndef show(client): json.dumps('c')", False),
        ("def show(dumps): print(dumps)", False),
        ("def show():\n    dumps = 1\n    return dumps", False),
        ("def show(client): ask = client.dumps", True),
    ],
)
def test_a_verb_is_called_by_what_means_it_and_not_by_what_has_its_name(source: str, is_called: bool, tmp_path) -> None:
    (tmp_path / "command.py").write_text(source)
    assert ("dumps" in places.functions(tmp_path / "command.py")[0].names) == is_called


def test_what_no_command_calls_has_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb of the client alone is none: people type commands."""
    sources = places.of_command_line
    known = places.for_people()
    everything = sources(known)
    monkeypatch.setattr(places, "COMMANDS", "nowhere")
    assert sources(known) == set() != everything
