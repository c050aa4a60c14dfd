"""The warm parent of the strong box, in namespaces, which forks a confined child per submission (Linux)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Final

from grader.errors import BoxFailure, SandboxUnavailable
from grader.sandbox.confined import Asked, Control, StrongChild
from grader.sandbox.inside.confine import LAYERS
from grader.sandbox.inside.wire import Message, Tag, Unpacker, decode, read_message
from grader.sandbox.plan import Plan
from grader.sandbox.start import ParentProcess

START_SECONDS: Final = 60.0

#: What a box parent is asked for: a child for a submission, or one that tries the layers.
RUN: Final = b"R"
TRY: Final = b"T"


class StrongParent:
    """The trusted side's end of one warm box parent.

    Parameters
    ----------
    plan : Plan
    layers : iterable of str
        The layers to put up; all, but where single ones are tried.
    started : ParentProcess, optional
        Its process, where it was started before.

    Raises
    ------
    SandboxUnavailable
        A required layer could not be prepared on this machine.
    BoxFailure
        The parent did not start.
    """

    def __init__(
        self, plan: Plan, layers: Iterable[str] = LAYERS, *, started: ParentProcess | None = None
    ) -> None:
        self._started = started or ParentProcess(layers)
        self.layers, self._process = self._started.layers, self._started.process
        self._cpu_limit = float(plan.setup["cpu_seconds"])
        line = self._started.control
        self._control = Control(line)
        self._waiting: Asked | None = None
        line.settimeout(START_SECONDS)
        try:
            line.sendall(plan.setup_message())
            answer = read_message(line.recv)
        except (OSError, EOFError) as error:
            self.close()
            raise BoxFailure(
                f"the box parent did not start: {error or 'it ended at once'}",
                help="run `grade doctor`",
            ) from None
        self.missing_namespaces = self._check(answer, plan)

    def _check(self, answer: Message, plan: Plan) -> str:
        content = decode(answer.body)
        if answer.tag == Tag.UNCONFINED:
            self.close()
            layer, reason, remedy = content
            raise SandboxUnavailable(f"layer {layer!r} of the box is missing: {reason}", help=_remedy(remedy))
        if answer.tag != Tag.CONFINED:
            self.close()
            raise BoxFailure(
                f"assignment {plan.assignment!r} cannot be set up in the box: {content}",
                help=f"look at assignments/{plan.assignment}/calls.py and `preload` in its assignment.toml",
            )
        return str(content)

    def prepare(self) -> None:
        """Have the next child forked and confined while this side does something else; it waits for its file.

        Its predecessor has ended by then, as far as this side is concerned: nothing of that is in the parent.
        """
        with contextlib.suppress(BoxFailure):  # whoever needs the child finds out
            self._waiting = self._waiting or Asked(self._control, RUN)

    def spawn(self, request: bytes = RUN) -> StrongChild:
        """Return the child that waits, or have one forked."""
        waiting, self._waiting = self._waiting, None
        asked = waiting or Asked(self._control, request)
        try:
            handle = self._control.handle()
        except BaseException:
            asked.close()
            raise
        return StrongChild(asked, handle, self._control, self._cpu_limit)

    def try_layers(self) -> dict[str, dict[str, str]]:
        """Have a confined child try what each layer forbids: layer to probe to what was possible."""
        child = self.spawn(TRY)
        try:
            unpacker = Unpacker(1 << 20)
            while (data := child.receive(START_SECONDS)) is not None:
                for message in unpacker.feed(data):
                    found: dict[str, dict[str, str]] = decode(message.body)
                    if message.tag != Tag.TRIED:
                        raise SandboxUnavailable(f"a layer of the box is missing: {found}", help=_remedy(""))
                    return found
            raise BoxFailure(f"trying the layers ended the child: {child.end()}", help="run `grade doctor`")
        finally:
            child.end()

    def close(self) -> None:
        """End the parent, and with it everything in its PID namespace."""
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None
        self._started.end()


def _remedy(remedy: str) -> str:
    steps = [remedy, "`grade doctor` shows every layer", "`--sandbox weak` goes on without"]
    return "; ".join(step for step in steps if step)
