"""Submissions that want more than they may, for `test_attacks`: each is a file's text, by what it tries.

`add` is the exercise that attacks, `scale` and `driven` are right.
"""

RIGHT = """
import ctypes, errno, gc, os, resource, signal, socket, stat, struct, sys, time
import numpy as np
def add(x, y=2):
    return x + y
def scale(x, *, factor=1):
    return relu(x)
def driven(x):
    return np.maximum(x, 0)
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
"""

#: `succeeds` lists the attempts that were not held back.
_ATTEMPTS = """
def succeeds(attempts):
    found = []
    for name, attempt in attempts.items():
        try:
            result = attempt()
        except (OSError, ValueError, ImportError, RuntimeError):
            continue
        found.append((name, str(result)))
    return found
"""


def _tries(**attempts: str) -> str:
    table = ", ".join(f"{name!r}: lambda: {attempt}" for name, attempt in attempts.items())
    return f"{_ATTEMPTS}\ndef add(x, y=2):\n    return succeeds({{{table}}})\n"


def _returns(expression: str, before: str = "") -> str:
    return f"{before}\ndef add(x, y=2):\n    return {expression}\n"


#: What `add` returns is what it could read or do: nothing.
FRUITLESS = {
    "walks the disk": _returns(
        "[found for top in ('/', '/home', '/root', '/etc', '/tmp', '/proc', '/sys', '/dev', '.', '..') "
        "for found in os.walk(top)]"
    ),
    "reads proc and devices": _tries(
        environ="open('/proc/self/environ').read()",
        maps="open('/proc/self/maps').read()",
        memory="open('/proc/self/mem', 'rb').read(1)",
        parent="open('/proc/1/cmdline').read()",
        parent_exe="os.readlink('/proc/1/exe')",
        disk="open('/dev/vda', 'rb').read(1)",
        random="open('/dev/urandom', 'rb').read(1)",
        descriptors="os.listdir('/proc/self/fd')",
    ),
    "looks where it stands": _returns(
        "[os.getcwd().strip('/'), dict(os.environ)] if os.getcwd() != '/' else []"
    ),
    "uses inherited descriptors": _returns(
        "[n for n in range(3, 64) if _is_open(n) and not stat.S_ISSOCK(os.fstat(n).st_mode)]",
        "def _is_open(n):\n    try: os.fstat(n)\n    except OSError: return False\n    return True\n",
    ),
    "looks for hidden inputs in frames and objects": """
def add(x, y=2):
    needle, frame, found = struct.pack("<d", 85 / 2), sys._getframe(), []
    heap = gc.get_objects()
    while frame:
        heap += frame.f_locals.values()
        frame = frame.f_back
    heap += [item for known in list(heap) for item in gc.get_referents(known)]
    for item in heap:
        if isinstance(item, (bytes, bytearray)) and item is not needle and needle in item:
            found.append(bytes(item))
    return found
""",
    "looks for the grader in memory": _returns(
        "[name for name in sys.modules if name.startswith(('h5py', 'pydantic', 'grader.'))"
        " and not name.startswith('grader.sandbox')]"
    ),
    "imports what is installed beside numpy": _tries(
        h5py="__import__('h5py')", pydantic="__import__('pydantic')", grading="__import__('grader.grading')"
    ),
    "starts processes": _tries(
        fork="os.fork()",
        forkpty="os.forkpty()",
        spawn="os.posix_spawn('/bin/true', ['true'], {})",
        execute="os.execv('/bin/true', ['true'])",
        subprocess="__import__('subprocess').run(['/bin/true'])",
        popen="os.popen('true').read()",
        thread="__import__('_thread').start_new_thread(print, ())",
    ),
    "opens sockets of every family": _returns(
        "[n for n in range(46) for kind in (1, 2, 3) if _made(n, kind)]",
        """
def _made(family, kind):
    try: socket.socket(family, kind)
    except OSError: return False
    return True
""",
    ),
    "signals others": _tries(
        parent="os.kill(os.getppid(), 9)",
        first="os.kill(1, 9)",
        everyone="os.kill(-1, 9)",
        group="os.killpg(0, 9)",
        stop="os.kill(os.getpid(), signal.SIGSTOP)",
        stop_too="signal.raise_signal(signal.SIGSTOP)",
        handle="os.pidfd_open(1)",
        nothing="os.kill(os.getppid(), 0)",
    ),
    "raises its limits": _tries(
        memory="resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
        time="resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))",
        parents="resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0))",
        affinity="os.sched_setaffinity(1, [0])",
    ),
    "changes what it is, or its descriptors": """
def add(x, y=2):
    found = []
    for call, numbers in (
        (lambda n: libc.prctl(n, 1, 0, 0, 0), set(range(80)) - {3, 39}),
        (lambda n: libc.fcntl(1, n, 0), {*range(20), *range(1024, 1045)} - {0, 1, 2, 3, 1030}),
    ):
        for number in numbers:
            ctypes.set_errno(0)
            if (call(number), ctypes.get_errno()) != (-1, errno.EPERM):
                found.append(number)
    return found
""",
    "writes to the disk": _tries(
        file="open('/tmp/softmark-attack', 'w')",
        beside="open(os.path.dirname(np.__file__) + '/attack.py', 'w')",
        over="open(np.__file__, 'r+b')",
        folder="os.mkdir('/tmp/softmark-attack')",
        link="os.symlink('/', '/tmp/softmark-attack')",
        shared="open('/dev/shm/softmark-attack', 'w')",
        remove="os.unlink(np.__file__)",
        rename="os.rename(np.__file__, np.__file__ + '.old')",
        mode="os.chmod(np.__file__, 0)",
        time="os.utime(np.__file__)",
        nameless="os.open('/tmp', os.O_TMPFILE | os.O_RDWR)",
        memory="os.memfd_create('x')",
        pipe="os.mkfifo('/tmp/softmark-attack')",
    ),
    "empties files by opening them for reading": """
def add(x, y=2):
    try: os.open("/nonexistent", os.O_RDONLY | os.O_TRUNC)
    except OSError as error: return [] if error.errno == errno.EPERM else [error.errno]
""",
}

