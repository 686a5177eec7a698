"""The library: datasets and tasks."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.library import datasets, tasks
from chalicelib.errors import Conflict, NotAllowed, NotFound
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PUBLIC = parameters.flag("public", "`true` for what everybody may use.")
_SHARED = parameters.flag("shared", "`true` for what others share with you.")
_DATASET, _TASK = "/v1/datasets/{dataset}", "/v1/tasks/{task}"


@routes.post(
    "/v1/datasets",
    body=requests.NewDataset,
    access=Access.SIGNED_IN,
    answer=responses.Dataset,
    status=201,
    errors=(Conflict, NotFound),
)
def create_dataset(call: Call[requests.NewDataset]) -> responses.Dataset:
    """Keep an upload as a dataset."""
    return datasets.create(call.account, call.body, call.now)


@routes.get("/v1/datasets", access=Access.SIGNED_IN, answer=responses.Datasets, query=(CURSOR, _SHARED, _PUBLIC))
def list_datasets(call: Call[None]) -> responses.Datasets:
    """List your datasets, those shared with you, or the public ones, newest first."""
    before = call.asked(CURSOR)
    if call.asked(_SHARED):
        return datasets.list_shared(call.account, before)
    return datasets.list_public(before) if call.asked(_PUBLIC) else datasets.list_mine(call.account, before)


@routes.get(_DATASET, access=Access.SIGNED_IN, answer=responses.DatasetInFull, errors=(NotFound,))
def show_dataset(call: Call[None], dataset: str) -> responses.DatasetInFull:
    """Show a dataset and who uses it."""
    return datasets.show(dataset, call.account)


@routes.get(_DATASET + "/file", access=Access.SIGNED_IN, answer=responses.Download, errors=(NotFound,))
def download_dataset(call: Call[None], dataset: str) -> responses.Download:
    """Get a signed URL of a dataset's file."""
    return datasets.file(dataset, call.account)


@routes.patch(
    _DATASET, body=requests.ChangeDataset, access=Access.SIGNED_IN, answer=responses.Dataset, errors=(NotAllowed, NotFound)
)
def change_dataset(call: Call[requests.ChangeDataset], dataset: str) -> responses.Dataset:
    """Change what is said of a dataset, or who may use it."""
    return datasets.change(dataset, call.account, call.body, call.now)


@routes.delete(_DATASET, access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed, NotFound))
def remove_dataset(call: Call[None], dataset: str) -> responses.Empty:
    """Remove a dataset that nothing uses."""
    return datasets.remove(dataset, call.account, call.now)


@routes.post(
    "/v1/tasks",
    body=requests.NewTask,
    access=Access.SIGNED_IN,
    answer=responses.Task,
    status=201,
    errors=(Conflict, NotFound),
)
def create_task(call: Call[requests.NewTask]) -> responses.Task:
    """Make a task of datasets."""
    return tasks.create(call.account, call.body, call.now)


@routes.post(
    "/v1/tasks/bundle",
    body=requests.BundleUpload,
    access=Access.SIGNED_IN,
    answer=responses.Task,
    status=201,
    errors=(Conflict, NotFound),
)
def create_task_from_bundle(call: Call[requests.BundleUpload]) -> responses.Task:
    """Make a task of an uploaded archive with a task.yaml."""
    return tasks.create_from_bundle(call.account, call.body, call.now)


@routes.get("/v1/tasks", access=Access.SIGNED_IN, answer=responses.Tasks, query=(CURSOR, _SHARED, _PUBLIC))
def list_tasks(call: Call[None]) -> responses.Tasks:
    """List your tasks, those shared with you, or the public ones, newest first."""
    before = call.asked(CURSOR)
    if call.asked(_SHARED):
        return tasks.list_shared(call.account, before)
    return tasks.list_public(before) if call.asked(_PUBLIC) else tasks.list_mine(call.account, before)


@routes.get(_TASK, access=Access.SIGNED_IN, answer=responses.Task, errors=(NotFound,))
def show_task(call: Call[None], task: str) -> responses.Task:
    """Show a task."""
    return tasks.show(task, call.account)


@routes.patch(
    _TASK, body=requests.ChangeTask, access=Access.SIGNED_IN, answer=responses.Task, errors=(Conflict, NotAllowed, NotFound)
)
def change_task(call: Call[requests.ChangeTask], task: str) -> responses.Task:
    """Change a task. Other files or settings make a new version."""
    return tasks.change(task, call.account, call.body, call.now)


@routes.delete(_TASK, access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed, NotFound))
def remove_task(call: Call[None], task: str) -> responses.Empty:
    """Take a task out of the bank."""
    return tasks.remove(task, call.account, call.now)
