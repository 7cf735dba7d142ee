"""What an event says: its subject, description and categories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imsgen.formats.ical.text import category, distinct, one_line, paragraphs, subject
from imsgen.model import (
    Activity,
    Checkpoint,
    Communication,
    Gate,
    Meeting,
    MeetingKind,
    Project,
    Window,
)
from imsgen.schedule.tminus import Zero, t_minus

_PLAN_NAME_LIMIT = 40
_KIND_NAMES = {
    MeetingKind.GATE: "Go/No-Go",
    MeetingKind.MILESTONE: "Milestone",
    MeetingKind.CHECKPOINT: "Checkpoint",
    MeetingKind.WINDOW: "Window",
    MeetingKind.COMMUNICATION: "Communication",
}


def summary(project: Project, meeting: Meeting) -> str:
    """Return the subject: ``[Plan] GO/NO-GO - name``, marked when the event is cancelled."""
    name = one_line(meeting.name) or meeting.id
    if meeting.kind is MeetingKind.GATE and "no-go" not in name.casefold():
        name = f"GO/NO-GO – {name}"
    plan = one_line(project.name, _PLAN_NAME_LIMIT) or project.id
    mark = "CANCELLED – " if meeting.cancelled else ""
    return subject(f"{mark}[{plan}] {name}")


def description(project: Project, meeting: Meeting, time: str, zero: Zero | None) -> str:
    """Return the plain text of an event; ``time`` opens it, ``zero`` anchors T-minus."""
    lines = [time]
    if zero is not None:
        lines.append(f"{t_minus(meeting.start, zero.instant)} (T-0 is {one_line(zero.name)})")
    about = subject_of(project, meeting)
    if isinstance(about, Communication):
        lines.extend(_communication(project, about))
    elif isinstance(about, Window):
        lines.extend(_notes(about.notes))
    elif isinstance(about, Checkpoint):
        lines.extend(_meeting_lines(project, about))
        lines.extend(_labelled("Owner", [named(project, about.owner)]))
        lines.extend(_notes(about.notes))
    elif isinstance(about, Activity):
        gate = project.gates.get(about.id)
        if gate is not None:
            lines.extend(_meeting_lines(project, gate))
            lines.extend(_labelled("On No-Go", [named(project, gate.else_)]))
        lines.extend(_activity(project, about))
    lines.append(f"Plan: {one_line(project.name)}")
    return paragraphs("\n".join(lines))


def categories(project: Project, meeting: Meeting) -> list[str]:
    """Return the kind, the parties that answer for it, and the plan's own category."""
    about = subject_of(project, meeting)
    parties = about.party if isinstance(about, Activity) else ()
    names = (party.name if (party := project.parties.get(id_)) else id_ for id_ in parties)
    texts = [_KIND_NAMES[meeting.kind], *names, f"IMS-{project.id}"]
    return distinct(category(text) for text in texts)


def location(project: Project, meeting: Meeting) -> str:
    """Return the room or bridge where people meet; empty when the plan names none."""
    about = subject_of(project, meeting)
    if isinstance(about, Activity):
        gate = project.gates.get(about.id)
        return one_line(gate.location) if gate is not None else ""
    return one_line(about.location) if isinstance(about, Checkpoint) else ""


def subject_of(
    project: Project, meeting: Meeting
) -> Activity | Checkpoint | Communication | Window | None:
    """Return what the plan says the meeting is about; None when the plan no longer has it."""
    id_ = meeting.series or meeting.id
    if meeting.kind in (MeetingKind.GATE, MeetingKind.MILESTONE):
        return project.activities.get(id_)
    if meeting.kind is MeetingKind.CHECKPOINT:
        return project.checkpoints.get(id_)
    if meeting.kind is MeetingKind.COMMUNICATION:
        return project.communications.get(id_)
    return project.windows.get(id_)


def named(project: Project, id_: str | None) -> str:
    """Return the name of a resource, party or group; what is none of them stands for itself."""
    if not id_:
        return ""
    for known in (project.resources, project.parties, project.groups):
        found = known.get(id_)
        if found is not None:
            return one_line(found.name)
    return one_line(id_)


def _meeting_lines(project: Project, meeting: Gate | Checkpoint) -> Iterator[str]:
    yield from _labelled("Decides", [named(project, id_) for id_ in meeting.decides])
    criteria = [one_line(text) for text in meeting.criteria]
    if criteria:
        yield "Criteria:"
        yield from (f"- {text}" for text in criteria)
    yield from _labelled("People", [named(project, id_) for id_ in meeting.who])
    yield from _labelled("Where", [one_line(meeting.location)])


def _activity(project: Project, activity: Activity) -> Iterator[str]:
    yield from _labelled("Owner", [named(project, activity.owner)])
    yield from _labelled("Backup", [named(project, activity.backup)])
    yield from (
        f"{one_line(name)}: {one_line(address, 2000)}" for name, address in activity.links.items()
    )
    yield from _notes(activity.notes)


def _communication(project: Project, message: Communication) -> Iterator[str]:
    yield from _labelled("Audience", [one_line(message.audience)])
    yield from _labelled("Channel", [one_line(message.channel)])
    yield from _labelled("Owner", [named(project, message.owner)])
    yield from _labelled("Purpose", [one_line(message.purpose)])
    yield from _labelled("Message", [paragraphs(message.message)])
    yield from _labelled("Feedback", [one_line(message.feedback)])


def _labelled(label: str, texts: Iterable[str]) -> Iterator[str]:
    kept = [text for text in texts if text]
    if kept:
        yield f"{label}: {', '.join(kept)}"


def _notes(notes: str) -> Iterator[str]:
    if notes.strip():
        yield ""
        yield paragraphs(notes)
