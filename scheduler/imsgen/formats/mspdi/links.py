"""Links between tasks: groups taken apart, one link a pair, lags as Project counts them.

A link of a group becomes links between activities: from those nothing inside follows on, to
those that wait for nothing inside. That is the same logic, and it keeps links off summary tasks,
where auditors do not want them. Only where these links would be very many, and Project computes
the same from one between summary tasks, it is that one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.formats.mspdi.codes import PERCENT, duration_format
from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.rows import Engine, LinkRow
from imsgen.formats.mspdi.wall import WallClock
from imsgen.model import Dependency, Kind, LinkType, Schedule
from imsgen.network.bounds import FROM_FINISH, TO_FINISH, shift
from imsgen.network.graph import Graph

_PERCENT_TEXT = re.compile(r"([+-]\d+)%")
_MANY = 20
"""Links between activities that stand for one of a group."""
_ORDERING = {LinkType.FS, LinkType.SS}


class Links:
    """Writes the links into one task from the dates of the schedule."""

    def __init__(
        self,
        schedule: Schedule,
        graph: Graph,
        book: CalendarBook,
        clock: WallClock,
        remarks: Remarks,
    ) -> None:
        self._schedule = schedule
        self._project = schedule.project
        self._graph = graph
        self._book = book
        self._clock = clock
        self._remarks = remarks
        self._last: dict[str, frozenset[str]] = {}
        self._first: dict[str, frozenset[str]] = {}
        self._leaves: dict[str, tuple[str, ...]] = {}
        self._amount = Counter(
            (one.predecessor, one.successor) for one in self._project.dependencies
        )
        self.of_summaries = [link for link in self._project.dependencies if self._is_one(link)]
        """Links that are written on summary tasks."""
        self._whole = {(link.predecessor, link.successor) for link in self.of_summaries}

    def _is_one(self, link: Dependency) -> bool:
        """Whether a link of groups is written as it is."""
        groups = [end for end in (link.predecessor, link.successor) if end in self._project.groups]
        if not groups or link.lag or link.max_lag is not None:
            return False
        amount = 1
        if link.successor in groups:
            amount *= len(self._begins(link))
        if link.predecessor in groups and link.type in FROM_FINISH:
            amount *= len(self._ends(link))
        if amount <= _MANY or not all(map(self._plain, groups)):
            return False
        if self._amount[link.predecessor, link.successor] > 1:
            return False
        text = "Many links of a group are written as one of its summary task"
        self._remarks.add(text, f"{link.predecessor} > {link.successor}")
        return True

    def _plain(self, group: str) -> bool:
        """Whether Project gives a group the dates we do: it counts hammocks in."""
        return group in self._schedule.groups and all(
            self._project.activities[id_].kind is not Kind.HAMMOCK for id_ in self._inside(group)
        )

    def _inside(self, id_: str) -> tuple[str, ...]:
        if id_ not in self._leaves:
            self._leaves[id_] = self._project.leaves(id_)
        return self._leaves[id_]

    def into(self, id_: str, engines: dict[str, Engine]) -> list[LinkRow]:
        """Return the links into an activity, at most one from each predecessor."""
        found: dict[str, tuple[int, int, LinkRow, Dependency]] = {}
        for n, (predecessor, link) in enumerate(self._arcs(id_)):
            row, reach = self._row(predecessor, id_, link, engines)
            known = found.get(predecessor)
            if known is None:
                found[predecessor] = (reach, -n, row, link)
                continue
            kept, lost = known, (reach, -n, row, link)
            if lost[:2] > kept[:2]:
                kept, lost = lost, kept
            found[predecessor] = kept
            if (kept[3].type, kept[3].lag_calendar) != (lost[3].type, lost[3].lag_calendar):
                text = (
                    "Project keeps one link between two tasks; left out is the one that waits less"
                )
                self._remarks.add(text, f"{predecessor} > {id_} {lost[3].type}")
        return [row for _, _, row, _ in found.values()]

    def _arcs(self, id_: str) -> Iterator[tuple[str, Dependency]]:
        """Yield the links into an activity without those that others imply."""
        for arc in self._graph.incoming[id_]:
            link = arc.link
            if (link.predecessor, link.successor) in self._whole:
                continue
            if link.predecessor != arc.predecessor and arc.predecessor not in self._ends(link):
                continue
            if link.successor != id_ and id_ not in self._begins(link):
                continue
            yield arc.predecessor, link
        for early in self._graph.earliest_incoming[id_]:
            if (early.link.predecessor, early.link.successor) in self._whole:
                continue
            firsts = self._firsts(early.link.predecessor, early.predecessors)
            chosen = min(firsts, key=lambda one: self._schedule.activities[one].start)
            if len(firsts) > 1:
                text = "A link from the start of a group is written from the activity that starts first"
                self._remarks.add(text, f"{early.link.predecessor} > {id_}")
            yield chosen, early.link

    def _ends(self, link: Dependency) -> frozenset[str]:
        """Return the activities of the predecessor group that nothing inside follows."""
        group = link.predecessor
        if group not in self._last:
            inside = self._inside(group)
            among = frozenset(inside)
            self._last[group] = frozenset(
                one
                for one in inside
                if one in self._graph.outgoing
                and not any(
                    arc.successor in among and arc.link.type is LinkType.FS and arc.link.lag >= 0
                    for arc in self._graph.outgoing[one]
                )
            )
        if link.lag and link.lag_calendar == "predecessor":
            return frozenset(self._inside(group))
        return self._last[group]

    def _begins(self, link: Dependency) -> frozenset[str]:
        """Return the activities of the successor group that wait for nothing inside."""
        group = link.successor
        if link.lag and link.lag_calendar == "successor":
            return frozenset(self._inside(group))
        if group not in self._first:
            inside = self._inside(group)
            self._first[group] = frozenset(self._firsts(group, inside))
        return self._first[group]

    def _firsts(self, group: str, inside: Iterable[str]) -> tuple[str, ...]:
        among = frozenset(self._inside(group))
        return tuple(
            one
            for one in inside
            if one in self._graph.incoming
            and not any(
                arc.predecessor in among and arc.link.type in _ORDERING and arc.link.lag >= 0
                for arc in self._graph.incoming[one]
            )
        )

    # -- lags --------------------------------------------------------------------------------

    def _row(
        self, predecessor: str, successor: str, link: Dependency, engines: dict[str, Engine]
    ) -> tuple[LinkRow, int]:
        """Return the link, and the start it asks of the successor, in wall minutes."""
        if link.max_lag is not None:
            text = "Project has no most of a lag; the dates keep it, nothing watches it"
            self._remarks.add(text, f"{predecessor} > {successor}")
        row = LinkRow(predecessor, link.type)
        at_finish = link.type in FROM_FINISH
        placed = self._schedule.activities[predecessor]
        event = placed.finish if at_finish else placed.start
        minute = self._clock.end_minute if at_finish else self._clock.minute
        wall = minute(event)
        before = engines[predecessor].duration
        engine = engines[successor]
        if not link.lag:
            return row, start_asked(engine, row, wall, before)
        theirs, ours = self._effective(predecessor), self._effective(successor)
        on = self._book.lag_calendar(link, theirs, ours)
        bound = self._clock.end_minute(shift(on, event, link.lag))
        wanted = _start_by(engine, link.type, bound)
        row.elapsed = on is self._book.always
        percent = _PERCENT_TEXT.search(link.lag_text)
        if percent and on is ours and round(before * int(percent[1]) / 100) == link.lag:
            row.lag, row.percent, row.format = int(percent[1]), True, PERCENT
        else:
            row.lag = link.lag
            row.format = duration_format(link.lag_text, row.lag, self._project.day, row.elapsed)
        about = f"{predecessor} > {successor}"
        if on is not ours and on is not self._book.always:
            self._rewrite_lag(row, link, engine, wall, bound)
            text = "A lag on another calendar is written as it falls in this schedule"
            self._remarks.add(text, about)
        elif start_asked(engine, row, wall, before) != wanted:
            self._rewrite_lag(row, link, engine, wall, bound)
            text = "A lag over a change of the clock is written as the clock shows it"
            self._remarks.add(text, about)
        elif not _alike(engine, row, wall):
            self._rewrite_lag(row, link, engine, wall, bound)
            text = "An elapsed lag to a finish is written in working time"
            self._remarks.add(text, about)
        return row, wanted

    def _rewrite_lag(
        self, row: LinkRow, link: Dependency, engine: Engine, wall: int, bound: int
    ) -> None:
        row.percent = False
        row.elapsed = link.type in _ORDERING or engine.elapsed
        row.lag = bound - wall if row.elapsed else engine.work.work_between(wall, bound)
        row.format = duration_format("", row.lag, self._project.day, row.elapsed)

    def _effective(self, id_: str) -> WorkCalendar:
        mode = self._schedule.activities[id_].mode
        return self._book.effective(self._project.activities[id_], mode)


def start_asked(engine: Engine, link: LinkRow, event: int, predecessor: int) -> int:
    """Return the earliest start that a link from an event allows its successor.

    Parameters
    ----------
    event
        The end of the predecessor that the link starts from, in wall minutes.
    predecessor
        The predecessor's duration, for a lag in percent.
    """
    if link.type in TO_FINISH:
        event = engine.start_for(event)
    return engine.next_start(engine.after(event, link, predecessor))


def _start_by(engine: Engine, type_: LinkType, bound: int) -> int:
    return engine.next_start(engine.start_for(bound) if type_ in TO_FINISH else bound)


def _alike(engine: Engine, link: LinkRow, event: int) -> bool:
    """Whether an elapsed lag to a finish means the same before and after the duration."""
    if link.type not in TO_FINISH or not link.elapsed:
        return True
    return engine.next_start(engine.start_for(event) + link.lag) == engine.next_start(
        engine.start_for(event + link.lag)
    )
