"""Phrases about changes that text and markdown share; plan text in them is as the plan has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from imsgen.analysis.changes.model import (
    Changes,
    DeadlineChange,
    Edit,
    EditKind,
    FloatChange,
    GateChange,
    Moved,
    Notice,
    NoticeKind,
    Shift,
    Span,
)
from imsgen.model import Instant, Rollback
from imsgen.schedule.views import (
    counted,
    elapsed_text,
    end_text,
    local_time,
    moment_text,
    work_text,
)

_LOSSES = 5
"""So many losses of float are told."""
Say = Callable[[str], str]
"""Makes text of a plan fit for the output."""


def shift_text(shift: Shift, day: int) -> str:
    """Return ``40 min later``, ``3 days later (1d of work)``, ``not moved``.

    Working time is told where it is not the time on the clock.
    """
    if not shift.clock:
        return "not moved"
    text = f"{elapsed_text(abs(shift.clock))} {'later' if shift.clock > 0 else 'earlier'}"
    if shift.work == shift.clock:
        return text
    return f"{text} ({work_text(abs(shift.work), day) if shift.work else 'no time'} of work)"


def arrow(before: Instant, after: Instant, zone: str, *, end: bool = False) -> str:
    """Return ``Sat 13 Mar 02:00 → 02:40 EST``; the day is said again only where it is another.

    Parameters
    ----------
    end
        Midnight is 24:00 of the day before.
    """
    said = end_text if end else moment_text
    year = _years(zone, before, after)
    return _joined(said(before, zone, year=year), said(after, zone, year=year), " → ")


def _years(zone: str, *instants: Instant) -> bool:
    """Whether years have to be said to tell instants apart."""
    return len({local_time(one, zone).year for one in instants}) > 1


def _joined(first: str, then: str, between: str) -> str:
    """Return two moments, or spans of a day, of which the second leaves out what is the same.

    A moment reads ``Sat 13 Mar 02:00 EST``: the day, the hours, the zone.
    """
    day, clock, zone = _parts(first)
    other_day, other_clock, other_zone = _parts(then)
    if zone != other_zone:
        return f"{first}{between}{then}"
    if day != other_day:
        return f"{day} {clock}{between}{other_day} {other_clock} {zone}"
    return f"{day} {clock}{between}{other_clock} {zone}"


def _parts(text: str) -> tuple[str, str, str]:
    """Return day, hours and zone of ``Sat 13 Mar 02:00 - 05:00 EST``, with or without a year."""
    words = text.split(" ")
    at = next(i for i, word in enumerate(words) if ":" in word)
    return " ".join(words[:at]), " ".join(words[at:-1]), words[-1]


def moved_text(one: Moved, zone: str, day: int) -> str:
    """Return which dates moved and how far."""
    point = one.before[0] == one.before[1] and one.after[0] == one.after[1]
    start = arrow(one.before[0], one.after[0], zone)
    finish = arrow(one.before[1], one.after[1], zone, end=not point)
    if point:
        return f"{start}, {shift_text(one.start, day)}"
    if one.start == one.finish:
        return f"starts {start}, {shift_text(one.start, day)}"
    parts = []
    if one.start.clock:
        parts.append(f"starts {start}, {shift_text(one.start, day)}")
    if one.finish.clock:
        parts.append(f"finishes {finish}, {shift_text(one.finish, day)}")
    return "; ".join(parts)


def because(one: Moved) -> str:
    """Return the causes of a move."""
    return "; ".join(cause.text for cause in one.causes)


def span_text(span: Span, zone: str, *, year: bool = True) -> str:
    """Return ``Sat 13 Mar 2027 02:00 - 05:00 EST``, or when a milestone is."""
    start, finish = span
    first = moment_text(start, zone, year=year)
    if start == finish:
        return first
    return _joined(first, end_text(finish, zone, year=year), " - ")


def spans_text(before: Span, after: Span, zone: str) -> str:
    """Return ``Sat 13 Mar 02:15 - 05:15 → 02:55 - 05:55 EST``."""
    year = _years(zone, *before, *after)
    first, then = (span_text(one, zone, year=year) for one in (before, after))
    if _within_a_day(before, zone) and _within_a_day(after, zone):
        return _joined(first, then, " → ")
    return f"{first} → {then}"


def _within_a_day(span: Span, zone: str) -> bool:
    """Whether a span is said with one day and one zone."""
    first, then = moment_text(span[0], zone), end_text(span[1], zone)
    return span[0] == span[1] or _parts(first)[::2] == _parts(then)[::2]


def finish_text(changes: Changes) -> str:
    """Return the plan's finish and how far it moved."""
    if changes.finish is None:
        return "not compared: there is no schedule of both plans"
    moved = shift_text(changes.finish_shift, changes.day)
    return f"{moment_text(changes.finish[1], changes.timezone)}, {moved}"


def counts(changes: Changes) -> str:
    """Return how many activities moved, came and went."""
    later = sum(one.later for one in changes.moved)
    parts = [
        (later, "later"),
        (len(changes.moved) - later, "earlier"),
        (len(changes.added), "new"),
        (len(changes.removed), "gone"),
    ]
    found = ", ".join(f"{amount} {word}" for amount, word in parts if amount)
    return found or "nothing moved"


