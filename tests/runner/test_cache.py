"""What jobs have in common is fetched once, shared, kept within bounds, and never taken from under a job."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.contract import File
from runner import files
from runner.archives import BadArchive
from runner.cache import Cache
from runner.errors import Halted, Unable
from runner.files import ObjectStore
from tests.runner.fake_backend import FakeBackend, wait_until
from tests.runner.job_builders import MIB, make_zip

NEVER = threading.Event()


@pytest.fixture
def site() -> Iterator[FakeBackend]:
    fake = FakeBackend()
    yield fake
    fake.close()


@pytest.fixture
def store() -> Iterator[ObjectStore]:
    made = ObjectStore()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _any_disk_is_large_enough(monkeypatch):
    monkeypatch.setattr(files, "LEAST_FREE_BYTES", 0)


@pytest.fixture
def prepared(tmp_path: Path, store: ObjectStore):
    """A cache of this size, after a start of the runner."""

    def start(max_bytes: int = 100 * MIB) -> Cache:
        made = Cache(tmp_path / "cache", store, max_bytes)
        made.prepare()
        return made

    return start


@pytest.fixture
def offered(site: FakeBackend):
    """A file that can be downloaded: a zip of these files, or of one of so many MiB that do not compress away."""

    def offer(name: str, mebibytes: float = 0.01) -> File:
        return File(**site.offer_file(make_zip({name: os.urandom(int(mebibytes * MIB))})))

    return offer


def test_the_same_data_is_downloaded_once(prepared, offered, site):
    cache, file = prepared(), offered("a")
    first = cache.folder(file, "one", NEVER)
    assert cache.folder(file, "two", NEVER) == first and (first / "a").exists()
    assert cache.archive(file, "one", NEVER).read_bytes() == site.files[file.sha256]
    assert site.downloads == 2, "one for the folder, one for the archive"


def test_jobs_that_want_the_same_at_once_wait_for_one_download(prepared, offered, site):
    cache, file, found = prepared(), offered("a", 8), []
    jobs = [threading.Thread(target=lambda n=n: found.append(cache.folder(file, n, NEVER))) for n in range(6)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert len(found) == 6 and len(set(found)) == 1 and site.downloads == 1


def test_a_job_that_is_stopped_waits_for_nobodys_download(prepared, offered, site):
    cache, file, stopped = prepared(), offered("a"), threading.Event()
    site.flowing.clear()
    other = threading.Thread(target=cache.folder, args=(file, "other", NEVER))
    other.start()
    assert wait_until(lambda: site.downloads)
    threading.Timer(0.2, stopped.set).start()
    with pytest.raises(Halted):
        cache.folder(file, "stopped", stopped)
    site.flowing.set()
    other.join()


def test_the_least_recently_used_goes_first(prepared, offered):
    cache = prepared(5 * MIB)
    files = [offered(name, 2) for name in "abc"]
    folders = []
    for number in (0, 1, 0, 2):
        folders.append(cache.folder(files[number], "job", NEVER))
        os.utime(folders[-1], (len(folders), len(folders)))
        cache.release("job")
    a, b, _, c = folders
    assert a.exists() and c.exists() and not b.exists()


def test_what_a_job_uses_stays_until_the_job_is_over(prepared, offered):
    cache = prepared(1 * MIB)
    first, second = cache.folder(offered("a", 2), "one", NEVER), cache.archive(offered("b", 2), "two", NEVER)
    assert first.exists() and second.exists()
    cache.release("one")
    assert not first.exists() and second.exists()
    cache.release("two")
    assert not second.exists()


def test_a_disk_that_is_nearly_full_empties_the_cache_before_a_download(prepared, offered, monkeypatch):
    cache = prepared()
    old = cache.folder(offered("a"), "job", NEVER)
    cache.release("job")
    monkeypatch.setattr(files, "LEAST_FREE_BYTES", 2**60)
    monkeypatch.setattr(files, "LEAST_FREE_SHARE", 1.0)
    new = cache.folder(offered("b"), "job", NEVER)
    assert not old.exists() and new.exists()


def test_many_jobs_that_fetch_use_and_release_never_miss_what_they_hold(prepared, offered):
    cache = prepared(3 * MIB)
    files, missing = [offered(str(number), 1) for number in range(6)], []

    def work(job: int) -> None:
        for turn in range(12):
            folder = cache.folder(files[(job + turn) % len(files)], job, NEVER)
            if not any(folder.iterdir()):
                missing.append(folder)
            cache.release(job)

    jobs = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert missing == []


def test_what_a_dead_runner_left_half_done_is_removed_and_what_was_whole_is_used(prepared, offered, site, tmp_path):
    file = offered("a")
    whole = prepared().folder(file, "job", NEVER)
    half = tmp_path / "cache" / "partial" / "x"
    half.mkdir()
    (half / "archive.zip").write_bytes(b"PK")
    again = prepared()
    assert again.folder(file, "job", NEVER) == whole and site.downloads == 1
    assert not half.exists()


def test_what_was_there_at_the_start_counts(prepared, offered):
    old = prepared().folder(offered("a", 2), "job", NEVER)
    smaller = prepared(1 * MIB)
    smaller.release("nobody")
    assert not old.exists()


def test_what_cannot_be_unpacked_is_not_kept(prepared, site, tmp_path):
    cache, file = prepared(), File(**site.offer_file(b"no zip"))
    for _ in range(2):
        with pytest.raises(BadArchive):
            cache.folder(file, "job", NEVER)
    assert list((tmp_path / "cache" / "folders").iterdir()) == [] == list((tmp_path / "cache" / "partial").iterdir())


def test_a_name_that_is_no_sum_is_refused(prepared):
    with pytest.raises(Unable, match="no sha256"):
        prepared().archive(File("http://127.0.0.1:9/", "../../etc/passwd", 1), "job", NEVER)
