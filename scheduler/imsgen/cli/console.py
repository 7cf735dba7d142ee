"""What is said where: data and summaries on stdout, everything else on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from imsgen import __version__
from imsgen.diagnostics import Diagnostic, Severity

FORMAT = 1
"""Version of the JSON objects; readers ignore unknown keys."""


@dataclass(slots=True)
class Console:
    """The two streams, how much to say and in which form.

    ``verbosity``: -2 nothing, -1 errors, 0 usual, 1 settings and timings, 2 the solver's log and
    tracebacks too.
    """

    command: str = ""
    verbosity: int = 0
    color: str = "auto"
    progress: bool = True
    json: bool = False
    collected: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)
    """What was read that is no file, by its name in diagnostics."""
    _last: str = ""
    """What was written last, `line` or `block`: an empty line keeps blocks apart."""

    # -- streams -----------------------------------------------------------------------------

    def data(self, text: str) -> None:
        """Write what was asked for, in every mood but JSON; no control character gets through."""
        if self.json:
            return
        from imsgen.diagnostics.render.visible import visible

        self._part("line")
        click.echo("\n".join(visible(line) for line in text.split("\n")))

    def summary(self, text: str) -> None:
        """Write a summary on stdout, unless told to be quiet."""
        if self.verbosity >= 0:
            self.data(text)

    def note(self, text: str) -> None:
        """Write a remark on stderr, unless told to be quiet."""
        self._stderr(text, 0)

    def detail(self, text: str) -> None:
        """Write a detail on stderr when asked with `-v`."""
        self._stderr(text, 1)

    def log(self, text: str) -> None:
        """Write a line of a log on stderr when asked with `-vv`."""
        self._stderr(text, 2)

    def error(self, text: str) -> None:
        """Write an error on stderr."""
        self._stderr(text, -1)

    def failure(self, text: str) -> None:
        """Write an error on stderr that has no code: `error: ...`."""
        label = "error"
        if self.colored(err=True):
            label = click.style(label, fg="red", bold=True)
        self.error(f"{label}: {text}")

    def _stderr(self, text: str, level: int) -> None:
        if self.verbosity >= level:
            self._part("line", text)
            click.echo(text, err=True, color=self.colored(err=True))

    def _part(self, kind: str, text: str = "") -> None:
        """Write an empty line between a block of diagnostics and its neighbours."""
        if self._last and "block" in (self._last, kind) and not text.startswith("\n"):
            click.echo(err=True)
        self._last = kind

    def colored(self, *, err: bool) -> bool:
        """Whether a stream takes colour: the option, then NO_COLOR, FORCE_COLOR, a terminal."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return (sys.stderr if err else sys.stdout).isatty()

    # -- diagnostics -------------------------------------------------------------------------

    def diagnostics(self, found: Sequence[Diagnostic], lowest: Severity = Severity.NOTE) -> None:
        """Show diagnostics on stderr, or keep them for the JSON object.

        Those below ``lowest`` are shown with `-v` only, only errors with `-q`.
        """
        self.collected.extend(found)
        wanted = list(Severity)
        if self.verbosity < 1:
            wanted = wanted[: wanted.index(Severity.ERROR if self.verbosity else lowest) + 1]
        shown = [one for one in found if one.severity in wanted]
        if self.json or self.verbosity < -1 or not shown:
            return
        from imsgen.diagnostics.render import render

        self._part("block")
        click.echo(
            render(shown, "full", self._source, color=self.colored(err=True)).rstrip("\n"),
            err=True,
            color=self.colored(err=True),
        )

    def _source(self, file: str) -> str | None:
        """Return the text that a diagnostic shows a line of."""
        from imsgen.diagnostics.render.sources import read_file

        if file not in self.texts:
            return read_file(file)
        return self.texts[file].decode("utf-8-sig", errors="replace")

    def document(self, status: str, **content: Any) -> None:
        """Write the one JSON object of a command that was asked for with `--json`."""
        if not self.json:
            return
        document = {
            "imsgen": __version__,
            "format": FORMAT,
            "command": self.command,
            "status": status,
            "diagnostics": _records(self.collected),
            **content,
        }
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))


def _records(found: Sequence[Diagnostic]) -> list[Any]:
    if not found:
        return []
    from imsgen.diagnostics.render import as_json

    return [as_json(one) for one in found]
