"""Modules that a student's file imports and the box does not have: plotting, course utilities, test cases.

Files from a course's notebooks begin with such imports and need nothing of them for what is graded. Where a
file fails for want of a module, it is run again with placeholders: each name of an absent module is the
stub's helper of that name, where there is one, or an object that swallows whatever is done with it.
"""

from __future__ import annotations

import builtins
import importlib.machinery
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, cast

#: Modules of the standard library that need libraries of the machine, which the box leaves unreadable.
UNREADABLE: Final = frozenset(
    ["crypt", "curses", "dbm", "nis", "readline", "sqlite3", "ssl", "tkinter", "turtle", "turtledemo"]
)

#: Packages by which one file runs on Python 2 and 3, and what of them is more than a name: loops need it.
PYTHON_2: Final = frozenset(["future", "past", "six"])
OLD_NAMES: Final = {**vars(builtins), "xrange": range, "unicode": str, "basestring": str, "long": int}


class Absent:
    """Swallows attribute access, calls, indexing and iteration; it is no number and compares to nothing.

    As a decorator it leaves a function as it is, as a base class it adds nothing.
    """

    def __getattr__(self, name: str) -> Absent:
        """Return another one, but for the special names by which Python asks what it can do."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent()

    def __call__(self, *given: Any, **_: Any) -> Any:
        """Return another one, but for a function or class the same: it is decorated."""
        decorated = len(given) == 1 and isinstance(given[0], (types.FunctionType, type))
        return given[0] if decorated else Absent()

    def __mro_entries__(self, _: tuple[Any, ...]) -> tuple[type, ...]:
        """Return no base class."""
        return ()

    def __getitem__(self, _: Any) -> Absent:
        """Return another one."""
        return Absent()

    def __setitem__(self, _: Any, __: Any) -> None:
        """Forget it."""

    def __iter__(self) -> Iterator[Any]:
        """Yield nothing."""
        return iter(())

    def __enter__(self) -> Absent:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Swallow nothing that is raised."""


class AbsentModule(types.ModuleType):
    """A module that is not there, under its name."""

    def __init__(self, name: str, given: Mapping[str, Any]) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__all__: list[str] = []
        self.__given = given

    def __getattr__(self, name: str) -> Any:
        """Return the stub's helper of this name, or a placeholder."""
        if name.startswith("__"):
            raise AttributeError(name)
        if self.__name__.partition(".")[0] in PYTHON_2 and name in OLD_NAMES:
            return OLD_NAMES[name]
        return self.__given.get(name, Absent())


class KnownFinder(importlib.machinery.PathFinder):
    """Finds on disk what every box has, and not what else is installed beside it.

    A grade must not hang on that; and plotting packages, where they are there, look for folders to write to.
    """

    names: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find a module of a known package."""
        return super().find_spec(fullname, path, target) if fullname.partition(".")[0] in cls.names else None


def know_only_these() -> None:
    """Have nothing found from now on but the standard library and the packages that are loaded already."""
    loaded = {name.partition(".")[0] for name in sys.modules}
    # of the grader all that runs here is loaded already
    KnownFinder.names = frozenset(sys.stdlib_module_names | loaded) - UNREADABLE - {"grader"}
    sys.meta_path[:] = [importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter, KnownFinder]


class AbsentFinder:
    """Stands last among the finders: finds the packages that the file turned out to lack.

    A file that catches the ImportError itself never comes to need a placeholder.

    Parameters
    ----------
    given : mapping of str to object
        The stub's helpers.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.names: set[str] = set()
        self._given = given

    def add(self, name: str) -> bool:
        """Have a package found from now on; False where a placeholder is of no use."""
        if not name.isidentifier() or name in self.names:
            return False  # a package that is there lacks a module, or the placeholder did not help
        self.names.add(name)
        return True

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find an absent package, or what is under one."""
        if fullname.partition(".")[0] not in self.names:
            return None
        # it has all that a loader has; the base class is in importlib.abc, which imports thirty modules more
        return importlib.machinery.ModuleSpec(fullname, cast(Any, self), is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Make the placeholder."""
        return AbsentModule(spec.name, self._given)

    def exec_module(self, module: types.ModuleType) -> None:
        """Do nothing: there is nothing to run."""
