"""What a search was told, and by whom."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from imsgen.solver import Settings

_SECONDS = frozenset({"time_limit"})


def cores() -> int:
    """Return how many cores this process may use."""
    if sys.platform != "win32" and hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def settings_text(
    ctx: click.Context, settings: Settings, others: Mapping[str, str]
) -> Iterator[str]:
    """Yield every setting of a search with its value and where that came from.

    Parameters
    ----------
    others
        Values of further options of the command by the parameter's name.
    """
    values: dict[str, Any] = {
        param.name: getattr(settings, param.name)
        for param in ctx.command.params
        if hasattr(settings, param.name)
    }
    for name, value in {**values, **others}.items():
        shown = f"{value:g}" if isinstance(value, float) else str(value)
        unit = " s" if name in _SECONDS else ""
        yield f"{name.replace('_', ' ')}: {shown}{unit} ({_origin(ctx, name)})"


def _origin(ctx: click.Context, name: str) -> str:
    """Return where the value of an option came from, as a user would look for it."""
    source = ctx.get_parameter_source(name)
    if source is ParameterSource.COMMANDLINE:
        return "command line"
    if source is ParameterSource.ENVIRONMENT:
        return f"{ctx.auto_envvar_prefix}_{name}".upper()
    return "default"
