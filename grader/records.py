"""What is stored as JSON: plain frozen dataclasses, and pydantic where they are read, written or checked.

A class of pydantic's own is built when it is imported, and importing pydantic takes as long as importing
numpy: too long for a student who waits for ``grade check``, which neither reads nor writes JSON of these. So
pydantic is loaded when the first record is validated or written, under the names that its models have for it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import asdict, replace
from functools import cache
from importlib import import_module
from typing import Annotated, Any, ClassVar, Self, cast

__all__ = ["Record", "told_by"]


class Record:
    """A frozen dataclass, each field with a docstring of its own; what making one does not check.

    Constraints are in the metadata of `dataclasses.field`, by pydantic's names for them.
    """

    __slots__ = ()

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {
        "extra": "forbid",
        "allow_inf_nan": False,
        "use_attribute_docstrings": True,
    }

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return a copy with other values for some fields; nothing is checked."""
        return cast(Self, replace(cast(Any, self), **update))

    def model_dump(self) -> dict[str, Any]:
        """Return it as a dict, and what it holds as dicts and tuples."""
        return cast(dict[str, Any], _adapter(cast(Hashable, type(self))).dump_python(self))

    def model_dump_json(
        self, *, indent: int | None = None, exclude_none: bool = False, exclude: Iterable[str] = ()
    ) -> str:
        """Return it as JSON."""
        json: bytes = _adapter(cast(Hashable, type(self))).dump_json(
            self, indent=indent, exclude_none=exclude_none, exclude=set(exclude)
        )
        return json.decode()

    @classmethod
    def model_validate(cls, data: object) -> Self:
        """Return what a dict says; ValidationError of pydantic's where it is none."""
        return cast(Self, _adapter(cast(Hashable, cls)).validate_python(data))

    @classmethod
    def model_validate_json(cls, text: str | bytes, *, strict: bool = False) -> Self:
        """Return what JSON says; ValidationError of pydantic's where it is none."""
        return cast(Self, _adapter(cast(Hashable, cls)).validate_json(text, strict=strict))

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """Return the schema of the JSON that is written."""
        return cast(dict[str, Any], _adapter(cast(Hashable, cls)).json_schema(mode="serialization"))

    def checked(self) -> Self:
        """Return an equal one that keeps its constraints; ValidationError of pydantic's where it does not."""
        return type(self).model_validate(asdict(cast(Any, self)))


class told_by:  # noqa: N801 - reads as a function in annotations
    """In ``Annotated[A | B, told_by("kind")]``: the field whose value says which of the records it is."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Tell pydantic, in its own way."""
        one_of = import_module("pydantic").Discriminator(self.name)
        return handler.generate_schema(Annotated[source, one_of])


@cache
def _adapter(record: Hashable) -> Any:
    return import_module("pydantic").TypeAdapter(record)
