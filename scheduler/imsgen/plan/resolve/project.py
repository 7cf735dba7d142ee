"""The pipeline: the files of a plan to a project."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from imsgen.calendars import CalendarBook
from imsgen.diagnostics import Report, Severity, Span
from imsgen.model import DAY, STANDARD, Instant, Party, Project
from imsgen.plan.document import At
from imsgen.plan.resolve import horizon as horizons
from imsgen.plan.resolve.activities import activities_of, groups_of
from imsgen.plan.resolve.calendars import Rules, calendar_rules
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.dates import Dates
from imsgen.plan.resolve.externals import Expected, connect, stand
from imsgen.plan.resolve.freezes import forbid
from imsgen.plan.resolve.gates import find_branches, gates_of
from imsgen.plan.resolve.links import LinkBuilder
from imsgen.plan.resolve.meetings import checkpoints_of, communications_of
from imsgen.plan.resolve.modes import Work
from imsgen.plan.resolve.names import Names
from imsgen.plan.resolve.outline import outline
from imsgen.plan.resolve.part import Parts
from imsgen.plan.resolve.people import people_of, roster_of
from imsgen.plan.resolve.places import note_places
from imsgen.plan.resolve.pool import Pool, pool
from imsgen.plan.resolve.progress import record
from imsgen.plan.resolve.resources import resources
from imsgen.plan.resolve.settings import (
    expectations_of,
    lag_calendar_of,
    options_of,
    t_zero_of,
)
from imsgen.plan.resolve.windows import WindowRules, window_rules

_LONGEST_OCCURRENCE = 8 * DAY
"""Repeating windows are worked out from so long before the plan starts, not for years past."""


@dataclass(slots=True)
class Built:
    """A project and what the checks want to know besides it."""

    project: Project
    book: CalendarBook
    context: Context
    works: Mapping[str, Work]


def build(parts: Parts, stem: str, report: Report) -> Built | None:
    """Return the project of a plan's files, or None after reporting why there is none.

    Parameters
    ----------
    stem
        Name of the root file without its suffix: the plan's id unless it states one.
    """
    context = _context(parts, report)
    if context is None:
        return None
    rules = calendar_rules(context.pool, parts.root, report)
    windows = window_rules(context.pool, context.dates, context.misread, report)
    project, alone, works = _assemble(context, stem)
    note_places(context)
    calendars = _calendars_in_use(project, rules, context)
    project, book = _expand(project, calendars, windows, context, alone)
    project = replace(project, sources=dict(context.sources))
    return Built(project, book, context, works)


def _context(parts: Parts, report: Report) -> Context | None:
    """Return the plan's names and settings, everything else is looked up in them."""
    root = parts.root
    document, zone = root.document, root.setting.zone
    dates = Dates(report)
    if document.start is None:
        if "start" not in document.keys:
            report.add(
                "IMS307",
                "the plan has no `start:`",
                first_key(parts),
                help="add `start: 2026-11-02 08:00`, before which nothing is planned",
            )
        return None
    start = dates.start(document.start, zone)
    if start is None:
        return None
    status = dates.end(document.status_date, zone) if document.status_date is not None else None
    found = pool(parts, report)
    calendar = _default_calendar(parts, found, report)
    names = Names(report)
    context = Context(
        parts=parts,
        report=report,
        dates=dates,
        pool=found,
        names=names,
        nodes=outline(parts, At(calendar, document.span), names, report),
        resources=resources(found, dates, report),
        calendar=calendar,
        start=start,
        status_date=status,
        options=options_of(root, report),
        lag_calendar=lag_calendar_of(root, calendar),
        unread=_unread(report),
    )
    _check_status_dates(context)
    if not context.nodes and "activities" not in document.keys:
        report.add(
            "IMS234",
            "the plan has no `activities:`",
            first_key(parts),
            help="add `activities: {first: {duration: 1d}}`",
        )
    find_branches(context)
    return context


def _unread(report: Report) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in report.diagnostics:
        if one.severity is Severity.ERROR and one.span is not None:
            found.setdefault(one.span.file, []).append(one.span.line)
    return found


def _default_calendar(parts: Parts, found: Pool, report: Report) -> str:
    """Return the plan's calendar: stated, else the only one defined, else the standard one."""
    written = parts.root.document.calendar
    if written is not None:
        known = found.calendar(written, report)
        if known is not None:
            return known
    elif len(found.calendars) == 1:
        return next(iter(found.calendars))
    found.used[STANDARD] = None
    return STANDARD


