"""What is reported of activities, checked against what the plan knows of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from imsgen.diagnostics import Report, Span
from imsgen.model import Activity, Instant, Kind, Progress, Project
from imsgen.plan.reports.moments import moment, written
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.misread import Misread
from imsgen.plan.syntax.values.numbers import parse_percent

STARTED, FINISHED, WAITING = "started", "finished", "waiting"
WORDS = (STARTED, FINISHED, WAITING)
"""States besides percentages."""


@dataclass(frozen=True, slots=True)
class States:
    """What is said of one activity, as text; an empty text says nothing."""

    id: str
    started: str = ""
    finished: str = ""
    percent: str = ""
    remaining: str = ""
    waiting: bool = False
    seen: str = ""
    """When that much was done; not said is at the status date."""
    span: Span | None = None
    """Where it is said, if in a file."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What happened to one activity, to be written down; None and "" change nothing."""

    id: str
    started: Instant | None = None
    finished: Instant | None = None
    percent: int | None = None
    remaining: str = ""
    seen: Instant | None = None
    forget: bool = False


@dataclass(slots=True)
class _Said:
    """Tokens of the command line while they are read."""

    ids: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)


def read_states(tokens: Sequence[str], at: str, remaining: str, report: Report) -> list[States]:
    """Return what `ID... STATE...` says, one entry for each id.

    Several ids before a state share it; several states behind an id all hold. `STATE@TIME` says
    when, else ``at`` does.
    """
    groups: list[_Said] = []
    for token in tokens:
        word = token.partition("@")[0]
        is_state = word in WORDS or word.endswith("%")
        if is_state and groups:
            groups[-1].states.append(token)
            continue
        if not groups or groups[-1].states:
            groups.append(_Said())
        groups[-1].ids.append(token)
    found = []
    for group in groups:
        if not group.states and not remaining:
            report.add(
                "IMS664",
                f"nothing is said of `{group.ids[-1]}`",
                help="write its state behind it: `started`, `finished`, `waiting` or `60%`",
            )
        found += [_states(id_, group.states, at, remaining) for id_ in group.ids]
    return found


def _states(id_: str, states: Sequence[str], at: str, remaining: str) -> States:
    said = States(id_, remaining=remaining)
    if not states:
        said = replace(said, seen=at)
    for state in states:
        word, _, time = state.partition("@")
        if word == WAITING:
            said = replace(said, waiting=True)
        elif word == STARTED:
            said = replace(said, started=time or at or "?")
        elif word == FINISHED:
            said = replace(said, finished=time or at or "?")
        else:
            said = replace(said, percent=word, seen=time or at)
    return said


def reported(
    project: Project, several: Sequence[States], report: Report, *, correct: bool = False
) -> list[Reported]:
    """Return what happened, in the order of the outline; what cannot be is reported.

    Parameters
    ----------
    correct
        Whether actual dates that are known may become others.
    """
    together: dict[str, States] = {}
    for said in several:
        activity = _activity(project, said, report)
        if activity is not None:
            before = together.get(activity.id)
            together[activity.id] = said if before is None else _both(before, said, report)
    found = []
    for id_ in project.activities:
        if id_ in together:
            reader = _Reader(
                project, project.activities[id_], together[id_], report, correct=correct
            )
            one = reader.read()
            if one is not None:
                found.append(one)
    return found


def _both(before: States, then: States, report: Report) -> States:
    """Return what two reports of an activity say together, as in a log with a line an event."""
    over = bool(then.finished) and not (then.percent or then.remaining)
    if over:  # what was left of it on the way says nothing any more
        before = replace(before, percent="", remaining="", seen="")
    values = {}
    for key in ("started", "finished", "percent", "remaining", "seen"):
        first, second = getattr(before, key), getattr(then, key)
        if first and second and key != "seen":
            text = f"`{then.id}` is reported twice"
            differ = f": {key} `{first}` and `{second}`" if first != second else f": {key}"
            report.add("IMS664", text + differ, then.span, help="keep the one that is right")
        values[key] = second or first
    return replace(then, **values, waiting=before.waiting or then.waiting)


def _activity(project: Project, said: States, report: Report) -> Activity | None:
    """Return the activity that an id, or the end of one, means."""
    name = said.id
    known = [name] if name in project.activities else []
    known = known or [id_ for id_ in project.activities if id_.endswith(f".{name}")]
    if len(known) == 1:
        found = project.activities[known[0]]
        reason = _without_progress(project, found)
        if reason:
            report.add("IMS664", reason, said.span)
        return found if not reason else None
    if known:
        listed = ", ".join(f"`{one}`" for one in known[:6])
        report.add("IMS665", f"`{name}` may be any of {listed}", said.span)
        return None
    if name in project.groups:
        inside = ", ".join(f"`{one}`" for one in project.leaves(name)[:6])
        text = f"`{name}` is a group, it has no progress of its own"
        report.add("IMS664", text, said.span, help=f"report what is inside: {inside}")
        return None
    short = {id_.rpartition(".")[2]: id_ for id_ in reversed([*project.activities])}
    ids = {**short, **{id_: id_ for id_ in project.activities}}
    near = [ids[one] for one in get_close_matches(name, ids, 3, 0.6)]
    meant = " or ".join(f"`{one}`" for one in dict.fromkeys(near))
    help_ = f"did you mean {meant}?" if meant else ""
    report.add("IMS665", f"the plan has no activity `{name}`", said.span, help=help_)
    return None


def _without_progress(project: Project, activity: Activity) -> str:
    if activity.kind is Kind.HAMMOCK:
        return f"the hammock `{activity.id}` takes its dates from what it spans"
    if not activity.scheduled:
        return f"`{activity.id}` is not on the plan of record, nothing of it happens"
    return ""


