"""Keys of objects in the files bucket and the runs bucket: one function per kind of object, and no other place makes any."""

#: What earlier builds called copies of a page that people were shown. They are shown no more.
FORMER_SHOWN_PAGES = ("detailed_results.still.html", "detailed_results.shown.html")


def upload(id_: str) -> str:
    """The files bucket's key of what somebody sends."""
    return f"uploads/{id_}.zip"


def upload_of(key: str) -> str | None:
    """The id of the upload that a key is of; None for what nobody sent under an address of ours."""
    folder, _, name = key.partition("/")
    return name.removesuffix(".zip") if folder == "uploads" else None


def dataset(id_: str) -> str:
    """The files bucket's key of a dataset that an import or a task's bundle made."""
    return f"datasets/{id_}.zip"


def of_competition(competition: str, name: str) -> str:
    """The files bucket's key of a file that one competition alone has: a page's, its logo."""
    return f"competitions/{competition}/{name}"


def folders_of_competition(competition: str) -> list[str]:
    """The files bucket's folders of what one competition alone has."""
    return [f"competitions/{competition}", f"dumps/{competition}"]


def folders_of_phase(phase: str) -> list[str]:
    """The runs bucket's folders of what a phase has beside its submissions."""
    return [f"{kind}/{phase}" for kind in ("boards", "exports", "judging", "parcels")]


def dump(competition: str, id_: str) -> str:
    """The files bucket's key of a competition's dump."""
    return f"dumps/{competition}/{id_}.zip"


def submission_export(phase: str, id_: str, number: int) -> str:
    """The runs bucket's key of one of the zips of a submission export, counted from 0."""
    return f"parcels/{phase}/{id_}/{number:03d}.zip"


def board_export(phase: str, id_: str) -> str:
    """The runs bucket's key of a leaderboard as a file."""
    return f"exports/{phase}/{id_}"


def exports_of(competition: str) -> str:
    """The runs bucket's folder of a competition's participants as files."""
    return f"exports/{competition}"


def participant_export(competition: str, id_: str) -> str:
    """The runs bucket's key of a competition's participants as a file."""
    return f"exports/{competition}/{id_}"


def account_export(account: str, asked_at: str, number: int) -> str:
    """The runs bucket's key of one of the zips of what an account has, counted from 1."""
    return f"exports/accounts/{account}/{asked_at}-{number:03d}.zip"


def snapshot(phase: str, version: int) -> str:
    """The folder in the runs bucket in which a leaderboard's snapshot lies."""
    return f"boards/{phase}/{version}"


def run_file(submission: str, attempt: int, filename: str) -> str:
    """The runs bucket's key of a file that an attempt left."""
    return f"runs/{submission}/{attempt}/{filename}"


def still_page(filename: str) -> str:
    """The file of the copy of a result page that people are shown: it can do nothing. No runner may write it."""
    return f"still/{filename}"


def judging_artifact(phase: str, artifact: str, number: int) -> str:
    """The runs bucket's key of a file that jurors see, which tells nobody whose it is."""
    return f"judging/{phase}/{artifact}/{number}"


def elsewhere() -> str:
    """The runs bucket's key of the competitions of sites that are trusted."""
    return "catalogue/elsewhere.json.gz"


def catalogue() -> str:
    """The runs bucket's key of what published competitions are found by."""
    return "catalogue/competitions.json.gz"
