"""The gallery: a file per attack, in a folder per category, and what each file's docstring says must hold.

``Ends:``    how the first cases of `wanted` end: "returned nothing" (an empty list: what it found), kinds of
             outcome, "then" between cases, "or" between what may come; "anything" where only points count.
``Costs:``   "the whole file" where the honest part of the file suffers with the rest.
``Weak:``    why the weak box promises nothing here; without it, it promises the same.
``Without namespaces:`` why the strong box promises nothing here on a kernel that allows none.
``Machine:`` the only architecture on which the attack means something.

An attack spoils nothing that cannot be made good, should no layer hold it back: nobody's clock is set, and no
process, file or setting of the machine is touched but those that the suite has made.
"""

from __future__ import annotations

import ast
import platform
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent

#: "strong without namespaces": on a kernel that allows none, the box goes on without them.
KINDS = ("strong", "strong without namespaces", "weak")
CATEGORIES = ("reading", "forging", "tampering", "escaping", "exhausting", "leaking")


#: What stands for texts that are too long for a file that people read.
LONG = {
    b'"@SIGNS@"': b"-" * 200_000 + b"1",
    b'"@COLLISIONS@"': b",".join(b"%d" % (number * (2**61 - 1)) for number in range(1, 20_000)),
    b'"@LETTERS@"': b"\n-" + b"b" * 300_000,
}


@dataclass(frozen=True, slots=True)
class Escape:
    """One attack."""

    path: Path
    ends: str
    costs_everything: bool
    not_in: dict[str, str]
    machine: str

    @classmethod
    def of(cls, path: Path) -> Escape:
        """Read what a file's docstring says."""
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        said = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
        assert said.keys() >= {"Must hold", "Ends"}, path
        not_in = {"weak": said.get("Weak", ""), KINDS[1]: said.get("Without namespaces", "")}
        return cls(path, said["Ends"], "Costs" in said, not_in, said.get("Machine", ""))

    @property
    def name(self) -> str:
        """Its category and what it tries."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def source(self) -> bytes:
        """The submission; what is too long to be written out is put in here."""
        text = self.path.read_bytes()
        for place, long in LONG.items():
            text = text.replace(place, long)
        return text

    def ended_well(self, kinds: list[str]) -> bool:
        """Say whether the first cases ended as they may."""
        if self.ends == "anything":
            return True
        wanted = [end.removesuffix(" nothing").split(" or ") for end in self.ends.split(" then ")]
        return all(kind in those for kind, those in zip(kinds, wanted, strict=False))

    def skip_where_not_promised(self, kind: str) -> None:
        """Skip the test where nothing is promised."""
        if self.machine not in ("", platform.machine()):
            pytest.skip(f"only {self.machine} has what it uses")
        if why := self.not_in.get(kind):
            pytest.skip(f"the box {kind!r} does not promise it: {why}")


GALLERY = tuple(Escape.of(path) for name in CATEGORIES for path in sorted((HERE / name).glob("*.py")))
