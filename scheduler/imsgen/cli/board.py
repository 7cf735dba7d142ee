"""The night board for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from imsgen.analysis.board import Board
from imsgen.analysis.board.model import Cost, GateState, Late, Next, Running
from imsgen.analysis.changes.model import Shift
from imsgen.model import Instant, Project, Verdict, to_text
from imsgen.schedule.diary.text import one_line
from imsgen.schedule.views import WEEKDAYS, counted, elapsed_text, local_time, moment_text

_MOST = 15
"""Rows of a part; JSON has all."""
Line = tuple[str, str]
"""A style, `bad`, `warn`, `good`, `title` or none, and the text of a line."""


def lines(board: Board, project: Project, width: int) -> Iterator[Line]:
    """Yield the lines of the board; no line is wider unless one word is.

    Parameters
    ----------
    width
        Columns.
    """
    yield from _Sheet(board, project, width).lines()


class _Sheet:
    def __init__(self, board: Board, project: Project, width: int) -> None:
        self._board, self._project, self._width = board, project, width
        self._zone = project.timezone

    def lines(self) -> Iterator[Line]:
        yield from self._head()
        board = self._board
        hours = elapsed_text(board.until - board.at)
        parts = (
            ("Late", [line for one in board.late for line in self._late(one)], len(board.late)),
            ("Running now", [*map(self._running, board.running)], len(board.running)),
            (f"Next {hours}", [*map(self._next, board.next)], len(board.next)),
            ("Gates", [*map(self._gate, board.gates)], len(board.gates)),
            ("Handovers", [*self._handovers()], len(board.handovers)),
        )
        for title, found, amount in parts:
            if not found and title != "Running now":
                continue
            yield "", ""
            yield "title", f"{title} ({amount})" if amount else f"{title}: nothing"
            for style, text in found[:_MOST]:
                yield from self._filled(style, text)
            if len(found) > _MOST:
                yield "", "  and more: `--json` has all"

    # -- the head ----------------------------------------------------------------------------

    def _head(self) -> Iterator[Line]:
        board = self._board
        yield "title", one_line(self._project.name, self._width)
        known = "as planned: the plan has no status date"
        if board.reported is not None:
            known = f"reported up to {self._clock(board.reported)}"
        moment = moment_text(board.at, self._zone)
        yield from self._filled(
            "", f"{moment}, {known}, {board.done} of {counted(board.total, 'activity')} done", 0
        )
        planned, expected = board.finish
        text = f"Finish expected {moment_text(expected, self._zone)}"
        cost = board.cost
        if cost is None or not cost.finish.clock:
            yield from self._filled(
                "good", f"{text}, as planned" if expected == planned else text, 0
            )
        else:
            yield from self._filled("bad", f"{text}, {_by(cost.finish)} than planned", 0)
        if cost is not None and len(board.late) > 1:
            yield from self._filled("warn", f"Everything late together {self._cost(cost)}", 0)

    # -- rows --------------------------------------------------------------------------------

    def _running(self, one: Running) -> Line:
        late = one.until > one.planned
        reported = "" if one.reported is None else f", {one.reported}% reported"
        until = f"until {self._clock(one.until)}"
        if late:
            until += f" (planned {self._clock(one.planned)})"
        since = f"since {self._clock(one.since)}, {one.expected}% expected{reported}"
        return "warn" if late else "", f"{until}  {self._named(one.id, one.who)}, {since}"

    def _next(self, one: Next) -> Line:
        late = one.start > one.planned
        planned = f" (planned {self._clock(one.planned)})" if late else ""
        waits = f", after {', '.join(one.waits_for)}" if one.waits_for else ""
        text = f"{self._clock(one.start)}{planned}  {self._named(one.id, one.who)}{waits}"
        return "warn" if late else "", text

    def _late(self, one: Late) -> Iterator[Line]:
        text = f"{self._named(one.id, one.who)}: {one.kind}, {elapsed_text(one.minutes)} late"
        yield "bad", text if one.cost is None else f"{text}; {self._cost(one.cost)}"

    def _gate(self, one: GateState) -> Line:
        name = self._named(one.id, "")
        text = f"{self._clock(one.expected)}  {name}"
        if one.expected != one.planned:
            text += f" (planned {self._clock(one.planned)})"
        margin = one.margin
        if one.latest is None or margin is None:
            return (
                "" if one.verdict is Verdict.NO_WINDOW else "bad",
                f"{text}: {one.verdict.value}",
            )
        latest = f"latest safe time {self._clock(one.latest)}"
        if margin < 0:
            return "bad", f"{text}: {elapsed_text(-margin)} AFTER its {latest}"
        return "good", f"{text}: {elapsed_text(margin)} to its {latest}"

    def _handovers(self) -> Iterator[Line]:
        for one in self._board.handovers:
            what = f" with {one.resource}" if one.resource else ""
            yield (
                "",
                f"{self._clock(one.at)}  {one.giver} ({one.given}) → {one.taker} ({one.taken}){what}",
            )

    def _cost(self, cost: Cost) -> str:
        """Return what lateness costs, the worst first."""
        parts = [
            f"misses deadline of {id_} by {elapsed_text(late)}" for id_, late in cost.deadlines
        ]
        parts += [f"{id_} does not fit its window or date" for id_ in cost.outside[:3]]
        if len(cost.outside) > 3:
            parts.append(f"nor do {len(cost.outside) - 3} more")
        if cost.finish.clock:
            parts.append(f"finish {_by(cost.finish)}")
        parts += [f"gate {id_} {elapsed_text(late)} later" for id_, late in cost.gates]
        moved = f"{counted(cost.moved, 'activity')} later" if cost.moved else ""
        return f"costs: {', '.join([*parts, moved] if moved else parts)}" if parts else (
            f"costs nothing but float: {moved}" if moved else "costs nothing"
        )  # fmt: skip

    def _named(self, id_: str, who: str) -> str:
        name = one_line((self._project.activities.get(id_) or self._project.groups[id_]).name)
        shown = name if name == id_ else f"{name} ({id_})"
        return f"{shown}, {who}" if who else shown

    def _clock(self, instant: Instant) -> str:
        """Return a time as short as it can be told from others of the board."""
        moment, now = (local_time(one, self._zone) for one in (instant, self._board.at))
        text = moment.strftime("%H:%M")
        if abs((moment.date() - now.date()).days) > 2:
            text = moment_text(instant, self._zone, year=False).rpartition(" ")[0]
        elif moment.date() != now.date():
            text = f"{WEEKDAYS[moment.weekday()]} {text}"
        return text if moment.utcoffset() == now.utcoffset() else f"{text} {moment.tzname()}"

    def _filled(self, style: str, text: str, indent: int = 2) -> Iterator[Line]:
        for line in wrap(
            text,
            self._width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + 2),
            break_on_hyphens=False,
        ):
            yield style, line


def _by(shift: Shift) -> str:
    return f"{elapsed_text(abs(shift.clock))} {'later' if shift.clock > 0 else 'earlier'}"


def record(board: Board) -> dict[str, Any]:
    """Return the board as JSON: times in UTC, amounts in minutes."""
    return {
        "at": to_text(board.at),
        "until": to_text(board.until),
        "reported": None if board.reported is None else to_text(board.reported),
        "finish": {"planned": to_text(board.finish[0]), "expected": to_text(board.finish[1])},
        "done": board.done,
        "total": board.total,
        "running": [
            {
                "id": one.id,
                "who": one.who,
                "since": to_text(one.since),
                "until": to_text(one.until),
                "planned": to_text(one.planned),
                "percent_expected": one.expected,
                "percent_reported": one.reported,
            }
            for one in board.running
        ],
        "next": [
            {
                "id": one.id,
                "who": one.who,
                "start": to_text(one.start),
                "planned": to_text(one.planned),
                "finish": to_text(one.finish),
                "waits_for": list(one.waits_for),
            }
            for one in board.next
        ],
        "late": [
            {
                "id": one.id,
                "who": one.who,
                "kind": one.kind.value,
                "late": one.minutes,
                "cost": _cost_record(one.cost),
            }
            for one in board.late
        ],
        "cost": _cost_record(board.cost),
        "gates": [_gate_record(one) for one in board.gates],
        "handovers": [
            {
                "at": to_text(one.at),
                "giver": one.giver,
                "given": one.given,
                "taker": one.taker,
                "taken": one.taken,
                "resource": one.resource or None,
            }
            for one in board.handovers
        ],
    }


def _gate_record(one: GateState) -> dict[str, Any]:
    return {
        "id": one.id,
        "planned": to_text(one.planned),
        "expected": to_text(one.expected),
        "verdict": one.verdict.value,
        "latest": None if one.latest is None else to_text(one.latest),
        "margin": one.margin,
    }


def _cost_record(cost: Cost | None) -> dict[str, Any] | None:
    if cost is None:
        return None
    return {
        "finish": {"work": cost.finish.work, "clock": cost.finish.clock},
        "deadlines": dict(cost.deadlines),
        "gates": dict(cost.gates),
        "outside": list(cost.outside),
        "moved": cost.moved,
    }
