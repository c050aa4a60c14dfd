"""Submissions that want more of the reference than its answers, for `test_attacks_again`, by what they try.

Each is the text of `user`, which is run again with the reference in the place of `helper` and others.
"""

RIGHT = """
def user(x):
    return helper(x)
"""

#: The channel and the codec, found as an attacker finds them.
FORGER = """
import os, sys, time
from grader.sandbox.inside.wire import HEADER, Encoded, Tag, encode, pack
frame = sys._getframe()
while "channel" not in frame.f_locals:
    frame = frame.f_back
channel = frame.f_locals["channel"]
def put(data):
    data = memoryview(data)
    while data:
        data = data[os.write(channel._send, data):]
def ask(number=0, args=(1.0,), **more):
    return pack(Tag.ASK, number, encode((list(args), {}, [], False)))
"""


def _user(body: str, before: str = "") -> str:
    return f"{before}\ndef user(x):\n    {body}\n"


#: What `user` returns is what it found of the reference: nothing.
FRUITLESS = {
    "looks for the reference in memory": _user(
        "helper(x)\n    return look()",
        """
import gc, sys, struct
def look():
    words = ["words of the " + "reference", "SEC" + "RET", "the reference " + "prints"]
    needles = [each.encode() for each in words] + [struct.pack("<d", 12345.678 * 2)]
    frame, found, heap = sys._getframe(), [], gc.get_objects()
    mine = {id(item) for item in (words, needles)}
    while frame:
        mine.add(id(frame.f_locals))
        frame = frame.f_back
    for item in list(heap):
        heap += gc.get_referents(item)
    for item in heap:
        if isinstance(item, (bytes, bytearray)) and any(needle in item for needle in needles):
            found += [len(item)] * (bytes(item) not in needles and b"needles" not in item)
    return found
""",
    ),
    "looks for the reference in what answers": _user(
        "return [cell for cell in helper.__closure__ if 'solution' in repr(cell.cell_contents)]"
    ),
    "reads what it must not, from a function called back": _user(
        """
    found = []
    def f(v):
        for path in ("/proc/self/environ", "/etc/passwd", "/"):
            try: found.append(open(path).read())
            except OSError: pass
        return v
    mapped(f, x)
    return found"""
    ),
    "starts threads that ask": _user(
        """
    import _thread
    try: return [_thread.start_new_thread(helper, (x,))]
    except RuntimeError: return []"""
    ),
    "asks within a question": _user(
        """
    found = []
    def f(v):
        try: found.append(helper(v))
        except RuntimeError: pass
        return v
    mapped(f, x, twice=True)
    return found"""
    ),
    "has an exercise called as if it were given": _user(
        """
    def f(v): return v
    f.made_by = ("endless_secret", {})
    try: return [mapped(f, x)]
    except LookupError: return []"""
    ),
    "leaves answers for the next": _user(
        """
    import builtins, numpy as np
    found = [place.stolen for place in (builtins, np) if hasattr(place, "stolen")]
    for place in (builtins, np):
        place.stolen = helper(x)
    for path in ("/tmp/softmark-stolen", "/dev/shm/softmark-stolen", "stolen"):
        try: found.append(open(path).read())
        except OSError: pass
        try: open(path, "w").write(str(helper(x)))
        except OSError: pass
    return found"""
    ),
}

#: Ends of `user`'s first case.
ENDS = {
    "asks for what is none of its helpers": (_user("put(ask(5)); return helper(x)", FORGER), "tampered"),
    "asks for a number out of range": (_user("put(ask(2**31)); return helper(x)", FORGER), "tampered"),
    "answers itself": (
        _user("put(pack(Tag.ANSWER, 0, encode((7.0, {})))); return helper(x)", FORGER),
        "tampered",
    ),
    "refuses itself": (_user("put(pack(Tag.REFUSE, 0, encode('E'))); return helper(x)", FORGER), "tampered"),
    "calls the reference by the trusted side's word": (
        _user("put(pack(Tag.CALL, 0, encode(([1.0], {}, [], False)))); return helper(x)", FORGER),
        "tampered",
    ),
    "asks while the file is loaded": (FORGER + "put(ask())\n" + RIGHT, "tampered"),
    "floods with questions, and reads no answer": (_user("while True: put(ask())", FORGER), "timed_out"),
    "asks again and again": (_user("while True: helper(x)"), "timed_out"),
    "asks again and again, and swallows all that is raised": (
        _user("while True:\n        try: helper([x] * 20000)\n        except BaseException: pass"),
        "timed_out",
    ),
    "floods with large questions": (
        _user("while True: put(ask(args=[np.zeros(100_000)]))", FORGER + "import numpy as np"),
        "timed_out",
    ),
    "asks with petabytes": (_user("put(HEADER.pack(9, 0, 1 << 40, 1 << 50))", FORGER), "tampered"),
    "asks half a question and sleeps": (
        _user("put(HEADER.pack(9, 0, 9, 9)); time.sleep(60)", FORGER),
        "timed_out",
    ),
    "asks with more than may cross": (
        _user("return helper(np.zeros(10**6))", "import numpy as np"),
        "raised",
    ),
    "asks with a knot": (_user("knot = []; knot.append(knot); return helper(knot)"), "raised"),
    "asks with no arguments at all": (_user("return helper()"), "raised"),
    "asks with what is no data": (_user("return helper(object())"), "raised"),
    "asks for an array that fills the memory": (
        _user("return mapped(lambda v: np.zeros(10**6), x)", "import numpy as np"),
        "raised too_large",
    ),
    "asks with bytes that are no question": (
        _user("put(pack(Tag.ASK, 0, Encoded(b'[' * 9999, b'x' * 99))); return helper(x)", FORGER),
        "raised returned",
    ),
    "asks with the form of a question and none of its sense": (
        _user(
            "put(pack(Tag.ASK, 0, encode(([], {}, [[7, ['helper', 3]]], True)))); return helper(x)", FORGER
        ),
        "raised returned",
    ),
    "keeps the reference busy for ever": (_user("return endless()"), "raised timed_out"),
    "keeps the reference waiting for ever": (
        _user("def f(v):\n        while True: pass\n    return mapped(f, x)"),
        "timed_out",
    ),
    "sleeps while the reference waits": (
        _user("import time\n    return mapped(lambda v: time.sleep(60), x)"),
        "timed_out",
    ),
    "dies while the reference waits": (
        _user("import os\n    return mapped(lambda v: os._exit(0), x)"),
        "crashed",
    ),
    "crashes while the reference waits": (
        _user("import ctypes\n    return mapped(lambda v: ctypes.string_at(0), x)"),
        "crashed",
    ),
    "answers for another question when called back": (
        _user("return mapped(lambda v: put(pack(Tag.RETURNED, 3, encode(7.0))), x)", FORGER),
        "tampered",
    ),
    "ends the case when called back": (
        _user("return mapped(lambda v: put(pack(Tag.RETURNED, 0, encode((7.0, {})))), x)", FORGER),
        "returned tampered raised",
    ),
    "raises what is no exception of its own": (
        _user("def f(v): raise SystemExit(v)\n    return mapped(f, x)"),
        "raised",
    ),
    "returns the answer and forges the case": (
        _user("put(pack(Tag.RETURNED, 0, encode(7.0))); return helper(x)", FORGER),
        "returned tampered",
    ),
}
