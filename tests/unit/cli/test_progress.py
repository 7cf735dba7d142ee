"""The progress line."""

from __future__ import annotations

import pytest
from tests.support.projects import at

from imsgen.cli import progress
from imsgen.cli.console import Console
from imsgen.cli.progress import ProgressLine, ProgressLog, progress_line
from imsgen.solver import Progress

STATE = Progress(12.4, at("2026-11-06 22:00"), at("2026-11-06 17:00"), 0.023, "exact")


class _Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 100.0

    def monotonic(self) -> float:
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    """Put the clock of the progress line into the test's hands."""
    found = _Clock()
    monkeypatch.setattr(progress, "time", found)
    return found


def test_off_a_terminal_a_line_follows_every_five_seconds(
    clock: _Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """A short search says nothing; later states come at most every five seconds."""
    line = ProgressLine(Console(), "America/New_York")
    for moment in (104.9, 105.0, 106.0, 110.0):
        clock.time = moment
        line.on_progress(STATE)
    assert (
        capsys.readouterr().err.splitlines()
        == ["  12.4 s   exact   best 2026-11-06 17:00   bound 2026-11-06 12:00   gap 2.3%"] * 2
    )


def test_on_a_terminal_one_line_is_written_over(
    clock: _Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shorter state covers the longer one before, and the end wipes it."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    line = ProgressLine(Console(), "UTC")
    line.on_progress(STATE)
    clock.time += 1
    line.on_progress(Progress(13.0, None, None, None, "end"))
    line.clear()
    first, second, wiped, rest = capsys.readouterr().err.split("\r")[1:]
    assert len(first) == len(second)
    assert second.rstrip() == "  13.0 s   end"
    assert (wiped.strip(), rest) == ("", "")


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ("90", "best 2026-11-06 22:00   bound 2026-11-06 17:00   gap 2.3%"),
        ("70", "best 2026-11-06 22:00   gap 2.3%"),
        ("30", "best 2026…"),
    ],
)
def test_on_a_narrow_terminal_the_bound_goes_first(
    columns: str,
    shown: str,
    clock: _Clock,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A line that wraps could not be written over."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    ProgressLine(Console(), "UTC").on_progress(STATE)
    assert capsys.readouterr().err == f"\r  12.4 s   exact   {shown}"


def test_in_a_file_lines_are_as_long_as_they_are(
    clock: _Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The columns of a terminal are no concern of a log."""
    monkeypatch.setenv("COLUMNS", "20")
    line = ProgressLine(Console(), "UTC")
    clock.time += 60
    line.on_progress(STATE)
    assert capsys.readouterr().err.endswith("gap 2.3%\n")


def test_a_log_has_every_state_and_what_the_solver_says(
    clock: _Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """With -vv nothing is held back."""
    log = progress_line(Console(verbosity=2), "UTC")
    assert isinstance(log, ProgressLog)
    log.on_progress(STATE)
    log.on_progress(STATE)
    log.on_log("#1 best\n")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == lines[1]
    assert lines[2:] == ["#1 best"]
    assert type(progress_line(Console(verbosity=1), "UTC")) is ProgressLine


def test_what_comes_after_a_search_is_shown_by_name(
    clock: _Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Writing the files of a large plan takes a while: the seconds count from where it began."""
    line = ProgressLine(Console(), "UTC")
    clock.time += 7.5
    line.phase("writing go-live.xlsx")
    assert capsys.readouterr().err == "   7.5 s   writing go-live.xlsx\n"


@pytest.mark.parametrize("console", [Console(progress=False), Console(verbosity=-1)])
def test_it_can_be_left_out(
    console: Console, clock: _Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """--no-progress and -q silence it."""
    line = ProgressLine(console, "UTC")
    clock.time += 60
    line.on_progress(STATE)
    assert capsys.readouterr().err == ""


def test_the_wish_to_stop_is_passed_on() -> None:
    """The search asks, and gets the answer of Ctrl-C."""
    line = ProgressLine(Console(), "UTC")
    assert not line.stop()
    line.interrupt()
    assert line.stop()
