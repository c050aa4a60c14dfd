"""``python -m fuzz [TARGET ...] --seconds N``: run targets under atheris; ``make fuzz`` runs them all.

Corpora and crashes lie below ``fuzz/out``. ``python -m fuzz TARGET --input FILE`` runs one input once more,
without atheris.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import pkgutil
import subprocess
import sys
import warnings
from pathlib import Path
from types import ModuleType

from fuzz import targets

_OUT = Path(__file__).parent / "out"
_NAMES = tuple(sorted(module.name for module in pkgutil.iter_modules(targets.__path__)))

#: How much longer the traced code takes.
_SLOWNESS = 6.0

_LIMITS = ("-timeout=60", "-rss_limit_mb=2048", "-max_len=4096", "-len_control=0", "-print_final_stats=1")


def main() -> int:
    """Run what the command line asks for; return how many targets failed."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(_NAMES))
    parser.add_argument("--seconds", type=int, default=60, help="for each target; 60 by default")
    parser.add_argument("--input", type=Path, help="a file to run once")
    asked = parser.parse_args()
    names = asked.targets or _NAMES
    if unknown := set(names) - set(_NAMES):
        parser.error(f"there is no target {', '.join(sorted(unknown))}; there are {', '.join(_NAMES)}")
    if asked.input:
        _target(names[0]).check(asked.input.read_bytes())
        return 0
    if len(names) == 1:
        return _fuzz(names[0], asked.seconds)
    command = [sys.executable, "-m", "fuzz", "--seconds", str(asked.seconds)]
    failed = [name for name in names if subprocess.run([*command, name], check=False).returncode]
    print(
        f"{len(names) - len(failed)} of {len(names)} targets held"
        + "".join(f"; not {name}" for name in failed)
    )
    return len(failed)


def _fuzz(name: str, seconds: int) -> int:
    try:
        import atheris  # noqa: PLC0415 - only some versions of Python have it
    except ImportError:
        version = ".".join(map(str, sys.version_info[:2]))
        print(f"error: atheris is not installed for Python {version}.", file=sys.stderr)
        print("help: make fuzz makes an environment that has it, for some Pythons on Linux.", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["grader"], enable_loader_override=False):
        target = _target(name)
    importlib.import_module("fuzz.holds").slowness = _SLOWNESS
    warnings.simplefilter("error")
    folder = _OUT / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds():
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    options = [*_LIMITS, f"-max_total_time={seconds}", f"-artifact_prefix={folder}/", str(corpus)]
    atheris.Setup([f"fuzz {name}", *options], target.check)
    atheris.Fuzz()  # ends the process
    return 0


def _target(name: str) -> ModuleType:
    return importlib.import_module(f"fuzz.targets.{name}")


if __name__ == "__main__":
    sys.exit(main())