def _check_status_dates(context: Context) -> None:
    """Report an included plan whose status date is another one."""
    for part in context.parts.included.values():
        written = part.document.status_date
        if written is None:
            continue
        own = context.dates.end(written, part.setting.zone)
        if own is not None and own != context.status_date:
            context.report.add(
                "IMS334",
                f"the status date of `{part.prefix}` is not the plan's",
                written.span,
                notes=("progress of all teams is measured at one moment",),
                help="write the same `status_date:` in the plan that includes it",
            )


def _assemble(context: Context, stem: str) -> tuple[Project, Expected, Mapping[str, Work]]:
    """Return the project before its calendars become dates."""
    document = context.parts.root.document
    groups = groups_of(context)
    activities, works = activities_of(context)
    links = LinkBuilder(context, activities)
    links.build()
    activities, alone = connect(activities, links, context)
    activities = record(forbid(activities, context), context)
    setting = context.parts.root.setting
    deadline = document.deadline
    project = Project(
        id=document.id.value if document.id is not None else slug(stem),
        name=document.name.value if document.name is not None else stem,
        start=context.start,
        timezone=setting.zone.key,
        calendar=context.calendar,
        horizon=(context.start, context.start),
        day=setting.day,
        week=setting.week,
        month=setting.month,
        status_date=context.status_date,
        deadline=context.dates.end(deadline, setting.zone) if deadline is not None else None,
        currency=document.currency,
        parties={id_: Party(id_, name.value) for id_, name in context.pool.parties.items()},
        resources=dict(context.resources),
        people=people_of(context),
        roster=roster_of(context, activities),
        groups=groups,
        activities=activities,
        dependencies=tuple(links.found.values()),
        gates=gates_of(context),
        checkpoints=checkpoints_of(context),
        communications=communications_of(context),
        baselines={name.value: path.value for name, path in document.baselines},
        options=replace(context.options, t_zero=t_zero_of(context)),
        expect=expectations_of(context),
        outline=tuple(context.nodes),
        notes=document.notes,
    )
    return project, alone, works


def first_key(parts: Parts) -> Span:
    """Return the first key of the root file, the place of what is missing at its top."""
    return min(parts.root.document.keys.values(), default=parts.root.document.span)


def slug(text: str) -> str:
    """Return text as an id: lower case, hyphens between words."""
    return re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-") or "plan"


def _calendars_in_use(
    project: Project, rules: Mapping[str, Rules], context: Context
) -> dict[str, Rules]:
    """Return the calendars the plan defines, and the built-in ones it uses."""
    wanted = [*context.pool.calendars, *context.pool.used]
    if project.calendar not in wanted:
        wanted.append(project.calendar)
    return {id_: rules[id_] for id_ in wanted}


def _expand(
    project: Project,
    rules: Mapping[str, Rules],
    windows: Mapping[str, WindowRules],
    context: Context,
    alone: Expected,
) -> tuple[Project, CalendarBook]:
    """Return the project on concrete dates, over a horizon that all of its work fits in."""
    mentioned = [instant for instant, _ in context.dates.mentioned]
    first, last = horizons.mentioned_span(context.start, mentioned)
    limit = horizons.cap(context.start)
    since = Instant(context.start - _LONGEST_OCCURRENCE)
    last = max(last, min(limit, horizons.rough_finish(project, rules)))
    while True:
        expanded = replace(
            project,
            horizon=(first, last),
            calendars={id_: one.expand(first, last) for id_, one in rules.items()},
            windows={id_: one.expand(since, last) for id_, one in windows.items()},
        )
        book = CalendarBook(expanded)
        if last >= limit:
            break
        finish = horizons.serial_finish(expanded, book)
        if finish is not None and finish <= last:
            break
        last = horizons.next_last(Instant(max(last, finish or 0)), context.start)
    expanded = stand(expanded, book, alone)
    return expanded, CalendarBook(expanded)


def note_calendar(built: Built) -> None:
    """Say which calendar holds where the plan names none."""
    document = built.context.parts.root.document
    modes = (
        mode.calendar for activity in built.project.activities.values() for mode in activity.modes
    )
    if "calendar" in document.keys or built.project.calendar != STANDARD:
        return
    if STANDARD in modes:
        built.context.report.add(
            "IMS318",
            "the plan names no calendar: `standard` holds,"
            " Mon-Fri 08:00-12:00 and 13:00-17:00, no holidays",
            first_key(built.context.parts),
            severity=Severity.NOTE,
            help="add `calendar: standard`, or define one",
        )
