"""A task that stands by itself: `task.yaml` (FORMATS 1.4), to the model."""

from chalicelib.contract import limits
from chalicelib.domain.bundle import extension, rules
from chalicelib.domain.bundle.files import Files
from chalicelib.domain.bundle.model import Task
from chalicelib.domain.bundle.section import Section


def read(section: Section, files: Files) -> tuple[Task, bool]:
    """The task at index 0, and whether it is to be public. What is wrong stands at its default, and was told."""
    extended = extension.of_task(section)
    is_judged = extended["judging"] is not None
    task = Task(
        index=0,
        name=section.text("name", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip(),
        description=section.text("description", required=True),
        ingestion_only_during_scoring=section.flag("ingestion_only_during_scoring", False),
        input_data=_file(section, files, "input_data", is_judged),
        reference_data=_file(section, files, "reference_data", is_judged),
        scoring_program=_file(section, files, "scoring_program", is_judged),
        ingestion_program=_file(section, files, "ingestion_program", is_judged),
        **extended,
    )
    rules.judge_beside(section, "ingestion_only_during_scoring", task)
    files.keep_programs(section, task)
    is_public = section.flag("is_public", False)
    section.finish()
    return task, is_public


def _file(section: Section, files: Files, kind: str, is_judged: bool) -> str | None:
    part = section.section(kind)
    if part is None:
        if kind == "scoring_program" and not is_judged and not section.complaints.is_wrong(section.at(kind)):
            section.error(kind, "`scoring_program` is missing. Write `scoring_program: {zip: scoring_program.zip}`.")
        return None
    path = files.key(part, "key", kind) or files.data(part, "zip", needed=True)
    if path is None and not part.has("key") and not part.has("zip"):
        section.error(kind, f"`{kind}` has neither `key` nor `zip`. Write the id of a dataset, or a file of the archive.")
    part.finish()
    return path
