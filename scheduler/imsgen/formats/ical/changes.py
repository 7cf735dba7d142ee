"""What changed since the last revision: as a calendar, and as a list of who is told what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imsgen.formats.ical.events import Entry, entries
from imsgen.model import Change, Meeting, MeetingKind, Schedule
from imsgen.schedule.diary.audience import ALL, OWNER, PARTY
from imsgen.schedule.diary.text import one_line
from imsgen.schedule.diary.wording import Wording
from imsgen.schedule.views import moment_text

_TITLES = {
    Change.MOVED: "Moved",
    Change.CANCELLED: "Cancelled",
    Change.NEW: "New",
    Change.RESTORED: "On again",
    Change.REWORDED: "Other words, same time",
}
"""In the order of the list: what people must act on first."""


def changes_name(schedule: Schedule) -> str:
    """Return the stem of the files, ``changes-rev6-to-7``; empty for the first revision."""
    revision = schedule.revision
    return f"changes-rev{revision - 1}-to-{revision}" if revision > 1 else ""


def events_changed(schedule: Schedule, words: Wording) -> tuple[Entry, ...]:
    """Return the events of everybody's calendar that changed in the revision."""
    revision = schedule.revision
    return tuple(
        one for one in entries(schedule.meetings, words) if one.first.changed_in == revision
    )


def changes_text(schedule: Schedule, words: Wording) -> str:
    """Return the readable list: every change with its old and new time, then person by person."""
    revision = schedule.revision
    title = f"{one_line(schedule.project.name)}: from revision {revision - 1} to {revision}"
    lines = [title, "=" * len(title), ""]
    changed = sorted(events_changed(schedule, words), key=lambda one: one.key)
    if not changed:
        lines.append("No gate, checkpoint, milestone, message or window changed.")
    for change, heading in _TITLES.items():
        found = _together([one for one in changed if one.first.change is change])
        if found:
            lines.append(f"{heading} ({len(found)})")
            for several in found:
                lines.extend(f"  {line}" for line in _entry(several, words))
            lines.append("")
    counted = sum(one.first.change is Change.RECOUNTED for one in changed)
    if counted:
        lines.append(f"{counted} more have another T-minus, or other dates before them.")
        lines.append("")
    work = [one for one in entries(schedule.tasks, words) if one.first.changed_in == revision]
    told = [*changed, *sorted(work, key=lambda one: one.key)]
    lines.extend(_by_person(schedule, words, told))
    return "\n".join(lines).rstrip() + "\n"


def _together(changed: Sequence[Entry]) -> list[list[Entry]]:
    """Return the entries, those of one series with the same change side by side as one."""
    found: dict[tuple[str, Change], list[Entry]] = {}
    for one in changed:
        first = one.first
        found.setdefault((first.series or first.id, first.change), []).append(one)
    return list(found.values())


def _entry(several: Sequence[Entry], words: Wording) -> Iterator[str]:
    """Yield the lines of an event, or of the occurrences of a series: the first stands for all."""
    entry = several[0]
    first = entry.first
    yield f"{words.title(first)}{_times(several, words)}"
    now = words.time(entry.meetings)
    if first.change is Change.MOVED:
        yield f"  was: {first.was}"
        yield f"  now: {now}"
    elif first.change is Change.CANCELLED:
        yield f"  was: {now}"
    else:
        yield f"  {now}"
    told = [
        *(["everybody"] if ALL in first.audience else []),
        *_people(first.audience, words, PARTY),
        *_people(first.audience, words, OWNER),
    ]
    if told:
        yield f"  tell: {', '.join(told)}"
    gone = [*_people(_just_left(first), words, PARTY), *_people(_just_left(first), words, OWNER)]
    if gone:
        yield f"  no longer theirs: {', '.join(gone)}"


def _times(several: Sequence[Entry], words: Wording) -> str:
    """Return how many occurrences there are, empty for one: the dates are the first one's."""
    if len(several) == 1:
        return ""
    zone = several[-1].first.timezone
    last = moment_text(several[-1].first.start, zone)
    return f", {len(several)} times (the first is shown, the last is {last})"


def _people(tokens: Sequence[str], words: Wording, prefix: str) -> list[str]:
    return [words.named(one.removeprefix(prefix)) for one in tokens if one.startswith(prefix)]


def _just_left(meeting: Meeting) -> tuple[str, ...]:
    return tuple(one for one, revisions in meeting.left.items() if revisions == 1)


def _by_person(schedule: Schedule, words: Wording, changed: Sequence[Entry]) -> Iterator[str]:
    """Yield what each person named by an event is told, their own steps too."""
    told: dict[str, list[str]] = {}
    for several in _together(changed):
        first = several[0].first
        line = f"{_line(several[0], words)}{_times(several, words)}"
        for token in first.audience:
            if token.startswith(OWNER) and first.change is not Change.RECOUNTED:
                told.setdefault(token, []).append(line)
        for token in _just_left(first):
            if token.startswith(OWNER):
                told.setdefault(token, []).append(f"no longer yours: {words.title(first)}")
    if not told:
        return
    yield "Who must be told what"
    yield "---------------------"
    for token in sorted(told):
        id_ = token.removeprefix(OWNER)
        known = schedule.project.people.get(id_) or schedule.project.resources.get(id_)
        address = f" <{one_line(known.email)}>" if known is not None and known.email else ""
        yield ""
        yield f"{words.named(id_)}{address}"
        yield from (f"  - {line}" for line in told[token])


def _line(entry: Entry, words: Wording) -> str:
    first = entry.first
    step = "your step " if first.kind is MeetingKind.TASK else ""
    name, now = f"{step}{words.title(first)}", words.time(entry.meetings)
    match first.change:
        case Change.MOVED:
            return f"moved: {name}: {first.was} → {now}"
        case Change.CANCELLED:
            return f"cancelled: {name}: {now}"
        case Change.NEW:
            return f"new: {name}: {now}"
        case Change.RESTORED:
            return f"on again: {name}: {now}"
        case _:
            return f"other words: {name}: {now}"
