"""The library: datasets and tasks."""

from chalicelib import requests, responses
from chalicelib.actions.library import datasets, tasks
from chalicelib.http import Access, Call, Routes, cursor, flag

routes = Routes(__name__)
_SIGNED_IN = {"access": Access.SIGNED_IN}
_LIST = {
    "cursor": "The `next` of the former page.",
    "public": "`true` for what everybody may use.",
    "shared": "`true` for what others share with you.",
}
_DATASET, _TASK = "/v1/datasets/{dataset}", "/v1/tasks/{task}"


@routes.post("/v1/datasets", **_SIGNED_IN, body=requests.NewDataset, answer=responses.Dataset, status=201)
def create_dataset(call: Call) -> responses.Dataset:
    """Keep an upload as a dataset."""
    return datasets.create(call.account, call.body, call.now)


@routes.get("/v1/datasets", **_SIGNED_IN, answer=responses.Datasets, query=_LIST)
def list_datasets(call: Call) -> responses.Datasets:
    """List your datasets, those shared with you, or the public ones, newest first."""
    before = cursor(call.query)
    if flag(call.query, "shared"):
        return datasets.list_shared(call.account, before)
    return datasets.list_public(before) if flag(call.query, "public") else datasets.list_mine(call.account, before)


@routes.get(_DATASET, **_SIGNED_IN, answer=responses.DatasetInFull)
def show_dataset(call: Call, dataset: str) -> responses.DatasetInFull:
    """Show a dataset and who uses it."""
    return datasets.show(dataset, call.account)


@routes.get(_DATASET + "/file", **_SIGNED_IN, answer=responses.Download)
def download_dataset(call: Call, dataset: str) -> responses.Download:
    """Get a signed URL of a dataset's file."""
    return datasets.file(dataset, call.account)


@routes.patch(_DATASET, **_SIGNED_IN, body=requests.ChangeDataset, answer=responses.Dataset)
def change_dataset(call: Call, dataset: str) -> responses.Dataset:
    """Change what is said of a dataset, or who may use it."""
    return datasets.change(dataset, call.account, call.body)


@routes.delete(_DATASET, **_SIGNED_IN, answer=responses.Empty)
def remove_dataset(call: Call, dataset: str) -> responses.Empty:
    """Remove a dataset that nothing uses."""
    return datasets.remove(dataset, call.account, call.now)


@routes.post("/v1/tasks", **_SIGNED_IN, body=requests.NewTask, answer=responses.Task, status=201)
def create_task(call: Call) -> responses.Task:
    """Make a task of datasets."""
    return tasks.create(call.account, call.body, call.now)


@routes.post("/v1/tasks/bundle", **_SIGNED_IN, body=requests.BundleUpload, answer=responses.Task, status=201)
def create_task_from_bundle(call: Call) -> responses.Task:
    """Make a task of an uploaded archive with a task.yaml."""
    return tasks.create_from_bundle(call.account, call.body, call.now)


@routes.get("/v1/tasks", **_SIGNED_IN, answer=responses.Tasks, query=_LIST)
def list_tasks(call: Call) -> responses.Tasks:
    """List your tasks, those shared with you, or the public ones, newest first."""
    before = cursor(call.query)
    if flag(call.query, "shared"):
        return tasks.list_shared(call.account, before)
    return tasks.list_public(before) if flag(call.query, "public") else tasks.list_mine(call.account, before)


@routes.get(_TASK, **_SIGNED_IN, answer=responses.Task)
def show_task(call: Call, task: str) -> responses.Task:
    """Show a task."""
    return tasks.show(task, call.account)


@routes.patch(_TASK, **_SIGNED_IN, body=requests.ChangeTask, answer=responses.Task)
def change_task(call: Call, task: str) -> responses.Task:
    """Change a task. Other files or settings make a new version."""
    return tasks.change(task, call.account, call.body, call.now)


@routes.delete(_TASK, **_SIGNED_IN, answer=responses.Empty)
def remove_task(call: Call, task: str) -> responses.Empty:
    """Take a task out of the bank."""
    return tasks.remove(task, call.account)
