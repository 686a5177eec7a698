"""Dataclasses whose methods are made when the first of them is: to make those of all would be a quarter of a cold start.

A call answers with a few of hundreds of classes, but who declares a route names its answer's.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    from functools import partial
    from threading import RLock

    _making = RLock()

    def dataclass(cls: type | None = None, /, **how: Any) -> Any:
        """As dataclasses.dataclass, a little later."""
        if cls is None:
            return partial(dataclass, **how)
        cls.__new__ = _new
        cls.__dataclass_fields__ = _Fields(how)
        return cls

    class _Fields:
        """In the place of a class's fields until somebody asks for them: to make an instance, look at it or inherit."""

        def __init__(self, how: dict[str, Any]) -> None:
            self._how = how

        def __get__(self, _: object, cls: type) -> Any:
            with _making:
                if vars(cls)["__dataclass_fields__"] is self:
                    dataclasses.dataclass(**self._how)(cls)
            return vars(cls)["__dataclass_fields__"]

    def _new(cls: type, *_given: Any, **_named: Any) -> Any:
        # A class has its fields before it has its methods.
        with _making:
            _ = cls.__dataclass_fields__
        return object.__new__(cls)
