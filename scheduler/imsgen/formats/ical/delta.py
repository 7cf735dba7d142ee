"""The changes between two revisions as calendars: everybody's, and one for each concerned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from imsgen.formats.ical.audiences import Tasks, calendars
from imsgen.formats.ical.calendar import Made, published
from imsgen.formats.ical.changes import events_changed
from imsgen.formats.ical.events import Entry
from imsgen.model import Change, Schedule
from imsgen.schedule.delta import since
from imsgen.schedule.diary.wording import Wording
from imsgen.schedule.files import write_file


def write_changes(old: Schedule, new: Schedule, folder: Path) -> tuple[Path, ...]:
    """Write what changed between two schedules of a plan to a folder and return the files.

    ``changes-rev3-to-7.ics`` has the gates, checkpoints, milestones, messages and windows that
    changed; below it lies a calendar for each party and person who has something to change, with
    their own steps. No file is written where nothing changed.
    """
    return tuple(
        write_file(folder / name, content) for name, content in changes_contents(old, new)
    )


def changes_contents(old: Schedule, new: Schedule) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file."""
    delta = since(old, new)
    if delta is None:
        return
    words = Wording.of(delta)
    made: Made = {}
    stem = f"changes-rev{old.revision}-to-{delta.revision}"
    changed = events_changed(delta, words)
    if changed:
        whose = "– changes"
        yield f"{stem}.ics", published(delta, words, changed, whose=whose, made=made)
    for one in calendars(delta, words, Tasks.MINE):
        mine = tuple(entry for entry in one.entries if _new_to(entry, delta.revision))
        if mine:
            whose = f"– changes for {one.whose}"
            path = f"{stem}/{one.path}"
            yield path, published(delta, words, mine, whose=whose, made=made)


def _new_to(entry: Entry, revision: int) -> bool:
    """Whether a reader has something to change; another T-minus is nothing."""
    first = entry.first
    if entry.left:
        return 1 in first.left.values()
    return first.changed_in == revision and first.change is not Change.RECOUNTED
