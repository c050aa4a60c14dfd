"""Calls of functions that stand in another process, while a case waits for their answers.

A submission that is graded again has such functions in the place of its wrong helpers: the reference answers,
in a box of its own. Functions among the arguments are called back the same way, but for those that say which
given helper makes them: `made_by`, a pair of its name and its arguments. These are made again where they
are needed, which spares a call back for each of their calls.

Every question and every answer goes through the trusted side, which passes the bytes on unread.
"""

from __future__ import annotations

import builtins
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import numpy as np

from grader.sandbox.inside.raising import nearest
from grader.sandbox.inside.wire import Encoded, Message, Tag, TooLarge, decode, encode

#: Where a function stands among the arguments: its position or its name.
Place = int | str

Function = Callable[..., Any]

_NONE: Final[Mapping[str, Function]] = {}


class Line:
    """One process's end of the way to functions that stand elsewhere.

    Parameters
    ----------
    send : callable
        Takes a tag, a number and a body.
    messages : iterator of Message
        What the trusted side says; only answers and calls back come while a question is open.
    max_bytes : int
        Largest value that crosses.
    """

    def __init__(
        self, send: Callable[[Tag, int, Encoded], None], messages: Iterator[Message], max_bytes: int
    ) -> None:
        self._send, self._messages, self._max_bytes = send, messages, max_bytes
        self._free = threading.Lock()

    def far(self, number: int, name: str) -> Function:
        """Return a function that is answered elsewhere, under this number."""

        def function(*args: Any, **named: Any) -> Any:
            return self._ask(number, name, args, named)

        function.__name__ = function.__qualname__ = name
        return function

    def serve(
        self, function: Function, question: Encoded, given: Mapping[str, Function] = _NONE
    ) -> tuple[Tag, Encoded, BaseException | None]:
        """Call a function that stands here; return what to send, and what was raised."""
        try:
            return Tag.RETURNED, self._called(function, question, given), None
        except BaseException as error:
            return Tag.RAISED, encode(nearest(error)), error

    def _ask(self, number: int, name: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        if not self._free.acquire(blocking=False):
            raise RuntimeError(f"{name} is called while another call waits for its answer")
        try:
            functions = {place: item for place, item in [*enumerate(args), *named.items()] if callable(item)}
            mine = [None if place in functions else item for place, item in enumerate(args)]
            mine_named = {key: None if key in functions else item for key, item in named.items()}
            (flat, flat_named), tensors = without_tensors((mine, mine_named))
            made = [(place, getattr(item, "made_by", None)) for place, item in functions.items()]
            question = (flat, flat_named, made, tensors)
            self._send(Tag.ASK, number, encode(question, max_bytes=self._max_bytes))
            value, changed = decode(self._answer(name, list(functions.values())))
            for place, left in changed.items():
                take_over(args[place] if isinstance(place, int) else named[place], left)
            return with_tensors(value) if tensors else value
        except TooLarge as error:
            raise ValueError(f"{name} cannot be handed so much: {error}") from None
        finally:
            self._free.release()

    def _answer(self, name: str, functions: list[Function]) -> Encoded:
        """Wait for the answer, and answer what is called back until then."""
        raised: BaseException | None = None
        for message in self._messages:
            if message.tag == Tag.ANSWER:
                return message.body
            if message.tag == Tag.REFUSE:
                raise raised or _named(decode(message.body), name)
            tag, body, raised = self.serve(functions[message.number], message.body)
            self._send(tag, message.number, body)
        raise EOFError("nobody is there to answer")

    def _called(self, function: Function, question: Encoded, helpers: Mapping[str, Function]) -> Encoded:
        """Return the value, and those arguments that are not as they were."""
        args, named, functions, tensors = decode(question)
        given = dict(enumerate(args)) | named
        before = {place: encode(item) for place, item in given.items()}
        lent = with_tensors(given) if tensors else dict(given)  # tensors on the same memory
        for number, (place, made_by) in enumerate(functions):
            far = self.far(number, f"argument {place}")
            lent[place] = far if made_by is None else helpers[made_by[0]](**made_by[1])
        value = function(*(lent[place] for place in range(len(args))), **{key: lent[key] for key in named})
        changed = {place: item for place, item in given.items() if encode(item) != before[place]}
        return encode((without_tensors(value)[0], changed), max_bytes=self._max_bytes)


def take_over(mine: Any, left: Any) -> bool:
    """Give an argument the contents that a call elsewhere left in it; False where it has no contents."""
    if isinstance(mine, dict) and isinstance(left, dict):
        for key in [key for key in mine if key not in left]:
            del mine[key]
        for key, item in left.items():
            if not (key in mine and take_over(mine[key], item)):
                mine[key] = item
    elif isinstance(mine, list) and isinstance(left, list):
        mine[:] = left
    elif isinstance(mine, np.ndarray) and isinstance(left, np.ndarray) and mine.shape == left.shape:
        mine[...] = left
    else:
        return False
    return True


def without_tensors(value: Any) -> tuple[Any, bool]:
    """Return a value with arrays for its tensors, and whether it had any: their history does not cross."""
    torch = sys.modules.get("torch")
    if torch is None:
        return value, False
    met = False

    def plain(item: Any) -> Any:
        nonlocal met
        if isinstance(item, torch.Tensor):
            met = True
            return item.detach().numpy()
        return _each(item, plain)

    return plain(value), met


def with_tensors(value: Any) -> Any:
    """Return a value with tensors for its arrays."""
    if isinstance(value, np.ndarray):
        return sys.modules["torch"].from_numpy(value)
    return _each(value, with_tensors)


def _each(value: Any, change: Function) -> Any:
    if type(value) is dict:
        return {key: change(item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(change(item) for item in value)
    return value


#: Raised where a function that stands elsewhere raises what cannot be made of a message alone.
_OTHERWISE: Final = RuntimeError


def _named(kind: str, name: str) -> BaseException:
    """Make an exception of the kind that was raised elsewhere; what it said stays there."""
    message = f"{name} raises {kind} on these arguments"
    made = getattr(builtins, kind, None)
    if not (isinstance(made, type) and issubclass(made, Exception)):
        return _OTHERWISE(message)
    try:
        return made(message)
    except TypeError:
        return _OTHERWISE(message)
