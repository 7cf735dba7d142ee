"""Links: who waits for whom, with lags in minutes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from imsgen.diagnostics import Label, Span
from imsgen.model import ALWAYS, Activity, Dependency, Kind, LinkType
from imsgen.plan.document import At, RawLag, RawLink
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.durations import signed_minutes, whole_minutes
from imsgen.plan.resolve.names import Role
from imsgen.plan.resolve.part import Part, Setting

_SCHEDULED = (Role.ACTIVITY, Role.GROUP, Role.GATE)
_TO_GROUP = frozenset({LinkType.FS, LinkType.SS})


def link_key(link: Dependency) -> str:
    """Return the key of a link in the project's sources."""
    return f"link:{link.predecessor}>{link.successor}:{link.type}"


def _signed(lag: RawLag | None) -> str:
    """Return a lag as written, with its sign also where the long form needs none."""
    if lag is None:
        return ""
    return lag.text if lag.text[:1] in {"+", "-"} else f"+{lag.text}"


class LinkBuilder:
    """Turns written links into dependencies, each pair and type once."""

    def __init__(self, context: Context, activities: Mapping[str, Activity]) -> None:
        self.context = context
        self.activities = activities
        self.report = context.report
        self.found: dict[tuple[str, str, LinkType], Dependency] = {}

    def build(self) -> tuple[Dependency, ...]:
        """Return every link of the plan, in file order; those of ``dependencies:`` last."""
        for node in self.context.nodes.values():
            for raw in node.item.after:
                self._add(raw, node.id, node.scope, node.part.setting)
        for part in self.context.parts.plans():
            for successor, links in part.document.dependencies:
                self._added(successor, links, part)
        return tuple(self.found.values())

    def _added(self, successor: At[str], links: tuple[RawLink, ...], part: Part) -> None:
        id_ = self.context.names.find(successor, part.prefix, _SCHEDULED)
        if id_ is None:
            return
        for raw in links:
            self._add(raw, id_, part.prefix, part.setting)

    def add_external(self, predecessor: str, successor: str, span: Span) -> None:
        """Add the link of a give/get."""
        key = (predecessor, successor, LinkType.FS)
        if key not in self.found:
            self.found[key] = Dependency(predecessor, successor)
            self.context.sources.setdefault(link_key(self.found[key]), span)

    def _add(self, raw: RawLink, successor: str, scope: str, setting: Setting) -> None:
        span = raw.span or raw.id.span
        predecessor = self.context.names.find(raw.id, scope, _SCHEDULED)
        if predecessor is None or not self._fits(raw, predecessor, successor, span):
            return
        lag, calendar, max_lag = self._lag(raw, predecessor, setting, span)
        link = Dependency(
            predecessor,
            successor,
            raw.type,
            lag,
            calendar,
            max_lag,
            raw.reason,
            _signed(raw.lag),
        )
        key = (predecessor, successor, raw.type)
        if key in self.found:
            first = self.context.sources[link_key(link)]
            self.report.add(
                "IMS211",
                f"`{successor}` has the link `{raw.id.value} {raw.type}` twice",
                span,
                labels=(Label(first, "the first is here"),),
                help="keep one",
            )
            return
        self.found[key] = link
        self.context.sources[link_key(link)] = span

    def _fits(self, raw: RawLink, predecessor: str, successor: str, span: Span) -> bool:
        """Whether the two may be linked so; if not, say why."""
        names = self.context.names
        if predecessor == successor:
            self.report.add("IMS210", f"`{successor}` waits for itself", span, help="remove it")
            return False
        if f"{successor}.".startswith(f"{predecessor}."):
            self.report.add(
                "IMS210",
                f"`{successor}` waits for the group `{predecessor}` it lies in",
                span,
                help="link to an activity inside the group",
            )
            return False
        if f"{predecessor}.".startswith(f"{successor}."):
            self.report.add(
                "IMS210",
                f"the group `{successor}` waits for `{predecessor}`, which lies in it",
                span,
                help="put the link on the activities that wait",
            )
            return False
        for id_ in (predecessor, successor):
            if id_ in self.activities and self.activities[id_].kind is Kind.HAMMOCK:
                self.report.add(
                    "IMS228",
                    f"the hammock `{id_}` drives nothing and waits for nothing",
                    span,
                    help="link the activities it spans",
                )
                return False
        if names.roles[successor] is Role.GROUP and raw.type not in _TO_GROUP:
            self.report.add(
                "IMS218",
                f"a link to a group is FS or SS, found {raw.type} to `{successor}`",
                span,
                help="put the link on the activity that finishes the group",
            )
            return False
        return self._on_record(predecessor, successor, span)

    def _on_record(self, predecessor: str, successor: str, span: Span) -> bool:
        branch = self.context.branches.get(predecessor)
        if branch is None or self.context.branches.get(successor) == branch:
            return True
        self.report.add(
            "IMS214",
            f"`{successor}` waits for `{predecessor}`, which is done only on No-Go of `{branch}`",
            span,
            labels=(Label(self.context.nodes[branch].span("else"), "on No-Go"),),
            help="nothing outside may depend on a group named by `else:`",
        )
        return False

    # -- lags --------------------------------------------------------------------------------

    def _lag(
        self, raw: RawLink, predecessor: str, setting: Setting, span: Span
    ) -> tuple[int, str, int | None]:
        """Return the lag in minutes, its calendar, and the greatest lag on the same calendar."""
        calendar = self._calendar(raw)
        lag, elapsed = 0, False
        families = []
        if raw.lag is not None and raw.lag.percent is not None:
            lag, elapsed = self._percent(raw, predecessor, span)
        elif raw.lag is not None and raw.lag.duration is not None:
            lag = signed_minutes(raw.lag, span, setting, self.report)
            elapsed = raw.lag.duration.elapsed
            if lag:
                families.append(elapsed)
        longest = None
        if raw.max_lag is not None:
            longest = whole_minutes(raw.max_lag.value, raw.max_lag.span, setting, self.report)
            families.append(raw.max_lag.value.elapsed)
            elapsed = raw.max_lag.value.elapsed
            if longest < lag:
                self.report.add(
                    "IMS219",
                    f"`max_lag: {raw.max_lag.value.text}` is less than the lag",
                    raw.max_lag.span,
                )
        if len(set(families)) > 1:
            self.report.add(
                "IMS219",
                "`lag` and `max_lag` count on one calendar, one of them is elapsed",
                span,
                help="write both elapsed or both working",
            )
        if elapsed and raw.lag_calendar is not None:
            self.report.add(
                "IMS219",
                "an elapsed lag counts every minute, it has no `lag_calendar:`",
                raw.lag_calendar.span,
                help="remove one of the two",
            )
        return lag, ALWAYS if elapsed else calendar, longest

    def _calendar(self, raw: RawLink) -> str:
        if raw.lag_calendar is None:
            return self.context.lag_calendar
        if raw.lag_calendar.value in {"successor", "predecessor"}:
            return raw.lag_calendar.value
        if raw.lag_calendar.value == "project":
            return self.context.calendar
        found = self.context.pool.calendar(raw.lag_calendar, self.report)
        return found or self.context.lag_calendar

    def _percent(self, raw: RawLink, predecessor: str, span: Span) -> tuple[int, bool]:
        """Return a share of the predecessor's duration, rounded to a minute."""
        activity = self.activities.get(predecessor)
        if activity is None:
            self.report.add(
                "IMS218",
                f"the group `{predecessor}` has no duration to take a share of",
                span,
                help="write the lag as a duration, `+2d`",
            )
            return 0, False
        if raw.lag is None or raw.lag.percent is None:
            return 0, False
        mode = activity.modes[0]
        likely = activity.estimate.likely if activity.estimate is not None else mode.duration
        lag = floor(likely * raw.lag.percent / 100 + Fraction(1, 2))
        return (-lag if raw.lag.negative else lag), mode.elapsed
