"""How the tables came to be what they are, one version after the other."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

__all__ = ["scripts", "upgrade"]


def upgrade(connection: Connection, version: str | None) -> bool:
    """Bring the tables from a version to the newest one; False where that version is not known.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    version : str or None
        None for an empty database.
    """
    config = _config()
    config.attributes["connection"] = connection
    if version is not None and version not in {each.revision for each in scripts().walk_revisions()}:
        return False
    command.upgrade(config, "head")
    return True


def scripts() -> ScriptDirectory:
    """Return the versions."""
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "grader.gradebook:migrations")
    return config
