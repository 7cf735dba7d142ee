"""Reports in a table: a row for each activity, or for each event; columns by their heading."""

from __future__ import annotations

import csv
from pathlib import Path

from imsgen.diagnostics import Report, Span
from imsgen.errors import UsageError
from imsgen.plan.reports.report import FINISHED, STARTED, WAITING, States

_HEADINGS = {
    "id": "id",
    "activity": "id",
    "task": "id",
    "state": "state",
    "status": "state",
    "at": "at",
    "time": "at",
    "started": "started",
    "start": "started",
    "actual_start": "started",
    "finished": "finished",
    "finish": "finished",
    "actual_finish": "finished",
    "percent": "percent",
    "percent_complete": "percent",
    "%_complete": "percent",
    "remaining": "remaining",
}
"""Headings, in small letters with `_` for spaces, and what stands below."""
_LARGEST = 10_000_000


def read_table(path: Path, report: Report) -> list[States]:
    """Return what the rows of a CSV file say; empty cells say nothing.

    Commas, semicolons or tabs part the cells, as the first line does.

    Raises
    ------
    UsageError
        If the file cannot be read as text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror or error}") from None
    if len(data) > _LARGEST:
        raise UsageError(f"`{path}` has more than {_LARGEST // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"`{path}` is not UTF-8 text: save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(text.splitlines(), delimiter=delimiter)
    heading = [
        _HEADINGS.get(cell.strip().lower().replace(" ", "_"), "") for cell in next(rows, [])
    ]
    if "id" not in heading or len(set(heading) - {"", "id"}) < 1:
        report.add(
            "IMS666",
            "the first line names no `id` and `state`",
            _span(path, 1, first),
            help="write `id,state,at,remaining`, or `id,started,finished,percent,remaining`",
        )
        return []
    found = []
    for row in rows:
        if any(cell.strip() for cell in row):
            span = _span(path, rows.line_num, delimiter.join(row))
            one = _row(
                dict(zip(heading, (cell.strip() for cell in row), strict=False)), span, report
            )
            if one is not None:
                found.append(one)
    return found


def _span(path: Path, line: int, text: str) -> Span:
    return Span(str(path), line, 1, line, max(2, len(text) + 1))


def _row(cells: dict[str, str], span: Span, report: Report) -> States | None:
    id_ = cells.get("id", "")
    if not id_:
        report.add("IMS666", "the row has no id", span)
        return None
    state, at = cells.get("state", "").lower(), cells.get("at", "")
    started, finished = cells.get("started", ""), cells.get("finished", "")
    percent, remaining = cells.get("percent", ""), cells.get("remaining", "")
    waiting, seen = False, at if remaining and not state else ""
    if state == STARTED:
        started = started or at or "?"
    elif state == FINISHED:
        finished = finished or at or "?"
    elif state == WAITING:
        waiting = True
    elif state.endswith("%"):
        percent, seen = percent or state, at
    elif state:
        report.add(
            "IMS666",
            f"`{state}` is no state",
            span,
            help="write `started`, `finished`, `waiting` or `60%`",
        )
        return None
    if not any((started, finished, percent, remaining, waiting)):
        return None
    return States(id_, started, finished, percent, remaining, waiting, seen, span)