#: The channel, found as an attacker finds it, and the codec to speak on it.
_FORGER = """
from grader.sandbox.inside.wire import HEADER, Encoded, Tag, encode, pack
frame = sys._getframe()
while "channel" not in frame.f_locals:
    frame = frame.f_back
channel = frame.f_locals["channel"]._send
def put(data):
    data = memoryview(data)
    while data:
        data = data[os.write(channel, data):]
def claim(**fields):
    honest = {"type_name": "E", "nearest": "E", "message": "m", "frames": []}
    put(pack(Tag.RAISED, 0, encode(honest | fields)))
def loaded(**fields):
    put(pack(Tag.LOADED, 0, encode({"raised": None, "notes": []} | fields)))
"""


def _forges(call: str) -> str:
    return f"{_FORGER}\ndef add(x, y=2):\n    {call}\n    return x\n"


#: Ends of `add`'s first case; where the second is another, both.
FORGED = {
    "sends its own value": (_forges("put(pack(Tag.RETURNED, 0, encode(7.0)))"), "returned tampered"),
    "answers cases to come": (
        _forges("[put(pack(Tag.RETURNED, number, encode(7.0))) for number in range(8)]"),
        "returned returned",
    ),
    "answers with another number": (_forges("put(pack(Tag.RETURNED, 5, encode(7.0)))"), "tampered"),
    "announces petabytes": (_forges("put(HEADER.pack(4, 0, 1 << 40, 1 << 50))"), "tampered"),
    "announces sizes that overflow": (_forges("put(HEADER.pack(4, 0, 2**64 - 1, 2**64 - 1))"), "tampered"),
    "sends half an answer and sleeps": (_forges("put(HEADER.pack(4, 0, 9, 9)); time.sleep(60)"), "timed_out"),
    "sends an answer byte by byte": (
        _forges("put(HEADER.pack(4, 0, 9, 900_000))\n    while True: put(b'x')"),
        "timed_out",
    ),
    "floods with answers": (
        _forges("many = pack(Tag.RETURNED, 0, encode(7.0)) * 999\n    while True: put(many)"),
        "returned tampered",
    ),
    "floods with noise": (_forges("while True: put(bytes(99_999))"), "tampered"),
    "floods both channels": (
        _forges("many = b'x' * 65536\n    while True: os.write(1, many); put(bytes(99))"),
        "tampered",
    ),
    "claims to be confined again": (_forges("put(pack(Tag.CONFINED, 0, encode('')))"), "tampered"),
    "claims that a layer failed": (
        _forges("put(pack(Tag.UNCONFINED, 0, encode(('a', 'b', 'c'))))"),
        "tampered",
    ),
    "claims a line at infinity": (_forges("claim(frames=[('f', float('inf'), 't')])"), "tampered"),
    "claims a line of a thousand digits": (_forges("claim(frames=[('f', 10**1000, 't')])"), "tampered"),
    "claims an array of frames": (_forges("claim(frames=np.zeros((200_000, 3), 'u1'))"), "tampered"),
    "claims a hundred frames": (_forges("claim(frames=[('f', 1, 't')] * 100)"), "tampered"),
    "claims an exception that is an array": (_forges("put(pack(4 + 1, 0, encode(np.zeros(3))))"), "tampered"),
    "claims a message that is none": (_forges("claim(message=np.zeros(100_000))"), "tampered"),
    "closes the channel and goes on": (_forges("os.close(channel)\n    while True: pass"), "crashed"),
    "claims to have been loaded": (_FORGER + "\nloaded()\n", "tampered"),
    "claims notes of its own": (_FORGER + "\nloaded(notes=[('Full points', '')])\n", "tampered"),
    "claims a note with markup": (_FORGER + "\nloaded(notes=[('absent', '<b>')])\n", "tampered"),
    "claims a million notes": (_FORGER + "\nloaded(notes=np.zeros(10**6, 'u1'))\n", "tampered"),
    "claims to have been loaded by an array": (_FORGER + "\nloaded(raised=np.zeros(3))\n", "tampered"),
    "answers everything and leaves": (
        _FORGER + "\nloaded()\nfor n in range(8): put(pack(Tag.RETURNED, n, encode(7.0)))\nos._exit(0)\n",
        "returned returned",
    ),
}

