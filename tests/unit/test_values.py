"""Dataclasses whose methods are made when they are first used."""

import dataclasses
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import TypeAdapter

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class Mark:
    """A mark of somebody."""

    name: str
    points: int = 0
    tags: list[str] = dataclasses.field(default_factory=list)


def test_nothing_is_made_before_the_first_is_used() -> None:
    @dataclass(frozen=True)
    class Later:
        """Nobody asks for it."""

        name: str

    assert "__eq__" not in vars(Later)
    assert Later("a") == Later("a") and "__eq__" in vars(Later)


def test_it_is_as_python_makes_it() -> None:
    plain = dataclasses.make_dataclass(
        "Mark",
        [("name", str), ("points", int, 0), ("tags", list[str], dataclasses.field(default_factory=list))],
        frozen=True,
    )
    one, same = Mark("ada", tags=["x"]), plain("ada", tags=["x"])
    assert repr(one) == repr(same) and dataclasses.asdict(one) == dataclasses.asdict(same)
    assert dataclasses.replace(one, points=2) == Mark("ada", 2, ["x"]) != one
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "bob"  # type: ignore[misc]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        Mark()  # type: ignore[call-arg]


def test_who_asks_a_class_before_there_is_one_finds_its_fields() -> None:
    @dataclass(frozen=True)
    class Asked:
        """Its fields are asked for."""

        name: str

    @dataclass(frozen=True)
    class Described:
        """Its schema is asked for."""

        name: str
        asked: Asked | None = None

    assert dataclasses.is_dataclass(Asked) and [field.name for field in dataclasses.fields(Asked)] == ["name"]
    described = TypeAdapter(Described).validate_python({"name": "a", "asked": {"name": "b"}})
    assert described == Described("a", Asked("b"))


def test_what_inherits_has_the_fields_of_both_whichever_is_made_first() -> None:
    @dataclass(frozen=True)
    class More(Mark):
        """One with a place."""

        place: int = 1

    @dataclasses.dataclass(frozen=True)
    class Most(More):
        """One that was made at once."""

        of: int = 3

    assert Most("a", 1, [], 2, 5) == Most("a", 1, place=2, of=5)
    assert More("a", place=3).place == 3 and More("a") != Mark("a")
    assert [field.name for field in dataclasses.fields(More)] == ["name", "points", "tags", "place"]


def test_threads_that_meet_at_the_first_get_the_same() -> None:
    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(50):

            @dataclass(frozen=True)
            class Met:
                """Two make the first."""

                name: str

            with ThreadPoolExecutor(4) as threads:
                made = list(threads.map(Met, "abab"))
            assert made[0] == made[2] != made[1]
    finally:
        sys.setswitchinterval(pause)
