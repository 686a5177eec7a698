"""Shared code: packaged stack, IAM enforced, real races."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from agon.client import Client
from tests import builders, shared_code
from tests.shared_code import Shared
from tests.stack import DeployedStack


@pytest.fixture(scope="module")
def shared(runner: DeployedStack, tmp_path_factory: pytest.TempPathFactory) -> Shared:
    return shared_code.share(runner, tmp_path_factory.mktemp("shared"))


def test_likes_and_downloads_at_the_same_moment_are_counted_exactly(
    shared: Shared, organizer: Client, grace: Client, stranger: Client
) -> None:
    people = (organizer, grace, stranger)
    with ThreadPoolExecutor(len(people)) as executor:
        for _ in range(2):
            list(executor.map(lambda person: person.like(shared.source), people))
            urls = list(executor.map(lambda person: person.shared_file(shared.source), people))
        list(executor.map(lambda person: person.like(shared.source, likes=False), (stranger, stranger)))
    found = stranger.shared_code(shared.source)
    assert (found["likes"], found["downloads"], found["forks"], found["liked"]) == (2, 3, 1, False)
    assert [one["submission"] for one in stranger.shared(shared.phase, "likes")] == [shared.source]
    assert httpx.get(urls[0], timeout=35).content == builders.submission()


def test_a_fork_tells_whom_it_is_from_and_scores_as_its_source(shared: Shared, stranger: Client) -> None:
    fork = stranger.shared_code(shared.fork)
    assert (fork["forked_from"], fork["lineage"][0]["participant"]) == (shared.source, "ada")
    assert fork["scores"] == stranger.shared_code(shared.source)["scores"] == {"accuracy": 0.9, "seconds": 3}
