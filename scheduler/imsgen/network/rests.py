"""Which hours an activity waits for after what drives it has let it go."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.calendars import CalendarBook, CalendarExhaustedError, WorkCalendar
from imsgen.calendars.sets import without
from imsgen.model import Instant
from imsgen.network.terms import Terms

_HOURS, _LEAVE = "the hours of {}", "{} to be back"


def waited_for(
    book: CalendarBook,
    terms: Terms,
    bound: Instant,
    start: Instant,
    expected: WorkCalendar,
) -> str:
    """Return what an activity waits for from ``bound`` to ``start``, empty if that is plain.

    Parameters
    ----------
    bound
        Instant from which everything but its hours lets the activity start.
    start
        Where it starts.
    expected
        The calendar a reader has in mind, that of the predecessor: a night or a weekend off that
        the predecessor has too is not worth a word.
    """
    if start <= bound or _first(expected, terms, bound) == start:
        return ""
    if terms.activity.unbroken and _first(terms.calendar, terms, bound) != start:
        return f"{length_text(terms.duration)} without a pause"
    parts = [*_parts(book, terms)]
    for words, id_, calendar in parts:
        if _first(calendar, terms, bound) == start:
            return words.format(f"`{id_}`")
    resting: dict[str, list[str]] = {}
    for words, id_, calendar in parts:
        if calendar.work_between(bound, start) < start - bound:
            resting.setdefault(words, []).append(f"`{id_}`")
    return " and ".join(words.format(" and ".join(ids)) for words, ids in resting.items())


def length_text(minutes: int, elapsed: bool = False) -> str:
    """Return a length in the plan's words: ``1h35m``, ``2eh`` on the clock."""
    mark = "e" if elapsed else ""
    hours, rest = divmod(minutes, 60)
    parts = ([f"{hours}{mark}h"] if hours else []) + ([f"{rest}{mark}m"] if rest else [])
    return "".join(parts) or "0m"


def _first(calendar: WorkCalendar, terms: Terms, bound: Instant) -> Instant | None:
    """Return the first instant at or after ``bound`` at which a calendar lets it stand."""
    try:
        return calendar.next_touch(bound) if terms.point else calendar.next_start(bound)
    except CalendarExhaustedError:
        return None


def _parts(book: CalendarBook, terms: Terms) -> Iterator[tuple[str, str, WorkCalendar]]:
    """Yield what the effective calendar is made of, with the words and the id for it."""
    project, activity = book.project, terms.activity
    mode = activity.modes[terms.mode]
    calendars = {mode.calendar: book.calendar(mode.calendar)}
    for need in mode.needs:
        resource = project.resources[need.resource]
        if resource.calendar is not None and not activity.ignore_resource_calendars:
            calendars[resource.calendar] = book.calendar(resource.calendar)
    for id_, calendar in calendars.items():
        yield _HOURS, id_, calendar
    for need in mode.needs:
        leave = project.resources[need.resource].leave
        if leave:
            yield _LEAVE, need.resource, without(book.always, leave)
