"""Calls about datasets, tasks and queues, as a part of the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class Library(Verbs):
    """The verbs of what competitions share. Lists are of one's own, else `of` "shared" with one or "public"."""

    def datasets(self, of: str = "mine") -> Iterator[api.Dataset]:
        """Datasets, newest first."""
        for page in self._pages(lambda at: self.http.call("GET", "/datasets", None, at), _shown(of)):
            yield from page["datasets"]

    def dataset(self, dataset: str) -> api.DatasetInFull:
        """One dataset, and what uses it."""
        return self.http.call("GET", "/datasets/{dataset}", dataset=dataset)

    def add_dataset(self, upload: str, type_: str, name: str, **said: str) -> api.Dataset:
        """Keep an upload of the purpose "dataset"."""
        return self.http.call("POST", "/datasets", {"upload": upload, "type": type_, "name": name, **said})

    def dataset_url(self, dataset: str) -> str:
        """The signed address of a dataset's file."""
        return self.http.call("GET", "/datasets/{dataset}/file", dataset=dataset)["url"]

    def change_dataset(self, dataset: str, changes: Mapping[str, object]) -> api.Dataset:
        """Change what is said of a dataset, and who may use it."""
        return self.http.call("PATCH", "/datasets/{dataset}", changes, dataset=dataset)

    def remove_dataset(self, dataset: str) -> None:
        """Remove a dataset that nothing uses."""
        self.http.call("DELETE", "/datasets/{dataset}", dataset=dataset)

    def tasks(self, of: str = "mine") -> Iterator[api.Task]:
        """Tasks, newest first."""
        for page in self._pages(lambda at: self.http.call("GET", "/tasks", None, at), _shown(of)):
            yield from page["tasks"]

    def task(self, task: str) -> api.Task:
        """One task and the datasets that it is made of."""
        return self.http.call("GET", "/tasks/{task}", task=task)

    def add_task(self, upload: str) -> api.Task:
        """Make a task of an upload of the purpose "bundle" that holds a task.yaml."""
        return self.http.call("POST", "/tasks/bundle", {"upload": upload})

    def create_task(self, name: str, files: Mapping[str, str], **said: object) -> api.Task:
        """Make a task of datasets, by what each is for it, such as a "scoring_program"."""
        return self.http.call("POST", "/tasks", {"name": name, "files": files, **said})

    def change_task(self, task: str, changes: Mapping[str, object]) -> api.Task:
        """Change a task: other files or settings make a new version."""
        return self.http.call("PATCH", "/tasks/{task}", changes, task=task)

    def remove_task(self, task: str) -> None:
        """Take a task out of the bank."""
        self.http.call("DELETE", "/tasks/{task}", task=task)

    def queues(self, of: str = "mine") -> Iterator[api.Queue]:
        """Queues, newest first."""
        for page in self._pages(lambda at: self.http.call("GET", "/queues", None, at), _shown(of)):
            yield from page["queues"]

    def queue(self, queue: str) -> api.QueueInFull:
        """One queue, what waits on it, and its runners."""
        return self.http.call("GET", "/queues/{queue}", queue=queue)

    def create_queue(self, name: str, **said: str | bool) -> api.Queue:
        """A queue for runners of one's own; `description`, `visibility` and `sealed` may be said of it."""
        return self.http.call("POST", "/queues", {"name": name, **said})

    def change_queue(self, queue: str, changes: Mapping[str, object]) -> api.Queue:
        """Change what is said of a queue, and whose competitions may use it."""
        return self.http.call("PATCH", "/queues/{queue}", changes, queue=queue)

    def remove_queue(self, queue: str) -> None:
        """Remove a queue that no competition uses."""
        self.http.call("DELETE", "/queues/{queue}", queue=queue)

    def create_runner_token(self, queue: str, name: str, expires_in_days: int = 365) -> api.NewToken:
        """A runner token of a queue, for its owner; its `token` is shown this once."""
        body = {"name": name, "expires_in_days": expires_in_days}
        return self.http.call("POST", "/queues/{queue}/tokens", body, queue=queue)

    def runner_tokens(self, queue: str) -> list[api.Token]:
        """The runner tokens of a queue, without their secrets."""
        return self.http.call("GET", "/queues/{queue}/tokens", queue=queue)["tokens"]

    def revoke_runner_token(self, queue: str, token: str) -> None:
        """Have a runner token open nothing any more."""
        self.http.call("DELETE", "/queues/{queue}/tokens/{token}", queue=queue, token=token)

    def queue_registry(self, queue: str) -> api.StoredRegistry:
        """The sign-in of a queue to a private registry, without its password."""
        return self.http.call("GET", "/queues/{queue}/registry", queue=queue)

    def competition_registry(self, competition: str) -> api.StoredRegistry:
        """The sign-in of a competition to a private registry, without its password."""
        return self.http.call("GET", "/competitions/{competition}/registry", competition=competition)

    def forget_queue_registry(self, queue: str) -> None:
        """Forget a queue's sign-in to a private registry."""
        self.http.call("DELETE", "/queues/{queue}/registry", queue=queue)

    def forget_competition_registry(self, competition: str) -> None:
        """Forget a competition's sign-in to a private registry."""
        self.http.call("DELETE", "/competitions/{competition}/registry", competition=competition)

    def store_queue_registry(self, queue: str, server: str, username: str, password: str) -> api.StoredRegistry:
        """Store the sign-in to a private registry, for the jobs of a queue."""
        body = {"server": server, "username": username, "password": password}
        return self.http.call("POST", "/queues/{queue}/registry", body, queue=queue)

    def store_competition_registry(self, competition: str, server: str, username: str, password: str) -> api.StoredRegistry:
        """Store the sign-in to a private registry, for the jobs of a competition."""
        body = {"server": server, "username": username, "password": password}
        return self.http.call("POST", "/competitions/{competition}/registry", body, competition=competition)


def _shown(of: str) -> dict[str, str]:
    return {} if of == "mine" else {of: "true"}
