"""The evaluation script, as EvalAI calls it."""

import json

#: Of each phase by its codename.
SPLITS = {"practice": ("woods",), "final": ("woods", "gardens")}


def evaluate(test_annotation_file, user_submission_file, phase_codename, **kwargs):
    """Compare a JSON object {recording: bird} with the truth of each split."""
    with open(test_annotation_file) as annotation, open(user_submission_file) as submission:
        truth, named = json.load(annotation), json.load(submission)
    splits = SPLITS[phase_codename]
    missing = [one for split in splits for one in truth[split] if one not in named]
    if missing:
        raise ValueError(f"{len(missing)} recordings have no bird, such as {missing[0]}.")
    return {
        "result": [{split: scores(truth[split], named)} for split in splits],
        "submission_result": {"recordings": len(named)},
    }


def scores(truth, named):
    """Accuracy and macro F1 over the birds of a split."""
    right = sum(named[one] == bird for one, bird in truth.items())
    birds = sorted(set(truth.values()))
    return {
        "Accuracy": right / len(truth),
        "Macro F1": sum(f1(truth, named, bird) for bird in birds) / len(birds),
    }


def f1(truth, named, bird):
    """The harmonic mean of precision and recall of one bird."""
    hits = sum(named[one] == bird == true for one, true in truth.items())
    wrong = sum((named[one] == bird) != (true == bird) for one, true in truth.items())
    return 2 * hits / (2 * hits + wrong) if hits else 0.0
