"""``grade run --executor``: what is refused before anything is graded."""

from __future__ import annotations

import pytest

from grader.cli import cluster


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--executor", "dask"), "--executor dask needs --scheduler ADDRESS"),
        (("--scheduler", "tcp://127.0.0.1:8786"), "--scheduler is for --executor dask"),
    ],
    ids=["no address", "no cluster"],
)
def test_a_cluster_and_its_address_go_together(call, submissions, options, told):
    shown = call("run", submissions, "--sandbox", "weak", *options)
    assert shown.exit_code == 2
    assert told in shown.output


def test_where_the_extra_is_not_installed_the_remedy_is_named(call, submissions, tmp_path, monkeypatch):
    def missing(name: str) -> object:
        raise ModuleNotFoundError(f"No module named {name!r}", name="distributed")

    monkeypatch.setattr(cluster, "import_module", missing)
    address = ("--executor", "dask", "--scheduler", "tcp://127.0.0.1:8786")
    shown = call("run", submissions, "--out", tmp_path / "out", *address)
    assert shown.exit_code == 2
    assert "needs the module 'distributed', which is not installed" in shown.output
    assert "help: pip install 'softmark[cluster]'" in shown.output