def told_counts(changes: Changes) -> str:
    """Return how many people and parties must be told."""
    parties = sum(one.party for one in changes.told)
    people = len(changes.told) - parties
    if not changes.told:
        return "nobody"
    return f"{people} {'person' if people == 1 else 'people'}, {counted(parties, 'party')}"


def gate_text(one: GateChange, zone: str) -> str:
    """Return when a gate decides and what margin it has, each with what it was."""
    before, after = one.before, one.after
    if after is None:
        return "no longer to decide"
    if before is None:
        return f"decides {moment_text(after.decided, zone)}, {_verdict(after, zone)}"
    parts = []
    if before.decided != after.decided:
        parts.append(f"decides {arrow(before.decided, after.decided, zone)}")
    if _verdict(before, zone) != _verdict(after, zone):
        parts.append(f"{_verdict(after, zone)} (was {_verdict(before, zone, latest=False)})")
    else:
        parts.append(_verdict(after, zone))
    return ", ".join(parts)


def _verdict(back: Rollback, zone: str, *, latest: bool = True) -> str:
    text = back.verdict.value
    if back.margin is not None:
        text += f" with {elapsed_text(back.margin)} to spare"
    if latest and back.latest is not None:
        text += f" until {end_text(back.latest, zone)}"
    return text


def deadline_text(one: DeadlineChange, zone: str) -> str:
    """Return what became of a deadline."""
    was = "" if one.before is None else f" (was {_spare(one.before)})"
    if one.after is None or one.deadline is None or one.finish is None:
        return f"no longer due{was}"
    due, done = end_text(one.deadline, zone), moment_text(one.finish, zone)
    return f"due {due}, done {done}, {_spare(one.after)}{was}"


def _spare(late: int) -> str:
    return f"{elapsed_text(late)} late" if late > 0 else f"{elapsed_text(-late)} to spare"


def float_text(one: FloatChange, day: int) -> str:
    """Return the float of an activity and what it was."""
    was, now = (
        "none" if amount is None else work_text(amount, day) for amount in (one.before, one.after)
    )
    return f"{now}, was {was}"


def critical_texts(changes: Changes, named: Say) -> Iterator[str]:
    """Yield what became critical or no longer is, the largest losses of float, the new chain.

    Parameters
    ----------
    named
        Says an activity by its id.
    """
    day = changes.day
    for now, title in ((True, "now critical"), (False, "no longer critical")):
        for one in changes.floats:
            if one.is_critical is now and one.was_critical is not now:
                yield f"{title}: {named(one.id)}, float {float_text(one, day)}"
    lost = [
        ((one.after or 0) - (one.before or 0), i, one)
        for i, one in enumerate(changes.floats)
        if not one.is_critical and (one.after or 0) < (one.before or 0)
    ]
    for _, _, one in sorted(lost, key=lambda loss: loss[:2])[:_LOSSES]:
        yield f"less float: {named(one.id)}, {float_text(one, day)}"
    if len(lost) > _LOSSES:
        yield f"less float: {len(lost) - _LOSSES} more"
    before, after = changes.chain
    if before != after:
        yield "what drives the finish: " + " > ".join(f"`{one}`" for one in after)


def edit_text(one: Edit, say: Say) -> str:
    """Return an edit of the plan: what, where, from what to what."""
    where = f"{one.part} `{one.id}`" if one.id else one.part
    match one.kind:
        case EditKind.RENAMED:
            return f"{where} was `{one.before}`"
        case EditKind.ADDED | EditKind.REMOVED if one.part != "link":
            return f"{where} {one.kind}"
    where = f"`{one.id}`" if one.part in {"link", "activity"} else where
    if one.before and one.after:
        return f"{where} {one.field}: {say(one.before)} → {say(one.after)}"
    if one.before or one.after:
        return f"{where} {one.field}: {'no longer ' if one.before else ''}{say(one.before or one.after)}"
    return f"{where} {one.field} changed"


def notices_text(notices: Sequence[Notice]) -> Iterator[tuple[str, list[Notice]]]:
    """Yield the notices that have the same cause under it, in the order of the first of each."""
    found: dict[str, list[Notice]] = {}
    for one in notices:
        found.setdefault(one.because, []).append(one)
    yield from found.items()


def notice_text(one: Notice, zone: str, say: Say) -> str:
    """Return what somebody is told of one event."""
    if one.before is None or one.after is None or one.kind is not NoticeKind.MOVED:
        span = one.after or one.before or (Instant(0), Instant(0))
        if one.kind is NoticeKind.NO_LONGER_YOURS and one.before is not None:
            span = one.before
        when = f"{one.kind.upper()} {span_text(span, zone, year=False)}"
    else:
        when = spans_text(one.before, one.after, zone)
    name = say(one.name) if one.name == one.id else f"{say(one.name)} (`{one.id}`)"
    more = [f"{one.count} times, the first is shown"] if one.count > 1 else []
    if one.roles == ("backup",):
        more.append("as backup")
    return f"{when}: {name}" + "".join(f", {text}" for text in more)
