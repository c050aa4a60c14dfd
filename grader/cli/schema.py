"""``grade schema``."""

from __future__ import annotations

import json

import click

from grader.results import SubmissionResult


@click.command(epilog="Example: grade schema > result.schema.json")
def schema() -> None:
    """Print the JSON schema of results.jsonl.

    Each line of results.jsonl is one object of this schema.
    """
    click.echo(json.dumps(SubmissionResult.model_json_schema(), indent=2))
