"""The worked night of the guides is what a reader gets."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from imsgen.cli.main import cli

GUIDES = Path(__file__).parents[2] / "docs" / "guides"
PAGE = (GUIDES / "worked-night.md").read_text(encoding="utf-8")
LEFT_OUT = "…"


def _steps() -> list[tuple[str, list[list[str]]]]:
    """Return the commands in order, each with the pieces of its output that the page shows."""
    found: list[tuple[str, list[list[str]]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ imsgen "):
                found.append((line.removeprefix("$ imsgen "), [[]]))
            elif line == LEFT_OUT:
                found[-1][1].append([])
            else:
                found[-1][1][-1].append(line)
    return found


def test_the_page_shows_what_the_commands_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the plan to the account of the night, every line shown is printed, in this order."""
    shutil.copy(GUIDES / "ledger-night.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    steps = _steps()
    assert len(steps) == 10
    for command, pieces in steps:
        result = CliRunner().invoke(cli, command.split())
        assert result.exit_code == 0, f"{command}\n{result.output}"
        printed, at = result.stdout.splitlines(), 0
        for piece in filter(None, pieces):
            starts = range(at, len(printed) - len(piece) + 1)
            here = [n for n in starts if printed[n : n + len(piece)] == piece]
            assert here, f"`{command}` no longer prints:\n" + "\n".join(piece)
            at = here[0] + len(piece)
    assert (tmp_path / "changes" / "changes-rev1-to-2.ics").exists()
