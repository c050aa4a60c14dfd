"""A gradebook to try: a file of SQLite; PostgreSQL where ``GRADEBOOK_TEST_URL`` names a throw-away server."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

SERVER = os.environ.get("GRADEBOOK_TEST_URL", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Name an empty place for a gradebook: a path, or the URL of a database of its own."""
    if request.param == "sqlite":
        yield str(tmp_path / "gradebook.sqlite")
        return
    if not SERVER:
        pytest.skip("no PostgreSQL: make test-postgres starts one")
    server = make_url(SERVER)
    name = f"gradebook_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()
