"""The library: datasets and tasks."""

from chalicelib import answers, bodies
from chalicelib.actions import bank, datasets
from chalicelib.http import Access, Call, Routes, cursor, flag

routes = Routes(__name__)
_SIGNED_IN = {"access": Access.SIGNED_IN}
_LIST = {
    "cursor": "The `next` of the former page.",
    "public": "`true` for what everybody may use.",
    "shared": "`true` for what others share with you.",
}
_DATASET, _TASK = "/v1/datasets/{dataset}", "/v1/tasks/{task}"


@routes.post("/v1/datasets", **_SIGNED_IN, body=bodies.NewDataset, answer=answers.Dataset, status=201)
def create_dataset(call: Call) -> answers.Dataset:
    """Keep an upload as a dataset."""
    return datasets.create(call.account, call.body, call.now)


@routes.get("/v1/datasets", **_SIGNED_IN, answer=answers.Datasets, query=_LIST)
def list_datasets(call: Call) -> answers.Datasets:
    """List your datasets, those shared with you, or the public ones, newest first."""
    before = cursor(call.query)
    if flag(call.query, "shared"):
        return datasets.list_shared(call.account, before)
    return datasets.list_public(before) if flag(call.query, "public") else datasets.list_mine(call.account, before)


@routes.get(_DATASET, **_SIGNED_IN, answer=answers.DatasetInFull)
def show_dataset(call: Call, dataset: str) -> answers.DatasetInFull:
    """Show a dataset and who uses it."""
    return datasets.show(dataset, call.account)


@routes.get(_DATASET + "/file", **_SIGNED_IN, answer=answers.Download)
def download_dataset(call: Call, dataset: str) -> answers.Download:
    """Get a signed URL of a dataset's file."""
    return datasets.file(dataset, call.account)


@routes.patch(_DATASET, **_SIGNED_IN, body=bodies.ChangeDataset, answer=answers.Dataset)
def change_dataset(call: Call, dataset: str) -> answers.Dataset:
    """Change what is said of a dataset, or who may use it."""
    return datasets.change(dataset, call.account, call.body)


@routes.delete(_DATASET, **_SIGNED_IN, answer=answers.Empty)
def remove_dataset(call: Call, dataset: str) -> answers.Empty:
    """Remove a dataset that nothing uses."""
    return datasets.remove(dataset, call.account, call.now)


@routes.post("/v1/tasks", **_SIGNED_IN, body=bodies.NewTask, answer=answers.Task, status=201)
def create_task(call: Call) -> answers.Task:
    """Make a task of datasets."""
    return bank.create(call.account, call.body, call.now)


@routes.post("/v1/tasks/bundle", **_SIGNED_IN, body=bodies.BundleUpload, answer=answers.Task, status=201)
def create_task_from_bundle(call: Call) -> answers.Task:
    """Make a task of an uploaded archive with a task.yaml."""
    return bank.create_from_bundle(call.account, call.body, call.now)


@routes.get("/v1/tasks", **_SIGNED_IN, answer=answers.Tasks, query=_LIST)
def list_tasks(call: Call) -> answers.Tasks:
    """List your tasks, those shared with you, or the public ones, newest first."""
    before = cursor(call.query)
    if flag(call.query, "shared"):
        return bank.list_shared(call.account, before)
    return bank.list_public(before) if flag(call.query, "public") else bank.list_mine(call.account, before)


@routes.get(_TASK, **_SIGNED_IN, answer=answers.Task)
def show_task(call: Call, task: str) -> answers.Task:
    """Show a task."""
    return bank.show(task, call.account)


@routes.patch(_TASK, **_SIGNED_IN, body=bodies.ChangeTask, answer=answers.Task)
def change_task(call: Call, task: str) -> answers.Task:
    """Change a task. Other files or settings make a new version."""
    return bank.change(task, call.account, call.body, call.now)


@routes.delete(_TASK, **_SIGNED_IN, answer=answers.Empty)
def remove_task(call: Call, task: str) -> answers.Empty:
    """Take a task out of the bank."""
    return bank.remove(task, call.account)
