"""The files that a runner sends of an attempt: the names of a Job's uploads, and the file that each becomes
(docs/protocol.md)."""

from chalicelib.contract import layout

STEPS = ("ingestion", "submission", "scoring")
STREAMS = ("stdout", "stderr")
#: What scoring left, what of it is the organizers' alone, and what the prediction stage left.
ARCHIVES = ("output", "private_output", "prediction_output")
#: What each step printed: "ingestion_stdout" to "scoring_stderr".
LOGS = tuple(f"{step}_{stream}" for step in STEPS for stream in STREAMS)
DETAILED_RESULTS = "detailed_results"
#: Other pages and images that scoring made. Several, each sent under a name of its own and reported as "results/NAME".
RESULTS = "results"
#: Where a name goes in the key of an upload that takes several files.
ANY_NAME = "${filename}"

FILENAMES = {
    **{name: f"{name}.zip" for name in ARCHIVES},
    **{name: f"{name}.txt" for name in LOGS},
    DETAILED_RESULTS: layout.DETAILED_RESULTS,
}

MAX_RESULTS = 50
#: What result pages and images may be, and as what they are sent.
RESULT_TYPES = {
    ".html": "text/html",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".css": "text/css",
    ".csv": "text/csv",
    ".json": "application/json",
}


def is_page(filename: str) -> bool:
    """True for a page that scoring made, of detailed results or another one."""
    return RESULT_TYPES.get(filename[filename.rfind(".") :].lower()) == "text/html"


def log(step: str, stream: str) -> str:
    """The name of a step's log: "scoring", "stdout" make "scoring_stdout"."""
    return f"{step}_{stream}"
