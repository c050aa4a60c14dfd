"""``grade doctor``."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from grader.cli.switches import json_option
from grader.errors import SandboxUnavailable
from grader.sandbox.layers import LayerState, examine


@click.command(epilog="Example: grade doctor --json")
@json_option
def doctor(as_json: bool) -> None:
    """Show the layers of the box, each tested by trying what it forbids.

    The exit status is 2 when a layer is missing without which grading refuses.
    """
    layers = examine()
    if as_json:
        click.echo(json.dumps([asdict(layer) for layer in layers], indent=2))
    else:
        for layer in layers:
            _show(layer)
    missing = [layer for layer in layers if layer.required and not layer.holds]
    if missing:
        raise SandboxUnavailable(
            f"the strong box is not available: {', '.join(layer.name for layer in missing)} missing.",
            help="mend the layers named, or grade submissions that you trust with --sandbox weak",
        )


def _show(layer: LayerState) -> None:
    state, colour = ("holds", "green") if layer.holds else ("missing", "red" if layer.required else "yellow")
    click.echo(f"{layer.name:<12} {click.style(f'{state:<8}', fg=colour)} forbids {layer.about}")
    if layer.holds:
        click.echo(f"{'':<12} tried: {', '.join(layer.tried)}" if layer.tried else "", nl=bool(layer.tried))
    for found in layer.found:
        click.echo(f"{'':<12} found: {found}")
    if layer.remedy:
        click.echo(f"{'':<12} help: {layer.remedy}")