#: What `add` returns, and its end where it does not come back as this value.
LYING = {
    "an array that lies about itself": (
        "np.zeros(3).view(Liar)",
        """
class Liar(np.ndarray):
    nbytes = property(lambda self: 1)
    shape = property(lambda self: (10**9,))
    tobytes = lambda self, *_: b"x"
    astype = __array__ = lambda self, *_, **__: self
""",
        "returned",
    ),
    "a class that claims to be an array": (
        "Liar()",
        "class Liar:\n    __class__, nbytes, ndim, dtype = np.ndarray, 8, 1, np.dtype('f8')\n",
        "raised",
    ),
    "a class that never says what it is": (
        "Liar()",
        "class Liar:\n    @property\n    def __class__(self):\n        while True: pass\n",
        "timed_out",
    ),
    "a dict without end": (
        "Liar()",
        "class Liar(dict):\n    def items(self):\n        while True: yield 1, 2\n",
        "timed_out raised",
    ),
    "a list without end": (
        "Liar()",
        "class Liar(list):\n    def __iter__(self):\n        while True: yield 1\n",
        "too_large",
    ),
    "a dict with the same key twice": (
        "{Liar('a'): 1, Liar('a'): 2}",
        "class Liar(str):\n    __hash__ = lambda self: id(self)\n    __eq__ = lambda self, other: False\n",
        "returned",
    ),
    "a float that ends the program": (
        "Liar(1)",
        "class Liar(float):\n    def __float__(self): raise SystemExit\n",
        "raised",
    ),
    "an int that is another": (
        "Liar(1)",
        "class Liar(int):\n    __repr__ = lambda self: '],['\n",
        "returned",
    ),
    "a text of negative length": (
        "Liar('x')",
        "class Liar(str):\n    __len__ = lambda self: -1\n",
        "returned raised",
    ),
    "an array of 64 dimensions": ("np.zeros((1,) * 64)", "", "returned"),
    "an array of no size and huge shape": ("np.zeros((0, 10**9, 10**9))", "", "returned"),
    "records": ("np.zeros(2, 'f8,i4')", "", "returned"),
    "dates": ("np.array(['2020'], 'M8')", "", "returned"),
    "keys that share one hash": ("{n * (2**61 - 1): 0 for n in range(1200)}", "", "too_large"),
    "a set whose members share one hash": ("{n * (2**61 - 1) for n in range(1200)}", "", "too_large"),
    "many small parts": ("[()] * 30_000", "", "returned too_large timed_out"),
    "an exception that cannot be looked at": (
        "Liar.strike()",
        """
class Liar(Exception):
    __traceback__ = property(lambda self: sys.exit())
    def __str__(self):
        while True: pass
    def strike(): raise Liar
""",
        "crashed timed_out raised",
    ),
    "an exception without ancestors": (
        "strike()",
        """
class Meta(type):
    def mro(cls): return [cls, BaseException, object]
class Liar(BaseException, metaclass=Meta): pass
def strike(): raise Liar
""",
        "raised",
    ),
    "a text that no file can hold": ("'\\ud800'", "", "returned"),
}

