"""Submissions to several tasks: made of a parent and one child a task."""

from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission

#: What a child has from its parent.
_OF_PARENT = (
    *("competition", "phase", "user", "username", "team", "team_name", "group", "name", "status"),
    *("object_key", "filename", "size_bytes", "sha256", "plain", "created_at"),
)


def divide(submission: Submission, competition: Competition, tasks: list[str]) -> list[Submission]:
    """Make a submission the parent of one child a task. Gives the children."""
    submission.task, submission.attempt = None, 1
    submission.tasks = {task: competition.tasks[task]["name"] for task in tasks}
    submission.pending, submission.results = set(tasks), {}
    return [_child(submission, task) for task in tasks]


def _child(parent: Submission, task: str) -> Submission:
    id_ = submissions.child_id(parent.id, task)
    return Submission(
        *Submission.at(id_),
        id=id_,
        parent=parent.id,
        task=task,
        **{name: getattr(parent, name) for name in _OF_PARENT},
    )