class _Reader:
    """Reads what is said of one activity."""

    def __init__(
        self, project: Project, activity: Activity, said: States, report: Report, *, correct: bool
    ) -> None:
        self.project, self.activity, self.said, self.report = project, activity, said, report
        self.before = activity.progress if activity.progress is not None else _NOTHING
        self.correct = correct
        self.id = activity.id

    def read(self) -> Reported | None:
        """Return what happened; None where it cannot have."""
        count = len(self.report.diagnostics)
        said = self.said
        if said.waiting:
            return self._waiting()
        started = self._time(said.started, "started", end=False)
        finished = self._time(said.finished, "finished", end=True)
        percent = self._percent()
        seen = self._time(said.seen, "was so far", end=True)
        self._length()
        if len(self.report.diagnostics) > count:
            return None
        for problem, help_ in self._problems(started, finished, percent):
            self._refuse(problem, help_)
        if len(self.report.diagnostics) > count:
            return None
        return Reported(self.id, started, finished, percent, said.remaining, seen)

    def _waiting(self) -> Reported | None:
        if any((self.said.started, self.said.finished, self.said.percent, self.said.remaining)):
            self._refuse(f"`{self.id}` cannot wait and have begun", "say one of the two")
            return None
        if self.activity.progress is not None and not self.correct:
            self._refuse(
                f"`{self.id}` has begun {self._shown(self.before.actual_start)}",
                "add `--correct` to take that back",
            )
            return None
        return Reported(self.id, forget=True)

    # -- values ------------------------------------------------------------------------------

    def _time(self, text: str, what: str, *, end: bool) -> Instant | None:
        if not text:
            return None
        if text == "?":
            if self.project.status_date is not None:
                return self.project.status_date
            self._refuse(
                f"it is not said when `{self.id}` {what}", f"write `{what}@02:40`, or add `--at`"
            )
            return None
        inner = Report()
        found = moment(self.project, text, end=end, report=inner)
        for one in inner.diagnostics:
            self.report.diagnostics.append(replace(one, span=self.said.span))
        return found

    def _percent(self) -> int | None:
        if not self.said.percent:
            return None
        try:
            return parse_percent(self.said.percent)
        except Misread as misread:
            self._refuse(misread.message, misread.help)
            return None

    def _length(self) -> None:
        if self.said.remaining:
            try:
                parse_duration(self.said.remaining)
            except Misread as misread:
                self._refuse(misread.message, misread.help)

    # -- what cannot be ------------------------------------------------------------------------

    def _problems(
        self, started: Instant | None, finished: Instant | None, percent: int | None
    ) -> Iterator[tuple[str, str]]:
        """Yield what contradicts itself or the plan, each with what would be right."""
        before, id_ = self.before, self.id
        milestone = self.activity.kind is Kind.MILESTONE
        begin = started if started is not None else before.actual_start
        if not self.correct:
            yield from self._known(started, finished)
        if finished is not None and begin is None and not milestone:
            yield (
                f"`{id_}` has not started, so it cannot have finished",
                f"say both: `{id_} started@TIME finished@{written(finished, self._zone)}`",
            )
        if finished is not None and begin is not None and finished < begin:
            ends, begins = self._shown(finished), self._shown(begin)
            yield (
                f"`{id_}` cannot have finished {ends}: it started {begins}",
                "correct one of the two with `--correct`",
            )
        under_way = percent is not None or bool(self.said.remaining)
        done = before.actual_finish is not None and not self.correct
        if under_way and (finished is not None or done):
            yield f"`{id_}` has finished, nothing of it remains", "leave the percentage out"
        elif under_way and milestone:
            yield f"the milestone `{id_}` is reached or not", f"write `{id_} finished`"
        elif percent == 100:
            both = "finished@TIME" if begin is not None else "started@TIME finished@TIME"
            yield f"`{id_}` is 100% complete: when?", f"write `{id_} {both}`"
        elif under_way and begin is None:
            how_far = self.said.percent or f"--remaining {self.said.remaining}"
            yield (
                f"`{id_}` has not started, so there is no part of it done",
                f"say both: `{id_} started@TIME {how_far}`",
            )
        elif milestone and started is not None and finished is None and not self._reached:
            yield f"the milestone `{id_}` is reached or not", f"write `{id_} finished`"

    def _known(
        self, started: Instant | None, finished: Instant | None
    ) -> Iterator[tuple[str, str]]:
        """Yield what is known otherwise already."""
        known = (
            ("finished", finished, self.before.actual_finish),
            ("started", started, self.before.actual_start),
        )
        over = self.before.actual_finish
        for what, now, then in known:
            if now is not None and then is not None and now != then:
                yield (
                    f"`{self.id}` {what} {self._shown(then)} already, not {self._shown(now)}",
                    "add `--correct` if that was wrong",
                )
            elif what == "started" and now is not None and then is None and over is not None:
                yield f"`{self.id}` finished {self._shown(over)} already", "add `--correct`"

    @property
    def _reached(self) -> bool:
        return self.before.actual_finish is not None

    # -- words ---------------------------------------------------------------------------------

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.project.timezone)

    def _shown(self, instant: Instant | None) -> str:
        return "" if instant is None else written(instant, self._zone)

    def _refuse(self, message: str, help_: str) -> None:
        self.report.add("IMS664", message, self.said.span, help=help_)


_NOTHING = Progress(None, None, 0, None)


def latest(found: Sequence[Reported]) -> Instant | None:
    """Return the last moment anything is reported of."""
    told = ((each.started, each.finished, each.seen) for each in found)
    return max((one for several in told for one in several if one is not None), default=None)
