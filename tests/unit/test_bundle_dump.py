"""Dumps: what is written is read as the same, and is what Codabench reads."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings

from chalicelib.domain.bundle.check import check
from chalicelib.domain.bundle.dump import dump, for_codabench, laid_out, stand_ins_of, write_yaml
from tests.unit.manifests import NAMES as MANIFEST_NAMES
from tests.unit.manifests import board, bundle, column, manifest, phase, read, task, warnings
from tests.unit.strategies import NAMES, bundles


@given(bundles())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_dumped_is_read_as_the_same_bundle(whole):
    text = write_yaml(dump(whole))
    reading = check(text, NAMES)
    assert reading.errors == () and reading.bundle == whole
    assert write_yaml(dump(reading.bundle)) == text
    assert check(write_yaml(for_codabench(whole)), NAMES).bundle == whole


def test_defaults_are_left_out_and_what_version_2_lacks_stands_below_agon():
    written = dump(bundle(phases=[phase(agon={"is_blind": True})]))
    assert "forum_enabled" not in written and "agon" not in written
    assert written["phases"][0] == {
        "index": 0,
        "name": "P",
        "start": "2026-01-01T00:00:00+00:00",
        "tasks": [0],
        "agon": {"is_blind": True},
    }


def test_no_limit_and_none_allowed_are_told_apart():
    whole = bundle(phases=[phase(max_submissions=0, agon={"max_submissions_per_day": 0})])
    assert (whole.phases[0].max_submissions, whole.phases[0].max_submissions_per_day) == (None, 0)
    written = dump(whole)["phases"][0]
    assert written["max_submissions"] == 0 and "max_submissions_per_day" not in written
    assert written["agon"] == {"max_submissions_per_day": 0}


def test_codabench_is_shown_no_computation_that_it_does_not_know():
    ranked = column(key="r", index=1, agon={"computation": "mrr", "computation_indexes": [0]})
    written = dump(bundle(leaderboards=[board(columns=[column(), ranked])]))["leaderboards"][0]["columns"][1]
    assert "computation" not in written and written["agon"]["computation"] == "mrr"


def test_a_phase_that_begins_when_the_one_before_it_ends_is_no_conflict_for_codabench():
    whole = bundle(phases=[phase(end="2026-02-01"), phase(index=1, start="2026-02-01", end="2026-03-01")])
    first, second = for_codabench(whole)["phases"]
    assert (first["end"], first["agon"]) == ("2026-01-31T23:59:59+00:00", {"end": "2026-02-01T00:00:00+00:00"})
    assert second["end"] == "2026-03-01T00:00:00+00:00" and "agon" not in second
    assert read(for_codabench(whole)).bundle == whole


def test_an_end_that_was_changed_since_it_was_dumped_counts():
    phases = [phase(end="2026-01-20", agon={"end": "2026-02-01"})]
    assert bundle(phases=phases).phases[0].end == datetime(2026, 1, 20, tzinfo=UTC)
    assert [place for place, _ in warnings(phases=phases)] == ["phases[0].agon.end"]
    assert read(manifest(phases=[phase(agon={"end": "2026-02-01"})])).bundle.phases[0].end is None


def test_a_text_of_several_lines_is_written_as_lines():
    assert b"description: |-\n  One.\n  Two." in write_yaml(dump(bundle(description="One.\nTwo.")))


def test_a_full_dump_gives_every_file_a_name_of_its_own():
    whole = bundle(tasks=[task(), task(index=3, reference_data=...)], phases=[phase(tasks=[0, 3], starting_kit="kit.zip")])
    laid = laid_out(whole)
    assert [one.scoring_program for one in laid.tasks] == ["tasks/0/scoring_program.zip", "tasks/3/scoring_program.zip"]
    assert (laid.tasks[0].reference_data, laid.tasks[1].reference_data) == ("tasks/0/reference_data.zip", None)
    assert laid.phases[0].starting_kit == "phases/0/starting_kit.zip"
    assert (laid.pages[0].file, laid.terms, laid.image) == ("pages/0.md", "terms.md", "logo.png")
    assert laid_out(laid) == laid and replace(laid, pages=whole.pages) != laid


def test_codabench_gets_a_logo_and_terms_where_a_competition_has_none_and_they_are_nobodys_own():
    whole = bundle(image=..., terms=...)
    written, files = for_codabench(whole), stand_ins_of(whole)
    assert {written["image"], written["terms"]} == set(files)
    assert files[written["image"]].startswith(b"\x89PNG") and b"no terms of its own" in files[written["terms"]]
    reading = check(write_yaml(written), [*MANIFEST_NAMES, *files])
    assert reading.bundle == whole
    assert not [one.message for one in reading.warnings if one.key in files or one.key in ("image", "terms")]


def test_a_logo_and_terms_of_a_competitions_own_stand_as_they_are():
    whole = bundle(image="logo.png", terms="terms.md")
    assert (for_codabench(whole)["image"], for_codabench(whole)["terms"]) == ("logo.png", "terms.md")
    assert stand_ins_of(whole) == {}
