"""Every template's sample submission, scored by a real runner as the backend would have it run: what its README promises."""

from pathlib import Path
from typing import Any

import pytest

from agon import archive, handing_in
from tests.runner.job_builders import Queue
from tests.unit.test_examples import ROOT, bundle_of

#: By template, and by the tasks in their order.
SCORES: dict[str, list[dict[str, float]]] = {
    "results_only": [{"mean_error": 0.3528}],
    "plain_csv": [{"mean_error": 0.790}],
    "code_submission": [{"accuracy": 0.9900}],
    "benchmark": [{"mean": 0.6875, "line": 0.3750, "neighbour": 0.0000}],
    "version_1": [{"NORTH": 2.2400, "SOUTH": 2.2380}, {}],
    "two_phases": [{"scaled_error": 0.5890}, {"scaled_error": 0.5257}],
    "multi_score": [{"brier": 0.1443, "area": 0.8832, "calibration": 0.1135}],
    "several_tasks": [{"agreement": 1.0000}, {"agreement": 0.2463}, {"agreement": 0.0068}],
    "reinforcement_learning": [{"mean_return": 13.65, "arrived": 1.0}],
    "non_python_scoring": [{"rmse": 1.352, "correlation": 0.860}],
}
#: Of all numbers above; a README rounds to its own taste.
TOLERANCE = {"mean_return": 0.005, "rmse": 0.0005, "correlation": 0.0005}
TASKS = [(template, position) for template, scores in sorted(SCORES.items()) for position in range(len(scores))]


def packed(path: Path) -> bytes:
    """A folder or a zip of the template, as a zip."""
    with archive.packed(path) as zipped:
        return zipped.read_bytes()


@pytest.mark.parametrize(("template", "position"), TASKS)
def test_a_templates_sample_submission_scores_what_its_readme_says(
    start: Any, queue: Queue, template: str, position: int
) -> None:
    start()
    bundle = bundle_of(template)
    task = bundle.tasks[position]
    phase = next(phase for phase in bundle.phases if task.index in phase.tasks)
    sample = ROOT / template / "sample_submission"
    with handing_in.ready(
        next(sample.iterdir()) if phase.submission_extensions else sample, phase.submission_extensions
    ) as sent:
        attempt = queue.put_task(
            task,
            lambda path: packed(ROOT / template / "bundle" / path),
            sent.path.read_bytes(),
            only_results=phase.accepts_only_result_submissions,
            plain_file=sent.plain_name,
        )
    assert attempt.over.wait(120) and attempt.abort_reason is None, attempt.abort_reason
    outcome = attempt.outcome
    assert (outcome["fault"], outcome["notes"]) == (None, []), (outcome, attempt.uploads.get("ingestion_stderr"))
    for key, expected in SCORES[template][position].items():
        assert outcome["scores"][key] == pytest.approx(expected, abs=TOLERANCE.get(key, 0.00005)), key
    names = {column.key for board in bundle.leaderboards for column in board.columns if not column.computation}
    assert names <= set(outcome["scores"])


@pytest.mark.parametrize(("name", "accuracy"), [("majority", 0.3333), ("petal_rule", 0.8667), ("nearest_centroid", 0.9833)])
def test_the_baselines_of_iris_score_what_its_readme_says(start: Any, queue: Queue, name: str, accuracy: float) -> None:
    start()
    iris = ROOT / "iris"
    program = {path.name: path.read_bytes() for path in (iris / "scoring_program").iterdir() if path.is_file()}
    reference = {path.name: path.read_bytes() for path in (iris / "reference_data").iterdir()}
    attempt = queue.put_code(scoring=program, reference_data=reference, submission=packed(iris / "submissions" / name))
    assert attempt.over.wait(60) and attempt.abort_reason is None
    assert attempt.outcome["scores"]["accuracy"] == pytest.approx(accuracy, abs=0.00005)
    assert attempt.uploads["detailed_results"].startswith(b"<!")


def test_the_readmes_state_these_numbers() -> None:
    for template, tasks in SCORES.items():
        readme = (ROOT / template / "README.md").read_text()
        stated = [value for scores in tasks for value in scores.values() if value != 1.0]
        for value in stated:
            assert any(f"{value:.{decimals}f}" in readme for decimals in (2, 3, 4)), (template, value)
