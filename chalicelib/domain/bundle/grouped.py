"""`agon.groups` of a competition: its groups, to the model, and what must hold between them and the rest of the bundle."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from chalicelib.contract import limits
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle import admission
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.files import Files
from chalicelib.domain.bundle.group import Group, GroupLimits
from chalicelib.domain.bundle.section import Section

_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_LIMITS = ("max_submissions_per_day", "max_submissions_per_month", "max_submissions")
_EXAMPLE = "{key: students, title: Students}"


def read(part: Section, files: Files, phases: Collection[int]) -> tuple[Group, ...]:
    """The groups that stand in a competition's extension. What is wrong stands at its default, and was told."""
    entries = list(part.sections("groups", _EXAMPLE))
    if len(entries) > limits.MAX_GROUPS:
        part.error(
            "groups",
            say(
                "groups_too_many",
                "There are {count} groups. Keep {most} at most.",
                count=len(entries),
                most=limits.MAX_GROUPS,
            ),
        )
    questions = part.plain("registration_questions")
    found = [(entry, _group(entry, files)) for entry in entries[: limits.MAX_GROUPS]]
    _judge_names([(entry.place, group) for entry, group in found], part.complaints)
    for entry, group in found:
        _judge_phases(entry.place, group, phases, part.complaints)
        _judge_question(entry.place, group, questions if isinstance(questions, dict) else {}, part.complaints)
    return tuple(group for _, group in found)


def _group(entry: Section, files: Files) -> Group:
    group = Group(
        key=entry.text("key", max_characters=40, required=True).strip(),
        title=entry.text("title", max_characters=limits.MAX_LABEL_CHARACTERS, required=True).strip(),
        board=entry.flag("board", False),
        queue=files.queue(entry),
        phases=entry.numbers("phases"),
        limits=tuple(_limits(one) for one in entry.sections("limits", "{max_submissions_per_day: 5}")),
        addresses=admission.read(entry, "addresses"),
        question=entry.optional("question", max_characters=200),
        answers=tuple(dict.fromkeys(entry.texts("answers"))),
    )
    if group.key and not _KEY.fullmatch(group.key):
        entry.error(
            "key",
            say(
                "group_key_shape",
                "A key has small letters, digits and `-` between them, 40 at most. Write one such as `students`.",
            ),
        )
    entry.finish()
    return group


def _limits(entry: Section) -> GroupLimits:
    numbers = {name: entry.number(name, 0) if entry.has(name) else None for name in _LIMITS}
    if all(number is None for number in numbers.values()):
        entry.error(
            _LIMITS[0],
            say("group_limit_missing", "There is no limit here. Write one of: {limits}.", limits=", ".join(_LIMITS)),
        )
    found = GroupLimits(phase=entry.number("phase", 0) if entry.has("phase") else None, **numbers)
    entry.finish()
    return found


def _judge_names(found: Sequence[tuple[str, Group]], complaints: Complaints) -> None:
    for name in ("key", "title"):
        counts = Counter(str(getattr(group, name)).casefold() for _, group in found)
        for place, group in found:
            value = str(getattr(group, name))
            if value and counts[value.casefold()] > 1:
                complaints.error(f"{place}.{name}", f"Several groups have the {name} `{value[:60]}`. Change one.")


def _judge_phases(place: str, group: Group, phases: Collection[int], complaints: Complaints) -> None:
    listed = ", ".join(map(str, sorted(phases)))
    if unknown := sorted(set(group.phases) - set(phases)):
        complaints.error(
            f"{place}.phases",
            say(
                "group_phase_unknown",
                "There is no phase {phase}. Write the indexes of some of: {phases}.",
                phase=unknown[0],
                phases=listed,
            ),
        )
    counts = Counter(one.phase for one in group.limits)
    for at, one in enumerate(group.limits):
        if one.phase is not None and one.phase not in phases:
            complaints.error(
                f"{place}.limits[{at}].phase",
                say(
                    "group_limit_phase_unknown",
                    "There is no phase {phase}. Write one of: {phases}.",
                    phase=one.phase,
                    phases=listed,
                ),
            )
        elif counts[one.phase] > 1:
            complaints.error(
                f"{place}.limits[{at}]",
                say("group_limits_twice", "Two entries are of the same phase. Write their limits in one."),
            )


def _judge_question(place: str, group: Group, questions: Mapping[str, Any], complaints: Complaints) -> None:
    if group.question is None:
        if group.answers:
            complaints.error(
                f"{place}.answers",
                say("group_question_missing", "Say which question these answer: `question: …` with its key."),
            )
        return
    asked = questions.get(group.question)
    if not isinstance(asked, dict):
        message = say(
            "group_question_unknown",
            "`registration_questions` has no `{question}`. Name one that it has, or add it there.",
            question=group.question[:60],
        )
        complaints.error(f"{place}.question", message)
    elif not group.answers:
        complaints.error(
            f"{place}.answers", say("group_answers_missing", "Say which answers put somebody here: `answers: [student]`.")
        )
    elif choices := _choices(asked):
        for answer in group.answers:
            if answer not in choices:
                listed = ", ".join(f"`{one[:60]}`" for one in choices[:20])
                complaints.error(
                    f"{place}.answers",
                    say(
                        "group_answer_unknown",
                        "`{answer}` is no answer to it. Write some of: {answers}.",
                        answer=answer[:60],
                        answers=listed,
                    ),
                )


def _choices(asked: Mapping[str, Any]) -> list[str]:
    """What can be answered; empty where anything can."""
    kind, selection = asked.get("type", "text"), asked.get("selection")
    if kind == "checkbox":
        return ["true", "false"]
    if kind != "select" or not isinstance(selection, (list, str)):
        return []
    return [str(one).strip() for one in (selection.split(",") if isinstance(selection, str) else selection)]
