"""The commands that there are, by noun and verb. Nothing is imported before it is run, so that `agon --help` is fast.

A place is such as "competitions:join": a module of this package, and what it calls the function or the group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

COMPETE, FIND, MAKE = "Compete", "Find competitions", "Make a competition"
ACCOUNT, RUN = "Your account", "Run Agon yourself"


@dataclass(frozen=True)
class Noun:
    """A group of verbs: `at` is the module's own, `more` are those that other modules have for it.

    Where `for_all` names some, the help tells them apart from those of who runs a competition.
    """

    at: str
    panel: str
    about: str
    more: Mapping[str, str] = field(default_factory=dict)
    for_all: tuple[str, ...] = ()


@dataclass(frozen=True)
class Short:
    """A verb without its noun: those that are typed every day are shown, and former spellings only work."""

    at: str
    panel: str = ""
    about: str = ""


NOUNS = {
    "competitions": Noun(
        "competitions:app",
        FIND,
        "Find competitions; make and publish your own.",
        {
            **{"list": "discovery:list_competitions", "search": "discovery:search"},
            **{
                "use": "using:use",
                "join": "joining:join",
                "collect": "joining:collect",
                "invitations": "joining:invitations",
                "files": "files:files",
                "pages": "pages:pages",
            },
            **{"new": "new:new", "try": "trying:try_", "dumps": "storage:dumps", "report": "storage:report"},
            **{verb: f"editing:{verb}" for verb in ("add", "remove", "terms", "logo", "originals")},
            "run-solution": "editing:run_solution",
        },
        ("list", "search", "show", "pages", "use", "join", "collect", "invitations", "files", "report"),
    ),
    "submissions": Noun(
        "submissions:app",
        COMPETE,
        "What you handed in, and what came of it.",
        {
            **{"create": "submissions:submit", "logs": "logs:logs"},
            **{verb: f"attempts:{verb}" for verb in ("quota", "rerun", "delete")},
            **{verb: f"sharing:{verb}" for verb in ("publish", "unpublish")},
            **{verb: f"moderating:{verb}" for verb in ("board", "choose", "mark", "score", "restore")},
        },
        (
            *("list", "show", "create", "check", "logs", "quota", "download", "cancel", "delete", "board", "choose"),
            *("publish", "unpublish"),
        ),
    ),
    "leaderboards": Noun("leaderboards:app", COMPETE, "Who is best, and how that came."),
    "shared": Noun("sharing:app", COMPETE, "Code that participants share: look at it, fetch it, start from it."),
    "team": Noun(
        "teams:app", COMPETE, "Compete as a team: one quota, one row on the leaderboard, submissions that all of you see."
    ),
    "forum": Noun(
        "forum:app",
        COMPETE,
        "Ask, answer and read in a competition's forum.",
        {verb: f"forum:{verb}" for verb in ("announcements", "announce", "amend", "withdraw", "inbox")},
    ),
    "organizations": Noun(
        "organizations:app", COMPETE, "Compete for an organization: its name stands beside yours on leaderboards."
    ),
    "bundle": Noun("bundle:app", MAKE, "Look at bundles before you send them.", {"new": "new:new", "try": "trying:try_"}),
    "migrate": Noun("migrating:app", MAKE, "Move a competition here from another platform."),
    "phases": Noun("phases:app", MAKE, "A phase: what it expects, and what organizers do with it as a whole."),
    "determinism": Noun(
        "determinism:app",
        MAKE,
        "For the organizer: run the best submissions once more, and see whether they come to the same.",
    ),
    "jurors": Noun(
        "jurors:app",
        MAKE,
        "For organizers: people who judge your competition's submissions.",
        {"judge": "judge:judge", "judgements": "judge:judgements", "case": "judge:case"},
    ),
    "organizers": Noun("organizers:app", MAKE, "Who runs your competition: organizers, viewers, and its owner."),
    "participants": Noun(
        "participants:app",
        MAKE,
        "For organizers: who takes part, who may, and what they have done.",
        {"mail": "mail:write", "letters": "mail:letters"},
    ),
    "groups": Noun(
        "groups:app", MAKE, "For organizers: groups of participants, with boards, limits, queues and phases of their own."
    ),
    "datasets": Noun("library:datasets", MAKE, "Programs, data and solutions that competitions share."),
    "tasks": Noun("library:tasks", MAKE, "Tasks that stand by themselves, for any competition."),
    "queues": Noun("queues:app", MAKE, "Queues: let your own machines score your competitions."),
    "webhooks": Noun("webhooks:app", MAKE, "For organizers: tell other programs, or a chat, what happens in a competition."),
    "sites": Noun("sites:app", MAKE, "Other sites: their competitions, and for administrators which of them are trusted."),
    "account": Noun(
        "account:app",
        ACCOUNT,
        "What the site has of you, and how to have it removed.",
        {
            **{verb: f"account:{verb}" for verb in ("login", "logout", "whoami", "calendar")},
            "storage": "storage:show",
        },
    ),
    "people": Noun("people:app", ACCOUNT, "The pages of people: what they say of themselves, and what they organize."),
    "tokens": Noun("tokens:app", ACCOUNT, "Your personal access tokens: sign-ins for scripts."),
    "sessions": Noun("sessions:app", ACCOUNT, "Where you are signed in, and the end of that."),
    "mail": Noun("mail:app", ACCOUNT, "Mail: what you get; for administrators, addresses that take none."),
    "stack": Noun("stack:app", RUN, "All of Agon on this machine.", {"mailbox": "mail:mailbox"}),
    "admin": Noun(
        "admin:app",
        RUN,
        "For administrators: find, ban, remove and merge people, approve competitions, see who did what.",
        {
            "status": "status:show",
            "storage": "storage:site",
            "export": "instance:export",
            "import": "instance:import_",
            "rewind": "instance:rewind",
            **{verb: f"storage:{verb}" for verb in ("quota", "usage", "reports", "decide")},
        },
    ),
    "runners": Noun("tokens:runners_app", RUN, "Let a machine with Docker score submissions."),
}

SHORTS = {
    "join": Short("joining:join", FIND, "Take part in a competition."),
    "use": Short("using:use", FIND, "Say which competition is meant where you type none."),
    "files": Short("files:files", FIND, "List and fetch what a competition hands out."),
    "submit": Short("submissions:submit", COMPETE, "Hand in predictions or code."),
    "logs": Short("logs:logs", COMPETE, "Show what a submission's programs print."),
    "leaderboard": Short("leaderboards:leaderboard", COMPETE, "Show who is best, and your own rank."),
    "quota": Short("attempts:quota", COMPETE, "How often you may still submit."),
    "judge": Short("judge:judge", COMPETE, "Judge what is before you as a juror."),
    "new": Short("new:new", MAKE, "Start a competition from a template."),
    "try": Short("trying:try_", MAKE, "Run a competition's programs on this machine."),
    "login": Short("account:login", ACCOUNT, "Sign in, and stay signed in on this machine."),
    "logout": Short("account:logout", ACCOUNT, "Sign out, here and on the site."),
    "whoami": Short("account:whoami", ACCOUNT, "Tell who is signed in, and where."),
    "inbox": Short("forum:inbox", ACCOUNT, "What you are told of."),
    "demo": Short("stack:demo", RUN, "See Agon at work on this machine."),
    "up": Short("stack:up", RUN, "Start Agon on this machine."),
    "down": Short("stack:down", RUN, "Stop it."),
    **{verb: Short(f"attempts:{verb}") for verb in ("rerun", "delete")},
    **{verb: Short(f"forum:{verb}") for verb in ("announcements", "announce", "amend", "withdraw")},
    "invitations": Short("joining:invitations"),
    "kit": Short("files:kit"),
    "calendar": Short("account:calendar"),
    "storage": Short("storage:show"),
    "mailbox": Short("mail:mailbox"),
}
