"""Dumps are lossless: what was imported comes back, and comes back the same again."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import boto3
import pytest
import yaml

from agon import archive, templates
from chalicelib import settings
from chalicelib.domain.bundle.check import check
from tests import builders
from tests.api.conftest import Person, Site, sender
from tests.unit import codabench
from tests.unit.test_bundle_v1 import BOARD, TOP, WHOLE_PHASE, WHOLE_TOP

RICH = """\
version: 2
title: "Everything: at once"
description: |
  Two lines,

  and an umlaut: ü.
image: pictures/logo.PNG
terms: legal/terms.html
registration_auto_approve: true
docker_image: python:3.12@sha256:0000000000000000000000000000000000000000000000000000000000000000
make_programs_available: true
make_input_data_available: true
enable_detailed_results: true
show_detailed_results_in_submission_panel: false
show_detailed_results_in_leaderboard: false
auto_run_submissions: false
can_participants_make_submissions_public: false
forum_enabled: false
competition_type: benchmark
reward: $100
contact_email: a@b.example
fact_sheet:
  method: {key: method, type: text, title: Method, selection: "", is_required: "true", is_on_leaderboard: "false"}
pages:
  - {title: Überblick, file: overview.md}
  - {title: Data, file: data.html, agon: {participants_only: true}}
tasks:
  - index: 7
    name: First
    scoring_program: scoring_program/
    reference_data: reference.zip
    input_data: input/
    ingestion_program: ingestion.zip
    ingestion_only_during_scoring: true
    description: What is to be done.
    agon:
      network: [ingestion]
      confidential_data: []
      scoring_image: a/b:1
      ingestion_image: c/d:2
      contract: "1"
      score_failed_predictions: false
      requires: {cpus: 2, gpus: 1, memory_bytes: 1000, labels: [a100]}
      judging:
        column: x
        guidelines: Be kind.
        judgements_per_submission: 5
        publish_at_once: false
        criteria: [{key: clear, title: Clear, description: Is it?, scale: [0, 10], weight: 2}]
  - {index: 3, name: Second, scoring_program: scoring_program/, agon: {judging: {column: y, kind: pairwise}}}
solutions:
  - {index: 0, tasks: [7], path: solution.zip, name: Mine, description: It works.}
phases:
  - index: 0
    name: One
    start: 2026-01-01T13:14:15+02:00
    end: 2026-01-01 18:00
    tasks: [7]
    max_submissions_per_day: 0
    starting_kit: kit/
    public_data: public.zip
    description: The first.
    execution_time_limit: 90
    hide_output: true
    hide_prediction_output: true
    hide_score_output: true
    accepts_only_result_submissions: true
    agon:
      max_submissions: 0
      is_blind: true
      freeze_board_at: 2026-01-01T12:00:00Z
      final_board_from: {phase: 1}
      submission_rule: Force_Last
      max_submission_bytes: 1000000
      max_participant_bytes: 2000000
      max_submissions_per_month: 30
      min_interval_seconds: 60
      max_concurrent_submissions: 2
      paused: true
      migrate: best
      keeps_best_and_last_only: true
      licence_at_end: CC-BY-4.0
      submission_extensions: [tsv]
      allowed_addresses: [lab.example, eve@uni.example]
      docker_image: e/f:3
      color: blue
      judging_start: 2026-01-02
      expects: {others: false, max_files: 9, files: [{path: "*.tsv", format: tsv, header: false, fields: [{name: label}]}]}
      judging_end: 2026-01-03
      downloads: [{name: More, url: "https://data.example", description: All of it.}]
  - index: 1
    name: Two
    start: 2026-01-01 18:00
    end: 2026-02-01
    tasks: [3, 7]
    auto_migrate_to_this_phase: true
  - index: 2
    name: Three
    start: 2026-02-01
    end: 2026-03-01
    tasks: [3, 7]
    agon: {final_board_from: {task: 7}, final_selection: 2}
  - {index: 3, name: Four, start: 2026-03-01, end: 2026-04-01, tasks: [3], agon: {final_board_from: {leaderboard: 1}}}
  - {index: 4, name: Five, start: 2026-04-01, tasks: [3], agon: {never_ends: true}}
