"""Compares two schedules of a plan, or two plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from imsgen.analysis.changes.causes import Causes, rooted
from imsgen.analysis.changes.edits import edits, news
from imsgen.analysis.changes.model import Changes, Edit, EditKind, Moved, Shift
from imsgen.analysis.changes.moves import Pair, shift
from imsgen.analysis.changes.standing import floats, gates, late
from imsgen.analysis.changes.told import told
from imsgen.model import Project, Schedule
from imsgen.schedule.pairing import paired


def compare(old: Schedule, new: Schedule) -> Changes:
    """Return everything that differs between two schedules, and who must be told of it."""
    was = paired(old.project, new.project)
    pair = Pair(old, new, was)
    found = _edits(old, new, was)
    moved = _moved(pair, found)
    by_id = {one.id: one for one in moved}
    mentioned = _names(old.project, new.project)
    kept = {was[id_] for id_ in new.activities if id_ in was}
    return Changes(
        plan=new.project.id,
        name=new.project.name,
        timezone=new.project.timezone,
        day=new.project.day,
        revisions=(old.revision, new.revision),
        finish=(old.finish, new.finish),
        finish_shift=_finish(pair),
        status=(old.status.value, new.status.value),
        status_dates=(old.project.status_date, new.project.status_date),
        names=mentioned,
        moved=moved,
        added=tuple(
            (id_, (one.start, one.finish))
            for id_, one in new.activities.items()
            if id_ not in pair.shifts
        ),
        removed=tuple(
            (id_, (one.start, one.finish))
            for id_, one in old.activities.items()
            if id_ not in kept
        ),
        edits=found,
        news=news(old.project, new.project, was),
        floats=floats(pair),
        chain=_chains(pair),
        gates=gates(pair),
        deadlines=late(pair),
        told=told(pair, lambda id_: reason(by_id, id_)),
    )


def compare_plans(old: Project, new: Project) -> Changes:
    """Return what the text of two plans has between them; there are no dates to compare."""
    was = paired(old, new)
    return Changes(
        plan=new.id,
        name=new.name,
        timezone=new.timezone,
        day=new.day,
        revisions=(0, 0),
        dated=False,
        status_dates=(old.status_date, new.status_date),
        names=_names(old, new),
        edits=edits(old, new, was),
        news=news(old, new, was),
    )


def reason(moved: Mapping[str, Moved], id_: str) -> str:
    """Return why an activity moved: the activity where that began, and its causes."""
    root = moved.get(moved[id_].root, moved[id_])
    return f"`{root.id}`: {'; '.join(cause.text for cause in root.causes)}"


def _edits(old: Schedule, new: Schedule, was: Mapping[str, str]) -> tuple[Edit, ...]:
    """Return the differences of the plans; never nothing for plans that are not the same."""
    found = edits(old.project, new.project, was)
    # A baseline is published of a plan, it is no change of it.
    named = new.project.baselines
    published = named != old.project.baselines and (
        replace(old.project, baselines=named) == new.project
    )
    alike = published or old.plan_hash == new.plan_hash or found
    if alike or news(old.project, new.project, was):
        return found
    return (Edit("plan", "", EditKind.CHANGED, "details"),)


def _moved(pair: Pair, found: tuple[Edit, ...]) -> tuple[Moved, ...]:
    causes = Causes(pair, found)
    moves = []
    for id_, shifts in pair.shifts.items():
        if shifts.moved:
            before, after = pair.spans(id_)
            why = causes.of(id_)
            moves.append(
                Moved(id_, pair.was[id_], before, after, shifts.start, shifts.finish, why)
            )
    return rooted(moves)


def _finish(pair: Pair) -> Shift:
    """Return how far the finish moved, on the calendar of what finishes last."""
    placed = pair.new.activities.values()
    last = max(placed, key=lambda one: one.finish, default=None)
    work = (
        pair.book.calendar(pair.new.project.calendar) if last is None else pair.calendar(last.id)
    )
    return shift(work, pair.old.finish, pair.new.finish)


def _chains(pair: Pair) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what drives the finish, in new ids; nothing where one schedule does not know."""
    old, new = pair.old.driving_chain, pair.new.driving_chain
    return (tuple(pair.now.get(one, one) for one in old), new) if old and new else ((), ())


def _names(old: Project, new: Project) -> dict[str, str]:
    nodes = (old.groups, old.activities, new.groups, new.activities)
    return {id_: one.name for known in nodes for id_, one in known.items()}
