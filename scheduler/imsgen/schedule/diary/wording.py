"""What an event says: its subject, description, place and categories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from imsgen.model import (
    Activity,
    Checkpoint,
    Communication,
    Dependency,
    End,
    Event,
    Gate,
    Instant,
    Kind,
    LastSafe,
    Meeting,
    MeetingKind,
    Project,
    Rollback,
    Roster,
    Schedule,
    ScheduledActivity,
    When,
    Window,
)
from imsgen.schedule.diary.audience import PARTY
from imsgen.schedule.diary.days import days_text, whole_days
from imsgen.schedule.diary.precedes import before
from imsgen.schedule.diary.series import series_text, weekly_pattern
from imsgen.schedule.diary.shifts import shift_lines, standing_by
from imsgen.schedule.diary.spans import span_text
from imsgen.schedule.diary.text import category, distinct, one_line, paragraphs, subject
from imsgen.schedule.tminus import Zero, t_minus, zero_among
from imsgen.schedule.views import end_text, work_text
from imsgen.schedule.way_back import event_id, rollback_text, safe_lines, worth_telling

_PLAN_NAME_LIMIT = 40
_KIND_NAMES = {
    MeetingKind.GATE: "Go/No-Go",
    MeetingKind.MILESTONE: "Milestone",
    MeetingKind.CHECKPOINT: "Checkpoint",
    MeetingKind.WINDOW: "Window",
    MeetingKind.COMMUNICATION: "Communication",
    MeetingKind.LAST_SAFE: "Last safe moment",
    MeetingKind.TASK: "Task",
    MeetingKind.SHIFT: "Shift",
}
_COUNTED = ("T-", "T+", "After: ", "Moved in revision ")
"""How the lines begin that change when other dates do."""
About = Activity | Checkpoint | Communication | LastSafe | Window | None


@dataclass(frozen=True)
class Wording:
    """The words for the events of one schedule."""

    project: Project
    activities: Mapping[str, ScheduledActivity]
    groups: Mapping[str, tuple[Instant, Instant]]
    finish: Instant
    rollbacks: Mapping[str, Rollback] = field(default_factory=dict)
    last_safe: Sequence[LastSafe] = ()
    roster: Roster | None = None

    @classmethod
    def of(cls, schedule: Schedule) -> Wording:
        """Return the words for a schedule's events."""
        return cls(
            schedule.project,
            schedule.activities,
            schedule.groups,
            schedule.finish,
            schedule.rollbacks,
            schedule.last_safe,
            schedule.roster,
        )

    @cached_property
    def zero(self) -> Zero | None:
        """What T-minus counts to."""
        return zero_among(self.project, self.activities, self.groups, self.finish)

    @cached_property
    def plan(self) -> str:
        """The plan's name, short enough to begin a subject with."""
        return one_line(self.project.name, _PLAN_NAME_LIMIT) or self.project.id

    @cached_property
    def incoming(self) -> Mapping[str, Sequence[Dependency]]:
        """Links by successor, in file order."""
        found: dict[str, list[Dependency]] = {}
        for link in self.project.dependencies:
            found.setdefault(link.successor, []).append(link)
        return found

    # -- short -------------------------------------------------------------------------------

    def summary(self, meeting: Meeting, *, left: bool = False) -> str:
        """Return the subject: ``[Plan] GO/NO-GO - name``, marked when the event is cancelled.

        ``left``: it takes place, but without the reader.
        """
        mark = "CANCELLED – " if meeting.cancelled else "NO LONGER YOURS – " if left else ""
        return subject(f"{mark}[{self.plan}] {self.title(meeting)}")

    def title(self, meeting: Meeting) -> str:
        """Return the subject without the plan."""
        name = one_line(meeting.name) or meeting.id
        if meeting.kind is MeetingKind.GATE and "no-go" not in name.casefold():
            return f"GO/NO-GO – {name}"
        if meeting.kind is MeetingKind.COMMUNICATION:
            about = self.about(meeting)
            off = isinstance(about, Communication) and on_no_go(about)
            return f"MESSAGE {'IF NO-GO ' if off else ''}– {name}"
        if meeting.kind is MeetingKind.LAST_SAFE:
            return f"LAST SAFE MOMENT FOR NO-GO – {name}"
        if meeting.kind is MeetingKind.SHIFT:
            return f"{'BACKUP' if standing_by(meeting) else 'ON DUTY'} – {name}"
        return name

    def time(self, meetings: Sequence[Meeting]) -> str:
        """Return when an event is, local and UTC; of several meetings, by their pattern."""
        if len(meetings) > 1:
            pattern = weekly_pattern(meetings)
            if pattern is not None:
                return series_text(pattern)
        meeting = meetings[0]
        days = whole_days(meeting, meeting.finish)
        if days is not None:
            return f"{days_text(*days)} ({meeting.timezone})"
        return span_text(meeting.start, meeting.finish, meeting.timezone)

    def categories(self, meeting: Meeting) -> list[str]:
        """Return the kind, the parties that answer for it, and the plan's own category."""
        about = self.about(meeting)
        parties = about.party if isinstance(about, Activity) else ()
        known = self.project.parties
        names = (known[id_].name if id_ in known else id_ for id_ in parties)
        critical = ["Critical"] if self._critical(meeting) else []
        texts = [_KIND_NAMES[meeting.kind], *critical, *names, f"IMS-{self.project.id}"]
        return distinct(category(text) for text in texts)

    def location(self, meeting: Meeting) -> str:
        """Return the room or bridge where people meet; empty when the plan names none."""
        if meeting.cancelled:
            return ""
        about = self.about(meeting)
        if isinstance(about, Activity):
            gate = self.project.gates.get(about.id)
            return one_line(gate.location) if gate is not None else ""
        return one_line(about.location) if isinstance(about, Checkpoint) else ""

    def about(self, meeting: Meeting) -> About:
        """Return what the plan says it is about; None when the plan no longer has it."""
        id_ = meeting.series or meeting.id
        project = self.project
        match meeting.kind:
            case MeetingKind.GATE | MeetingKind.MILESTONE:
                return project.activities.get(id_)
            case MeetingKind.TASK:
                return project.activities.get(id_.removeprefix("task:"))
            case MeetingKind.CHECKPOINT:
                return project.checkpoints.get(id_)
            case MeetingKind.COMMUNICATION:
                return project.communications.get(id_.removeprefix("comms:"))
            case MeetingKind.LAST_SAFE:
                return next((one for one in self.last_safe if event_id(project, one) == id_), None)
            case _:
                return project.windows.get(id_)

    def named(self, id_: str | None) -> str:
        """Return the name of a resource, party, group or person; else it stands for itself."""
        if not id_:
            return ""
        project = self.project
        for known in (project.resources, project.parties, project.groups, project.people):
            found = known.get(id_)
            if found is not None:
                return one_line(found.name)
        return one_line(id_)

    # -- the whole text ----------------------------------------------------------------------

    def gist(self, meetings: Sequence[Meeting]) -> tuple[str, ...]:
        """Return what an event says for itself: nothing that counts from other dates."""
        first = meetings[0]
        text = self.description(meetings).split("\n")
        kept = (line for line in text if not line.startswith(_COUNTED))
        return (self.summary(first), self.location(first), *kept)

    def description(self, meetings: Sequence[Meeting], *, left: bool = False) -> str:
        """Return the plain text of an event; it begins with the time."""
        meeting = meetings[0]
        lines = [self.time(meetings)]
        if meeting.cancelled or left:
            why = f"as of revision {meeting.changed_in} it takes place without you."
            if meeting.cancelled:
                why = f"cancelled in revision {meeting.changed_in}, it does not take place."
            lines.insert(0, f"Not in your calendar any more: {why}")
            lines.append(f"Plan: {one_line(self.project.name)}")
            return paragraphs("\n".join(lines))
        if meeting.was:
            lines.append(f"Moved in revision {meeting.changed_in}, it was: {meeting.was}")
        zero = self.zero
        if zero is not None and len(meetings) == 1:
            label = t_minus(meeting.start, zero.instant)
            lines.append(f"{label} (T-0 is {one_line(zero.name)})")
        lines.extend(self._told(meeting))
        parties = [one for one in meeting.audience if one.startswith(PARTY)]
        lines.extend(_labelled("Parties", [self.named(one[len(PARTY) :]) for one in parties]))
        lines.append(f"Plan: {one_line(self.project.name)}")
        return paragraphs("\n".join(lines))

    def _told(self, meeting: Meeting) -> Iterator[str]:
        about = self.about(meeting)
        if meeting.kind is MeetingKind.SHIFT:
            yield from shift_lines(self.project, self.roster, meeting)
        elif isinstance(about, Communication):
            yield from self._communication(about)
        elif isinstance(about, LastSafe):
            yield from safe_lines(self.project, about)
        elif isinstance(about, Window):
            yield from _labelled("Not in this time", about.forbids)
            yield from _labelled("But", about.excepted)
            yield from _notes(about.notes)
        elif isinstance(about, Checkpoint):
            yield from self._meeting(about)
            yield from _labelled("Owner", [self.named(about.owner)])
            yield from self._when("Follows", about.at)
            yield from _notes(about.notes)
        elif isinstance(about, Activity):
            gate = self.project.gates.get(about.id)
            if gate is not None:
                yield from self._meeting(gate)
                yield from self._outcomes(gate)
                back = self.rollbacks.get(gate.id)
                if back is not None and worth_telling(self.project, back):
                    yield f"Way back: {rollback_text(self.project, back)}"
            yield from self._activity(about)

    def _meeting(self, meeting: Gate | Checkpoint) -> Iterator[str]:
        yield from _labelled("Decides", [self.named(id_) for id_ in meeting.decides])
        criteria = [one_line(text) for text in meeting.criteria]
        if criteria:
            yield "Criteria:"
            yield from (f"- {text}" for text in criteria)
        yield from _labelled("People", [self.named(id_) for id_ in meeting.who])
        yield from _labelled("Where", [one_line(meeting.location)])

    def _outcomes(self, gate: Gate) -> Iterator[str]:
        """Say what follows each outcome: the group done on No-Go, the messages sent."""
        for end, label, group in (
            (End.GO, "On Go", None),
            (End.NO_GO, "On No-Go", gate.else_),
        ):
            sent = (
                f"message {one_line(one.name)}"
                for one in self.project.communications.values()
                if one.trigger.event == Event(gate.id, end)
            )
            yield from _labelled(label, [self.named(group), *sent])

    def _activity(self, activity: Activity) -> Iterator[str]:
        dates = self.activities.get(activity.id)
        if activity.kind is Kind.TASK and dates is not None:
            duration = activity.modes[dates.mode].duration
            elapsed = " elapsed" if activity.modes[dates.mode].elapsed else ""
            yield f"Duration: {work_text(duration, self.project.day)}{elapsed}"
        if activity.kind is not Kind.GATE and not activity.checkpoint:
            yield from _labelled("Critical", ["no float"] if dates and dates.critical else [])
        yield from _labelled("Owner", [self.named(activity.owner)])
        yield from _labelled("Backup", [self.named(activity.backup)])
        if activity.deadline is not None:
            yield f"Deadline: {end_text(activity.deadline, self.project.timezone)}"
        yield from _labelled("After", before(self, activity), "; ")
        yield from (
            f"{one_line(name)}: {one_line(address, 2000)}"
            for name, address in activity.links.items()
        )
        yield from _notes(activity.notes)

    def _communication(self, message: Communication) -> Iterator[str]:
        yield from _labelled("Audience", [one_line(message.audience)])
        yield from _labelled("Channel", [one_line(message.channel)])
        yield from _labelled("Owner", [self.named(message.owner)])
        yield from self._when("Follows", message.trigger)
        yield from _labelled("Purpose", [one_line(message.purpose)])
        yield from _labelled("Message", [paragraphs(message.message)])
        yield from _labelled("Feedback", [one_line(message.feedback)])
        yield from _labelled("Status", [one_line(message.status)])

    def _when(self, label: str, when: When | None) -> Iterator[str]:
        """Say which event something follows, and how far from it."""
        if when is None or when.event is None:
            return
        event = when.event
        words = {
            End.START: "begins",
            End.FINISH: "ends",
            End.GO: "says Go",
            End.NO_GO: "says No-Go",
        }
        nodes = (self.project.activities, self.project.groups, self.project.checkpoints)
        known = next((found[event.id] for found in nodes if event.id in found), None)
        name = one_line(known.name) if known is not None else "the plan"
        distance = work_text(
            abs(when.offset), self.project.day if when.calendar != "24x7" else 1440
        )
        side = "before" if when.offset < 0 else "after"
        far = f"{distance} {side} " if when.offset else ""
        yield f"{label}: {far}{name} {words[event.end]}"

    def _critical(self, meeting: Meeting) -> bool:
        dates = self.activities.get(meeting.id.removeprefix("task:"))
        return meeting.kind is MeetingKind.TASK and dates is not None and dates.critical


def on_no_go(message: Communication) -> bool:
    """Whether a message is sent only if a gate says No-Go."""
    return message.trigger.event is not None and message.trigger.event.end is End.NO_GO


def _labelled(label: str, texts: Iterable[str], between: str = ", ") -> Iterator[str]:
    kept = [one_line(text, 2000) if "\n" not in text else text for text in texts if text]
    if kept:
        yield f"{label}: {between.join(kept)}"


def _notes(notes: str) -> Iterator[str]:
    if notes.strip():
        yield ""
        yield paragraphs(notes)