leaderboards:
  - title: Results
    key: main
    primary_index: 1
    submission_rule: Force_Best
    agon: {tie_break_indexes: [], own_scores: true, column_groups: [{key: g, title: G, index: 0}]}
    columns:
      - {title: A, key: a, index: 0, sorting: asc, precision: 5, hidden: true, agon: {group: g}}
      - {title: R, key: r, index: 1,
         agon: {computation: weighted_dense_rank, computation_indexes: [0], computation_weights: [0.5]}}
  - title: Other
    key: other
    hidden: true
    agon: {phases: [0, 1, 2, 3]}
    columns:
      - {title: X, key: x, index: 0, computation: null, agon: {former_keys: [z]}}
      - {title: Y, key: y, index: 1, agon: {error_of: 0}}
agon:
  sponsors: [{name: A, url: "https://a.example/b?c=d"}, {name: B}]
  start: 2025-12-01
  anonymous_leaderboard: true
  max_submission_bytes: 3000000
  admin_names: [ada]
  enable_teams: true
  require_team_approval: false
  allow_organizer_teams: true
  max_team_members: 3
  team_merges: always
  team_merge_deadline: 2029-06-01
  show_team_names: true
  show_downloads: false
  requires: {labels: [fast]}
  timezone: Europe/Paris
  paused: true
  archived: true
  tags: [Computer vision, 図]
  slug: everything-2027
  allowed_addresses: [uni.example, ada@lab.example]
  refused_addresses: [students.uni.example]
  registration_questions:
    lab: {key: lab, type: text, title: Lab, selection: "", is_required: "true", is_on_leaderboard: "false"}
  expects:
    files:
      - path: predictions.csv
        description: One row for each of test.csv.
        max_bytes: 1000000
        format: csv
        rows: 72
        fields_match: equal
        fields:
          - {name: id, type: integer, constraints: {required: true, unique: true}}
          - {name: label, type: number, constraints: {minimum: -0.5, maximum: 1}}
          - {name: kind, constraints: {enum: [cat, "7"]}}
      - {path: notes.json, format: json, type: array, min_rows: 1, max_rows: 5, required: false}
      - {path: masks/*.npy, count: 3, format: npy, dtype: uint8, shape: [32, -1]}
  groups:
    - {key: students, title: Students, board: true, phases: [0], addresses: [uni.example], question: lab, answers: [one],
       limits: [{max_submissions_per_day: 2}, {phase: 1, max_submissions: 9, max_submissions_per_month: 4}]}
"""
FILES = {
    "pictures/logo.PNG": b"\x89PNG",
    "legal/terms.html": "<p>Play fair.</p><script>1</script>",
    "overview.md": "# Hello",
    "data.html": "<b>Data</b>",
    "scoring_program/metadata.yaml": "command: x",
    "scoring_program/deep/score.py": "print()",
    "reference.zip": builders.archive({"truth": "42"}),
    "input/a.csv": "1,2",
    "ingestion.zip": builders.archive({"metadata": "command: y"}),
    "solution.zip": builders.archive({"answer": "42"}),
    "kit/readme.md": "Start here.",
    "public.zip": builders.archive({"p": "q"}),
    "assets/style.css": "b {}",
    "assets/img/a b.png": b"png",
}
VERSION_2 = builders.archive({"competition.yaml": RICH, **FILES})
VERSION_1 = builders.archive(
    {
        "competition.yaml": TOP.format(
            version="1.5",
            extra=f"{WHOLE_TOP}\nforce_submission_to_leaderboard: true",
            phase_extra=f"{WHOLE_PHASE}\nmax_submissions_per_day: 0".replace("\n", "\n    "),
        )
        + BOARD,
        "logo.png": b"png",
        "assets/style.css": "b {}",
        **{f"{name}.html": f"<p>{name}</p>" for name in ("overview", "evaluation", "terms", "data")},
        "program.zip": builders.archive({"metadata": "command: x"}),
        "ingestion.zip": builders.archive({"metadata": "command: y"}),
        **{f"{name}.zip": builders.archive({name: "1"}) for name in ("reference", "input", "kit", "public")},
    }
)
#: The keys whose other value VERSION_1 has.
TURNED = """\
version: 1.5
title: Turned
image: logo.png
html: {terms: terms.html}
has_registration: false
auto_run_submissions: false
allow_public_submissions: false
enable_forum: false
make_programs_available: true
make_input_data_available: true
show_detailed_results_in_submission_panel: false
show_detailed_results_in_leaderboard: false
phases:
  1: {phasenumber: 1, label: First, start_date: 2019-01-01, scoring_program: program.zip, reference_data: reference.zip,
    hide_prediction_output: true, hide_score_output: true, leaderboard_management_mode: hide_results,
    force_best_submission_to_leaderboard: true}
  2: {phasenumber: 2, label: Last, start_date: 2019-02-01, scoring_program: program.zip, reference_data: reference.zip,
    auto_migration: true}
leaderboard:
  leaderboards: {RESULTS: &results {label: Results, rank: 1}}
  columns:
    a: {leaderboard: *results, label: A, rank: 1, hidden: true}
    b: {leaderboard: *results, label: B, rank: 2, selection_default: 1}
"""
VERSION_1_TURNED = builders.archive(
    {
        "competition.yaml": TURNED,
        "logo.png": b"png",
        "terms.html": "<p>Play fair.</p>",
        "program.zip": builders.archive({"metadata": "command: x"}),
        "reference.zip": builders.archive({"reference": "1"}),
    }
)
IDS = ["version-2", "version-1", "version-1-turned"]
BUNDLES = pytest.mark.parametrize("content", [VERSION_2, VERSION_1, VERSION_1_TURNED], ids=IDS)
#: What names something that exists already: another test's.
EXISTING = {"Group.queue", "Bundle.queue", "Task.key", "Solution.key", "Download.key"}


def imported(site: Site, person: Person, content: bytes) -> str:
    upload = person.upload(content, "bundle")
    import_ = person.call("POST", "/competitions", {"upload": upload}).body
    site.work()
    done = person.call("GET", f"/imports/{import_['id']}").body
    assert done["status"] == "Finished", done
    return str(done["competition"])


def dumped(site: Site, person: Person, competition: str, form: str = "full") -> tuple[bytes, dict[str, Any]]:
    begun = person.call("POST", f"/competitions/{competition}/dumps", {"form": form})
    assert (begun.status, begun.body["status"], begun.body["url"]) == (202, "Waiting", None)
    site.work()
    dump = person.call("GET", f"/competitions/{competition}/dumps/{begun.body['id']}").body
    assert dump["status"] == "Finished", dump
    return sender().get(dump["url"]).content, dump


def members(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: builders.sha256(archive.read(name)) for name in archive.namelist()}


def manifest(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read("competition.yaml")


def parts(of: Any) -> Iterator[Any]:
    """A part of a bundle's model and all that it has."""
    yield of
    values = [getattr(of, field.name) for field in fields(of)]
    for one in [one for value in values for one in (value if isinstance(value, tuple) else (value,)) if is_dataclass(one)]:
        yield from parts(one)


@pytest.mark.parametrize(("generation", "contents"), [("v2", [VERSION_2]), ("v1", [VERSION_1, VERSION_1_TURNED])])
def test_no_key_of_either_generation_is_missing_in_these_bundles(generation: str, contents: list[bytes]) -> None:
    known, used = set(), set()
    for content in contents:
        bundle = check(manifest(content), list(members(content))).bundle
        assert bundle
        for part in parts(bundle):
            for field in fields(part):
                name = f"{type(part).__name__}.{field.name}"
                if generation == "v1" and field.metadata["v1"] is None:
                    continue
                known.add(name)
                if field.default is MISSING or getattr(part, field.name) != field.default:
                    used.add(name)
    assert known - used <= EXISTING


@BUNDLES
def test_a_full_dump_imported_on_a_clean_site_is_dumped_to_the_same_again(
    site: Site, organizer: Person, content: bytes
) -> None:
    first, _ = dumped(site, organizer, imported(site, organizer, content))
    site.clean()
    second, _ = dumped(site, organizer, imported(site, organizer, first))
    assert manifest(first).decode() == manifest(second).decode()
    assert members(first) == members(second)
    assert first == second


@BUNDLES
def test_a_light_dump_is_the_same_again_on_the_same_site(site: Site, organizer: Person, content: bytes) -> None:
    first, _ = dumped(site, organizer, imported(site, organizer, content), "light")
    second, _ = dumped(site, organizer, imported(site, organizer, first), "light")
    # But for its slug, which its original has.
    slug = yaml.safe_load(manifest(first))["agon"]["slug"]
    assert manifest(first).decode() == manifest(second).decode().replace(f"slug: {slug}-b", f"slug: {slug}")
    assert yaml.safe_load(manifest(second))["agon"]["slug"] == f"{slug}-b"
    assert {name: one for name, one in members(first).items() if name != "competition.yaml"} == {
        name: one for name, one in members(second).items() if name != "competition.yaml"
    }
    assert not [name for name in members(first) if name.endswith(".zip")]


def test_every_setting_and_file_comes_back(site: Site, organizer: Person) -> None:
    content, dump = dumped(site, organizer, imported(site, organizer, VERSION_2))
    written = yaml.safe_load(manifest(content))
    assert dump["size_bytes"] == len(content) and dump["complaints"] == []
    assert written["phases"][0]["start"] == "2026-01-01T11:14:15+00:00"
    assert written["phases"][0]["agon"]["max_submissions"] == 0 and written["phases"][0]["max_submissions_per_day"] == 0
    assert [task["index"] for task in written["tasks"]] == [7, 3]
    assert written["description"] == "Two lines,\n\nand an umlaut: ü.\n"
    assert len(written["leaderboards"]) == 2 and written["fact_sheet"]["method"]["is_required"] == "true"
    kept, given = set(members(content).values()), {builders.sha256(_bytes(text)) for text in FILES.values()}
    folders = ("scoring_program/", "input/", "kit/")
    whole = {builders.sha256(_bytes(text)) for name, text in FILES.items() if not name.startswith(folders)}
    assert whole <= kept & given


@BUNDLES
def test_codabench_can_read_the_part_of_a_dump_that_is_version_2(site: Site, organizer: Person, content: bytes) -> None:
    content, _ = dumped(site, organizer, imported(site, organizer, content))
    assert codabench.complaints(yaml.safe_load(manifest(content)), members(content)) == []


def test_codabench_can_read_a_dump_of_a_competition_without_logo_and_terms_and_here_it_has_none(
    site: Site, organizer: Person
) -> None:
    bare = builders.archive(
        {
            "competition.yaml": builders.manifest().replace("terms: terms.md\n", ""),
            "scoring_program/metadata.yaml": "command: python3 score.py",
            "scoring_program/score.py": "",
            "reference.zip": builders.archive({"truth.txt": "42"}),
            "overview.md": "Hello.",
        }
    )
    first, _ = dumped(site, organizer, imported(site, organizer, bare))
    written = yaml.safe_load(manifest(first))
    assert {written["image"], written["terms"]} <= members(first).keys()
    assert codabench.complaints(written, members(first)) == []
    again = organizer.call("GET", f"/competitions/{imported(site, organizer, first)}").body
    assert (again["terms"], again["logo_url"]) == (None, None)


def test_what_version_2_lacks_stands_below_agon(site: Site, organizer: Person) -> None:
    content, _ = dumped(site, organizer, imported(site, organizer, VERSION_1))
    written = yaml.safe_load(manifest(content))
    first, board = written["phases"][0], written["leaderboards"][0]
    assert written["version"] == 2 and written["agon"]["enable_teams"] and first["agon"]["max_submissions_per_day"] == 0
    assert (first["end"], first["agon"]["end"]) == ("2019-09-29T23:59:59+00:00", "2019-09-30T00:00:00+00:00")
    assert [group["key"] for group in board["agon"]["column_groups"]] == ["Dice", "Kappa"]
    computed = {column["key"]: column["agon"].get("computation") for column in board["columns"] if "agon" in column}
    assert computed.items() >= {"rank": "avg_dense_rank", "weighted": "weighted_dense_rank", "mrr": "mrr"}.items()


def test_a_file_that_is_gone_is_left_out_and_named(site: Site, organizer: Person) -> None:
    competition = imported(site, organizer, VERSION_2)
    [kit] = [row for row in site.rows() if row["kind"] == "dataset" and row["type"] == "starting_kit"]
    boto3.client("s3").delete_object(Bucket=site.outputs["FilesBucket"], Key=kit["object_key"])
    content, dump = dumped(site, organizer, competition)
    assert [complaint["file"] for complaint in dump["complaints"]] == ["phases/0/starting_kit.zip"]
    assert "starting_kit" not in yaml.safe_load(manifest(content))["phases"][0]


def test_a_dump_larger_than_an_import_takes_says_so_and_what_to_do(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = imported(site, organizer, VERSION_2)
    monkeypatch.setenv("AGON_MAX_BUNDLE_BYTES", "100")
    settings.get.cache_clear()
    content, dump = dumped(site, organizer, competition)
    monkeypatch.undo()
    settings.get.cache_clear()
    (complaint,) = dump["complaints"]
    assert (
        complaint["message"] == f"This archive has {len(content):,} bytes; an import takes 100. Use a light dump for that."
    )


def test_a_dump_that_runs_out_of_time_is_gone_on_with(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = imported(site, organizer, VERSION_2)
    whole, _ = dumped(site, organizer, competition)
    monkeypatch.setattr("chalicelib.aws.streams.PART_BYTES", 1000)
    monkeypatch.setattr("moto.s3.models.S3_UPLOAD_PART_MIN_SIZE", 1)
    dump, runs = organizer.call("POST", f"/competitions/{competition}/dumps", {"form": "full"}).body, 0
    while site.work(seconds=29):
        runs += 1
        assert runs < 60
    url = organizer.call("GET", f"/competitions/{competition}/dumps/{dump['id']}").body["url"]
    assert runs > 3 and sender().get(url).content == whole


def test_dumps_are_listed_newest_first_and_are_the_organizers_alone(site: Site, organizer: Person, ada: Person) -> None:
    competition = imported(site, organizer, VERSION_2)
    _, first = dumped(site, organizer, competition)
    _, second = dumped(site, organizer, competition, "light")
    path = f"/competitions/{competition}/dumps"
    assert [one["id"] for one in organizer.call("GET", path).body["dumps"]] == [second["id"], first["id"]]
    organizer.call("POST", f"/competitions/{competition}/publish")
    for method, where in (("GET", path), ("POST", path), ("GET", f"{path}/{first['id']}"), ("POST", path[:-5] + "clone")):
        assert ada.call(method, where, {} if method == "POST" else None).status == 403
        assert site.call(method, where, {} if method == "POST" else None).status == 401
    other = imported(site, ada, VERSION_2)
    assert ada.call("GET", f"/competitions/{other}/dumps/{first['id']}").status == 404


def test_a_clone_is_a_draft_with_the_same_definition_and_no_file_sent_again(
    site: Site, admin: Person, organizer: Person, ada: Person
) -> None:
    original = organizer.competition()
    ada.join(original)
    before = {key for key in site.object_keys("FilesBucket") if key.startswith(("datasets/", "uploads/"))}
    clone = organizer.call("POST", f"/competitions/{original['id']}/clone", {"title": "Again"})
    assert clone.status == 201
    assert (clone.body["title"], clone.body["published"], clone.body["participants"]) == ("Again", False, 0)
    assert {key for key in site.object_keys("FilesBucket") if key.startswith(("datasets/", "uploads/"))} == before
    settings = [
        organizer.call("GET", f"/competitions/{one}/settings").body["settings"] for one in (original["id"], clone.body["id"])
    ]
    assert settings[1] == {**settings[0], "title": "Again", "agon": {"slug": "again"}}
    # Both competitions, and the bank's task.
    assert all(row["uses"] == 3 for row in site.rows() if row["kind"] == "dataset")
    organizer.call("PATCH", f"/competitions/{clone.body['id']}/settings/pages/0", {"content": "Mine"}, If_Match='"1"')
    assert organizer.call("GET", f"/competitions/{original['id']}/pages/0").body["content"].startswith("# Guess")
    organizer.call("POST", f"/competitions/{clone.body['id']}/publish")
    ada.join(clone.body)
    submission = ada.submit(clone.body).body["id"]
    assert site.claim(submission, site.runner_token(admin)).status == 200


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


@pytest.mark.parametrize("template", templates.listed())
def test_each_template_is_imported_and_comes_back_the_same(site: Site, organizer: Person, template: str) -> None:
    with archive.packed(templates.bundle_of(templates.source(template))) as bundle:
        content = bundle.read_bytes()
    first, _ = dumped(site, organizer, imported(site, organizer, content))
    site.clean()
    second, _ = dumped(site, organizer, imported(site, organizer, first))
    assert first == second
