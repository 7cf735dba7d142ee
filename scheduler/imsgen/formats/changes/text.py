"""Changes as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from imsgen.analysis.changes.model import Changes, Told
from imsgen.formats.changes.phrases import (
    because,
    counts,
    critical_texts,
    deadline_text,
    edit_text,
    finish_text,
    gate_text,
    moved_text,
    notice_text,
    notices_text,
    span_text,
    told_counts,
)
from imsgen.schedule.diary.text import one_line
from imsgen.schedule.views import moment_text

_MOST = 40
"""Lines of a list, activities of the list of moves."""
_ELSEWHERE = "--format markdown and --json have all"


def as_text(changes: Changes, width: int) -> str:
    """Return the changes: the finish, why, what, and who must be told.

    Parameters
    ----------
    width
        Columns; long lines are broken between words.
    """
    if changes.empty:
        return f"{one_line(changes.name)}: nothing moved"
    parts = [list(part) for part in _parts(changes, width)]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _parts(changes: Changes, width: int) -> Iterator[Iterator[str]]:
    zone = changes.timezone

    def named(id_: str) -> str:
        return _named(changes, id_)

    yield _head(changes, width)
    yield _section("Reported", (edit_text(one, one_line) for one in changes.news), width)
    yield _section("Plan changes", (edit_text(one, one_line) for one in changes.edits), width)
    yield _section("Where it began", _roots(changes), width)
    yield _section(
        "Deadlines",
        (f"{_mark(one.after)}{_named(changes, one.id)}: {deadline_text(one, zone)}"
         for one in changes.deadlines),
        width,
    )  # fmt: skip
    yield _section(
        "Gates",
        (f"{_named(changes, one.id)}: {gate_text(one, zone)}" for one in changes.gates),
        width,
    )
    yield _section("Critical path and float", critical_texts(changes, named), width)
    yield _moved(changes, width)
    for title, several in (("New", changes.added), ("Gone", changes.removed)):
        lines = (f"{_named(changes, id_)}: {span_text(span, zone)}" for id_, span in several)
        yield _section(title, lines, width)
    yield _told(changes, width)


def _mark(late: int | None) -> str:
    return "MISSED " if (late or 0) > 0 else ""


def _head(changes: Changes, width: int) -> Iterator[str]:
    old, new = changes.revisions
    title = one_line(changes.name)
    yield f"{title}: revision {old} to {new}" if changes.dated else f"{title}: two plans"
    if not changes.dated:
        return
    before, after = changes.status_dates
    if after is not None:
        shown = moment_text(after, changes.timezone)
        yield from _row("Status", shown if before != after else f"{shown}, as before", width)
    yield from _row("Finish", finish_text(changes), width)
    if changes.status[0] != changes.status[1]:
        yield from _row("Quality", f"{changes.status[1]}, was {changes.status[0]}", width)
    yield from _row("Moved", counts(changes), width)
    yield from _row("To tell", told_counts(changes), width)


def _row(label: str, text: str, width: int) -> Iterator[str]:
    yield from _filled(text, width, f"{label:<10}", " " * 10)


def _named(changes: Changes, id_: str) -> str:
    name = one_line(changes.name if id_ == "project" else changes.names.get(id_, id_))
    return name if name == id_ else f"{name} (`{id_}`)"


def _roots(changes: Changes) -> Iterator[str]:
    """Yield the activities that set others moving, those that moved most first."""
    amount: dict[str, int] = {}
    for one in changes.moved:
        amount[one.root] = amount.get(one.root, 0) + 1
    known = {one.id: one for one in changes.moved}
    for id_ in sorted(amount, key=lambda one: -amount[one]):
        one = known[id_]
        others = amount[id_] - 1
        more = f"; it moved {others} more" if others else ""
        yield f"{_named(changes, id_)}: {because(one)}{more}"


def _moved(changes: Changes, width: int) -> Iterator[str]:
    """Yield three lines an activity: which, from when to when, why."""
    if not changes.moved:
        return
    yield f"Moved ({len(changes.moved)})"
    for one in changes.moved[:_MOST]:
        was = f", was `{one.was}`" if one.was != one.id else ""
        yield from _filled(f"{_named(changes, one.id)}{was}", width, "  ", " " * 4)
        text = moved_text(one, changes.timezone, changes.day)
        yield from _filled(text, width, " " * 4, " " * 6)
        yield from _filled(f"because {because(one)}", width, " " * 4, " " * 6)
    if len(changes.moved) > _MOST:
        yield f"  and {len(changes.moved) - _MOST} more: {_ELSEWHERE}"


def _told(changes: Changes, width: int) -> Iterator[str]:
    if not changes.told:
        return
    yield "Who must be told what"
    for one in changes.told:
        yield ""
        yield from told_lines(one, width)


def told_lines(one: Told, width: int) -> Iterator[str]:
    """Yield what one person or party must be told, by cause."""
    yield f"  {_who(one)}"
    for why, notices in notices_text(one.notices):
        if why:
            yield from _filled(f"because of {why}", width, "    ", " " * 6)
        for notice in notices:
            text = notice_text(notice, one.timezone, one_line)
            yield from _filled(text, width, "    - ", " " * 6)


def _who(one: Told) -> str:
    name = one_line(one.name)
    kind = "party" if one.party else f"<{one_line(one.email)}>" if one.email else ""
    return f"{name} ({kind})" if one.party else f"{name} {kind}".rstrip()


def _section(title: str, lines: Iterable[str], width: int) -> Iterator[str]:
    found: Sequence[str] = list(lines)
    if not found:
        return
    yield f"{title} ({len(found)})"
    for line in found[:_MOST]:
        yield from _filled(line, width, "  ", " " * 4)
    if len(found) > _MOST:
        yield f"  and {len(found) - _MOST} more: {_ELSEWHERE}"


def _filled(text: str, width: int, first: str, then: str) -> Iterator[str]:
    yield from wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
