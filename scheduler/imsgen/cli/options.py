"""Options that several commands share, and the types of their values."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from imsgen.cli.console import Console

Command = TypeVar("Command", bound=Callable[..., Any])


class _File(click.Path):
    """A path that is no folder; whether there is a file is found out on reading it."""

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Return the path."""
        if Path(value).is_dir() and not (self.allow_dash and value == "-"):
            self.fail(f"`{value}` is a folder, expected a file", param, ctx)
        return super().convert(value, param, ctx)


PLAN = _File(dir_okay=False, path_type=Path)
PLAN_OR_STDIN = _File(dir_okay=False, allow_dash=True, path_type=Path)
FILE = _File(dir_okay=False, path_type=Path)
FILE_OR_FOLDER = click.Path(path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
DEFAULT_FORMATS = ("xlsx", "ics", "xml")


def seconds(text: str) -> float:
    """Return the seconds of a span of wall-clock time: ``60``, ``90s``, ``5m``, ``1h``."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smh]?)", text.strip())
    if match is None or not float(match[1]):
        raise click.BadParameter(f"`{text}` is not a time: write `90s`, `5m` or `1h`")
    return float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[match[2]]


def units(text: str) -> float:
    """Return units of effort: a number, 0 or more."""
    match = re.fullmatch(r"\d+(?:\.\d+)?", text.strip())
    if match is None or len(text) > 12:
        raise click.BadParameter(f"`{text}` is not an effort: write a number such as `10`")
    return float(match[0])


def share(text: str) -> float:
    """Return a share written ``0.01`` or ``1%``, 0 to 1."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(%?)", text.strip())
    found = -1.0 if match is None else float(match[1]) / (100 if match[2] else 1)
    if not 0 <= found <= 1:
        raise click.BadParameter(f"`{text}` is not a share: write `1%` or `0.01`")
    return found


def common_options(command: Command) -> Command:
    """Add the options that every command has; they set up the console."""
    for option in reversed(_COMMON):
        command = option(command)
    return command


def _console(ctx: click.Context) -> Console:
    console = ctx.ensure_object(Console)
    console.command = ctx.command.name or ""
    return console


def _quiet(ctx: click.Context, _: click.Parameter, times: int) -> None:
    _console(ctx).verbosity -= times


def _verbose(ctx: click.Context, _: click.Parameter, times: int) -> None:
    _console(ctx).verbosity += times


def _set(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def remember(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        setattr(_console(ctx), name, value)

    return remember


_COMMON: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "-q",
        "--quiet",
        count=True,
        expose_value=False,
        callback=_quiet,
        is_eager=True,
        help="Say only errors; -qq says nothing.",
    ),
    click.option(
        "-v",
        "--verbose",
        count=True,
        expose_value=False,
        callback=_verbose,
        is_eager=True,
        help="Say settings and timings; -vv the solver's log and the traceback of a bug too.",
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        envvar="IMSGEN_COLOR",
        expose_value=False,
        callback=_set("color"),
        is_eager=True,
        help="When to use colour; NO_COLOR and FORCE_COLOR are obeyed.",
    ),
    click.option(
        "--progress/--no-progress",
        default=True,
        envvar="IMSGEN_PROGRESS",
        expose_value=False,
        callback=_set("progress"),
        is_eager=True,
        help="Show how the search stands.",
    ),
    click.option(
        "--json",
        is_flag=True,
        envvar="IMSGEN_JSON",
        expose_value=False,
        callback=_set("json"),
        is_eager=True,
        help="Write one JSON object on stdout instead of text.",
    ),
)

format_option = click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="NAMES",
    help="Formats to write: xlsx, ics, xml, json, csv, or none; joined by commas or repeated. "
    "[default: xlsx,ics,xml]",
)

tasks_option = click.option(
    "--tasks",
    type=click.Choice(["mine", "critical", "all"]),
    help="Activities in the calendars, besides each owner's own steps: to each party its own, "
    "those without float, all. [default: none]",
)

pin_option = click.option(
    "--pin",
    type=click.Choice(["levelling", "snet", "links", "manual"]),
    default="levelling",
    show_default=True,
    help="How MS Project keeps a start that logic alone would move earlier: a levelling delay, a "
    "constraint, links of resources, or tasks scheduled by hand.",
)


layout_option = click.option(
    "--layout",
    type=click.Choice(["standard", "m3"]),
    default="standard",
    show_default=True,
    help="Columns of the workbook: ours, or those of the M3 Master Schedule Template first.",
)


def chosen_formats(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the formats asked for, each once, or the usual ones.

    Raises
    ------
    UsageError
        If one of them is not a format.
    """
    from imsgen.formats.registry import known

    if not given:
        return DEFAULT_FORMATS
    names = [name.strip() for text in given for name in text.split(",")]
    return tuple(dict.fromkeys(known(name) for name in names if name not in ("", "none")))