#: Spoils something as the file is loaded; only the file itself may suffer.
TAMPERING = {
    "numpy": "np.asarray = np.frombuffer = np.ndarray = np.random.seed = None",
    "builtins": "import builtins\nfor name in ('len', 'type', 'list'): setattr(builtins, name, None)",
    "output closed": "sys.stdout.close()\nsys.stderr = None\nos.close(0); os.close(1); os.close(2)",
    "output that exits": "class Out:\n    def flush(self): raise SystemExit\nsys.stdout = Out()",
    "os.write": "os.write = lambda *_: 0",
    "os.read": "os.read = lambda *_: b''",
    "json": "import json\njson.dumps = json.loads = lambda *_, **__: '['",
    "signals": "for n in (1, 2, 10, 12, 14, 15, 17, 24, 25, 26, 27): signal.signal(n, signal.SIG_IGN)",
    "timers": "signal.signal(signal.SIGALRM, lambda *_: 1 / 0)\nsignal.setitimer(0, 0.001, 0.001)",
    "tracing": "sys.settrace(lambda *_: 1 / 0)\nsys.setprofile(lambda *_: 1 / 0)",
    "audit hooks": "sys.addaudithook(lambda *_: os._exit(0))",
    "collector": "gc.set_threshold(1)\ngc.callbacks.append(lambda *_: os._exit(1))",
    "importing": "sys.meta_path[:] = [None]\nsys.modules.clear()",
    "endings": "import atexit\natexit.register(time.sleep, 60)\nsys.exitfunc = None",
    "the runner": "runner = sys.modules['grader.sandbox.inside.runner']\nrunner.Submission.answer = None",
    "hashes": "import hashlib\nhashlib.sha256 = None",
    "recursion": "sys.setrecursionlimit(60)",
    "exit": "os._exit(0)",
    "crash": "ctypes.string_at(0)",
}

#: Uses up what there is; ends of `add`'s first case.
EXHAUSTING = {
    "time": ("while True: pass", "timed_out"),
    "patience": ("time.sleep(60)", "timed_out"),
    "memory": ("held = []\n    while True: held.append(np.ones(10**6))", "raised timed_out crashed"),
    "memory again and again": (
        "held = []\n    while True:\n        try: held += [bytes(10**7)]\n        except MemoryError: pass",
        "timed_out",
    ),
    "a number of gigabits": ("return 10 ** 10**9", "timed_out raised"),
    "a regular expression": ("__import__('re').match('(a+)+$', 'a' * 50 + 'b')", "timed_out"),
    "the compiler": ("return eval('-' * 10**6 + '1')", "raised crashed"),
    "the stack": ("sys.setrecursionlimit(10**9)\n    return add(x)", "timed_out crashed raised"),
    "descriptors": ("while True: os.dup(0)", "raised"),
    "output": ("while True: os.write(1, b'x' * 65536)", "timed_out"),
    "both outputs": ("while True: print('x' * 999); print('x' * 999, file=sys.stderr)", "timed_out"),
    "values": ("return np.zeros(10**8)", "too_large raised"),
    "nested values": ("return eval('[' * 90 + ']' * 90)", "returned"),
}
