"""Submissions."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.runs import bulk, failing, reruns, unsealing
from chalicelib.actions.submissions import (
    bringing,
    choosing,
    collecting,
    metadata,
    outputs,
    removal,
    showing,
    solutions,
    submitting,
)
from chalicelib.contract import uploads
from chalicelib.errors import Conflict, NotAllowed, NotFound, QuotaExceeded, TooLarge, say
from chalicelib.http import Access, Call, Routes
from chalicelib.requests import ChangeSubmission

routes = Routes(__name__)
CURSOR = parameters.cursor()
_ATTEMPT = parameters.whole_number("attempt", "The number of an earlier attempt.")
_IN_FRAMES = parameters.flag("in_frames", "Result pages are to be shown, not saved: copies that run, load and open nothing.")
_PAGE = parameters.text("name", "The page's name, such as curve.html. Without it detailed_results.html.", most=100)
_EVERYONE = parameters.flag("everyone", "`true` for everybody's, if you organize.")
_PHASE = "/v1/phases/{phase}/submissions"


@routes.post(
    _PHASE,
    body=requests.Submit,
    access=Access.SIGNED_IN,
    answer=responses.Submission,
    status=201,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def submit(call: Call[requests.Submit], phase: str) -> responses.Submission:
    """Submit an uploaded file to a phase. Sent again after a lost answer, it gives the submission that there is."""
    return submitting.submit(phase, call.account, call.body, call.now)


@routes.get(_PHASE, access=Access.SIGNED_IN, answer=responses.Submissions, query=(_EVERYONE, CURSOR), errors=(NotAllowed,))
def list_all(call: Call[None], phase: str) -> responses.Submissions:
    """List your submissions in a phase, or everybody's for organizers."""
    if call.asked(_EVERYONE):
        return showing.list_all(phase, call.account, call.asked(CURSOR), call.now)
    return showing.list_mine(phase, call.account, call.asked(CURSOR), call.now)


@routes.post(
    "/v1/phases/{phase}/brought",
    body=requests.Bring,
    access=Access.SIGNED_IN,
    answer=responses.Submission,
    status=201,
    errors=(Conflict, NotAllowed, TooLarge),
)
def bring(call: Call[requests.Bring], phase: str) -> responses.Submission:
    """Bring a submission from another site into a draft, with the scores it had there, as an organizer. Twice is once."""
    return bringing.bring(phase, call.body, call.account, call.now)


@routes.post(
    "/v1/competitions/{competition}/collect",
    access=Access.SIGNED_IN,
    answer=responses.Collected,
    errors=(Conflict, NotAllowed),
)
def collect(call: Call[None], competition: str) -> responses.Collected:
    """Have as your own what was brought from another site under your confirmed address."""
    return collecting.collect(competition, call.account, call.now)


@routes.get("/v1/submissions/{submission}", access=Access.SIGNED_IN, answer=responses.Submission)
def show(call: Call[None], submission: str) -> responses.Submission:
    """Show a submission: its status, scores and notes."""
    return showing.show(submission, call.account, call.now)


@routes.get(
    "/v1/submissions/{submission}/files", access=Access.SIGNED_IN, answer=responses.Files, query=(_ATTEMPT, _IN_FRAMES)
)
def files(call: Call[None], submission: str) -> responses.Files:
    """Get download links for a submission's files."""
    return outputs.files(submission, call.asked(_ATTEMPT), call.asked(_IN_FRAMES), call.account, call.now)


@routes.get(
    "/v1/submissions/{submission}/live-page",
    access=Access.SIGNED_IN,
    answer=responses.LivePage,
    query=(_PAGE,),
    errors=(Conflict, NotAllowed),
)
def open_live_page(call: Call[None], submission: str) -> responses.LivePage:
    """Get the address at which the scripts of a result page run, as an organizer: for a frame of the console."""
    name = call.asked(_PAGE) or uploads.FILENAMES[uploads.DETAILED_RESULTS]
    return outputs.live_page(submission, name, call.account, call.now)


@routes.get("/v1/submissions/{submission}/attempts", access=Access.SIGNED_IN, answer=responses.Attempts)
def list_attempts(call: Call[None], submission: str) -> responses.Attempts:
    """List a submission's earlier attempts."""
    return reruns.list_attempts(submission, call.account, call.now)


@routes.post(
    "/v1/submissions/{submission}/rerun", access=Access.SIGNED_IN, answer=responses.Submission, errors=(Conflict, NotAllowed)
)
def rerun(call: Call[None], submission: str) -> responses.Submission:
    """Run a submission again, as its organizer: a new attempt, which is not charged."""
    return reruns.rerun(submission, call.account, call.now)


@routes.post(
    f"{_PHASE}/rerun", body=requests.Bulk, access=Access.SIGNED_IN, answer=responses.BulkResult, errors=(NotAllowed,)
)
def rerun_many(call: Call[requests.Bulk], phase: str) -> responses.BulkResult:
    """Run several submissions of a phase again, as its organizer."""
    return bulk.rerun(phase, call.body, call.account, call.now)


@routes.post(
    f"{_PHASE}/start", body=requests.Bulk, access=Access.SIGNED_IN, answer=responses.BulkResult, errors=(NotAllowed,)
)
def start_many(call: Call[requests.Bulk], phase: str) -> responses.BulkResult:
    """Start several submissions of a phase that wait for their organizers to do so."""
    return bulk.start(phase, call.body, call.account, call.now)


