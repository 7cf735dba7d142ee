"""The calendar events that changed between any two revisions, not only from one to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from imsgen.model import Instant, Meeting, Schedule
from imsgen.schedule.revisions import carry


def since(old: Schedule, new: Schedule) -> Schedule | None:
    """Return the new schedule with events that tell what changed since the old one; None: nothing.

    What changed has ``changed_in`` of its revision: that of the new schedule or, where the new
    one is no later, the one after the old. Sequences are no lower than the new schedule's own, so
    that calendars that have seen revisions between take the events as well.

    Both have to be schedules of the same plan: calendars know events by its ``id``.
    """
    bare = replace(new, meetings=_bare(new.meetings), tasks=_bare(new.tasks))
    found = carry(bare, old)
    if found.revision == old.revision:
        return None
    revision = max(new.revision, found.revision)
    known = {one.uid: one for one in (*new.meetings, *new.tasks)}

    def told(one: Meeting) -> Meeting:
        if one.changed_in != found.revision:
            return one
        last = known.get(one.uid, one)
        stamp = max(one.last_modified or 0, last.last_modified or 0)
        return replace(
            one,
            changed_in=revision,
            sequence=max(one.sequence, last.sequence),
            last_modified=Instant(stamp),
        )

    return replace(
        found,
        revision=revision,
        meetings=tuple(map(told, found.meetings)),
        tasks=tuple(map(told, found.tasks)),
    )


def _bare(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Return the events that take place, without what earlier revisions told of them."""
    return tuple(replace(one, was="", left={}) for one in meetings if not one.cancelled)
