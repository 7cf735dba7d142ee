"""Which calendar files a schedule has, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.formats.ical.audiences import Calendar, Tasks, calendars, everybodys
from imsgen.formats.ical.calendar import Made, published
from imsgen.formats.ical.changes import changes_name, changes_text, events_changed
from imsgen.formats.ical.readme import readme
from imsgen.model import Schedule
from imsgen.schedule.diary.wording import Wording


def contents(schedule: Schedule, name: str, tasks: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield name and content of each file; the first, without name, is everybody's calendar.

    Parameters
    ----------
    name
        Of everybody's calendar, as the instructions call it.
    """
    chosen = Tasks(tasks)
    words = Wording.of(schedule)
    everybody = everybodys(schedule, words, chosen)
    made: Made = {}
    yield "", published(schedule, words, everybody, made=made)
    listed: list[Calendar] = []
    for one in calendars(schedule, words, chosen):
        listed.append(one)
        yield one.path, published(schedule, words, one.entries, whose=f"– {one.whose}", made=made)
    stem = changes_name(schedule)
    if stem:
        changed = events_changed(schedule, words)
        yield f"{stem}.ics", published(schedule, words, changed, whose="– changes", made=made)
        yield f"{stem}.txt", changes_text(schedule, words)
    yield "README.txt", readme(schedule, name, listed, stem)