@routes.post(f"{_PHASE}/cancel", body=requests.Bulk, access=Access.SIGNED_IN, answer=responses.BulkResult)
def cancel_many(call: Call[requests.Bulk], phase: str) -> responses.BulkResult:
    """Cancel several submissions of a phase."""
    return bulk.cancel(phase, call.body, call.account, call.now)


@routes.post(
    f"{_PHASE}/fail", body=requests.BulkFail, access=Access.SIGNED_IN, answer=responses.BulkResult, errors=(NotAllowed,)
)
def fail_many(call: Call[requests.BulkFail], phase: str) -> responses.BulkResult:
    """Mark several submissions of a phase as failed, as their organizer, and give their attempts back."""
    return bulk.fail(phase, call.body, call.account, call.now)


@routes.post(f"{_PHASE}/delete", body=requests.Bulk, access=Access.SIGNED_IN, answer=responses.BulkResult)
def delete_many(call: Call[requests.Bulk], phase: str) -> responses.BulkResult:
    """Delete several of your submissions for good, or withdraw somebody's as an organizer."""
    return bulk.delete(phase, call.body, call.account, call.now)


@routes.post("/v1/phases/{phase}/rerun", access=Access.SIGNED_IN, answer=responses.Empty, status=202, errors=(NotAllowed,))
def rerun_phase(call: Call[None], phase: str) -> responses.Empty:
    """Run all submissions of a phase again, as its organizer."""
    return reruns.rerun_phase(phase, call.account, call.now)


@routes.post(
    "/v1/submissions/{submission}/start", access=Access.SIGNED_IN, answer=responses.Submission, errors=(Conflict, NotAllowed)
)
def start(call: Call[None], submission: str) -> responses.Submission:
    """Start a submission that waits for its organizers to do so."""
    return reruns.start(submission, call.account, call.now)


@routes.post(
    "/v1/submissions/{submission}/fail",
    body=requests.Why,
    access=Access.SIGNED_IN,
    answer=responses.Submission,
    errors=(Conflict, NotAllowed),
)
def fail(call: Call[requests.Why], submission: str) -> responses.Submission:
    """Mark a submission as failed, as its organizer, and give its attempt back."""
    return failing.fail(submission, call.body, call.account, call.now)


@routes.patch(
    "/v1/submissions/{submission}",
    body=ChangeSubmission,
    access=Access.SIGNED_IN,
    answer=responses.Submission,
    errors=(Conflict, NotAllowed),
)
def describe(call: Call[ChangeSubmission], submission: str) -> responses.Submission:
    """Change a submission's name, description, method, answers to the fact sheet, or whether it is public."""
    return metadata.change(submission, call.body, call.account, call.now)


@routes.delete(
    "/v1/submissions/{submission}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed)
)
def delete(call: Call[None], submission: str) -> responses.Empty:
    """Delete your submission for good, or withdraw somebody's as an organizer."""
    return removal.delete(submission, call.account, call.now)


@routes.post(
    "/v1/submissions/{submission}/selection",
    access=Access.SIGNED_IN,
    answer=responses.FinalSelection,
    errors=(Conflict, NotAllowed),
)
def choose(call: Call[None], submission: str) -> responses.FinalSelection:
    """Choose one of your submissions to count when the phase is over. Of those that you choose, the best does."""
    return choosing.choose(submission, call.account, call.now)


@routes.delete(
    "/v1/submissions/{submission}/selection",
    access=Access.SIGNED_IN,
    answer=responses.FinalSelection,
    errors=(Conflict, NotAllowed),
)
def take_back(call: Call[None], submission: str) -> responses.FinalSelection:
    """Take back that you chose a submission."""
    return choosing.take_back(submission, call.account, call.now)


@routes.post(
    "/v1/submissions/{submission}/restore",
    access=Access.SIGNED_IN,
    answer=responses.Submission,
    errors=(Conflict, NotAllowed),
)
def restore(call: Call[None], submission: str) -> responses.Submission:
    """Take back that a submission was withdrawn, as its organizer."""
    return removal.restore(submission, call.account, call.now)


@routes.get("/v1/submissions/{submission}/logs", access=Access.SIGNED_IN, answer=responses.Logs, errors=(NotAllowed,))
def logs(call: Call[None], submission: str) -> responses.Logs:
    """Read what a submission's programs have printed, also while they run."""
    return outputs.logs(submission, call.account, call.now)


@routes.post("/v1/submissions/{submission}/cancel", access=Access.SIGNED_IN, answer=responses.Submission, errors=(Conflict,))
def cancel(call: Call[None], submission: str) -> responses.Submission:
    """Cancel a submission."""
    return reruns.cancel(submission, call.account, call.now)


@routes.post(
    "/v1/submissions/{submission}/release", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed)
)
def release(call: Call[None], submission: str) -> responses.Empty:
    """Have a sealed queue's runner send the logs and outputs of a submission."""
    return unsealing.ask(submission, call.account)


@routes.post(
    "/v1/competitions/{competition}/solutions/{index}/run",
    access=Access.SIGNED_IN,
    answer=responses.Submissions,
    status=201,
    errors=(Conflict, NotAllowed),
)
def run_solution(call: Call[None], competition: str, index: str) -> responses.Submissions:
    """Run a solution on its tasks, to see that they work."""
    if not index.isdecimal():
        raise NotFound(say("solution_numbers", "Solutions go by their numbers. The competition's settings list them."))
    return solutions.run(competition, int(index), call.account, call.now)
