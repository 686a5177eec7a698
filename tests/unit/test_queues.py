"""Whose turn it is on a queue, and which jobs a runner can do."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.contract import Capabilities
from chalicelib.domain.queues import scheduling

GPU = Capabilities(gpus=1, labels=("a100",))


class Queue:
    """A queue as the API keeps it: counters of turns, and what waits in the order of its turns."""

    def __init__(self) -> None:
        self.serving = 0
        self.latest: Counter[str] = Counter()
        self.waiting: list[tuple[int, int, str]] = []
        self.submitted = 0

    def submit(self, competition: str) -> None:
        self.latest[competition] = turn = scheduling.next_turn(self.serving, self.latest[competition])
        self.submitted += 1
        self.waiting.append((turn, self.submitted, competition))

    def claim(self) -> str:
        first = min(self.waiting)
        self.waiting.remove(first)
        self.serving = max(self.serving, first[0])
        return first[2]


def test_competitions_are_served_in_turn_however_much_each_has_waiting():
    queue = Queue()
    for competition in ["big"] * 100 + ["small"] * 3:
        queue.submit(competition)
    assert [queue.claim() for _ in range(8)] == ["big", "small", "big", "small", "big", "small", "big", "big"]


def test_a_competition_that_was_idle_has_saved_no_turns_up():
    queue = Queue()
    for _ in range(50):
        queue.submit("busy")
    for _ in range(40):
        queue.claim()
    for _ in range(10):
        queue.submit("newcomer")
    assert Counter(queue.claim() for _ in range(10)) == {"busy": 5, "newcomer": 5}


def test_one_competition_alone_is_served_in_the_order_of_arrival():
    queue = Queue()
    for _ in range(20):
        queue.submit("only")
    order = sorted(queue.waiting)
    assert [number for _, number, _ in order] == list(range(1, 21))


@given(st.lists(st.sampled_from(["a", "b", "c", None]), max_size=120))
def test_of_two_that_wait_all_the_time_neither_gets_far_ahead(events):
    queue, served = Queue(), Counter()
    for competition in ["a", "b"] * 130:
        queue.submit(competition)
    for event in events:
        if event is None:
            served[queue.claim()] += 1
        else:
            queue.submit(event)
    assert abs(served["a"] - served["b"]) <= 1


def test_a_job_that_asks_for_nothing_fits_every_runner():
    assert scheduling.fits(Capabilities(), Capabilities())


def test_each_thing_that_is_asked_for_must_be_there():
    has = Capabilities(cpus=4, memory_bytes=8 * 2**30, gpus=1, labels=("a100", "eu"))
    assert scheduling.fits(Capabilities(cpus=4, memory_bytes=8 * 2**30, gpus=1, labels=("eu",)), has)
    assert not scheduling.fits(Capabilities(cpus=4.5), has)
    assert not scheduling.fits(Capabilities(memory_bytes=8 * 2**30 + 1), has)
    assert not scheduling.fits(Capabilities(gpus=2), has)
    assert not scheduling.fits(Capabilities(labels=("eu", "h100")), has)


def test_what_several_levels_ask_for_is_asked_for_together():
    asked = scheduling.together(Capabilities(cpus=2, labels=("eu",)), Capabilities(cpus=1, gpus=1, labels=("a100", "eu")))
    assert asked == Capabilities(cpus=2, gpus=1, labels=("a100", "eu"))


def test_capabilities_are_read_as_they_are_written():
    assert Capabilities.from_dict(GPU.to_dict()) == GPU
    assert Capabilities.from_dict({}) == Capabilities()
