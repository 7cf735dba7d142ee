"""What is worth knowing about a plan that is right."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.diagnostics import Severity
from imsgen.model import Activity, Dependency, Instant, Kind, LinkType, Project
from imsgen.plan.resolve.links import link_key
from imsgen.plan.resolve.project import Built


def assumed_durations(built: Built) -> None:
    """Count the durations that carry a question mark, those of a No-Go branch included."""
    assumed = [id_ for id_, one in built.project.activities.items() if one.assumed and one.active]
    if not assumed:
        return
    total = sum(
        one.kind in {Kind.TASK, Kind.GATE} and one.active and any(m.duration for m in one.modes)
        for one in built.project.activities.values()
    )
    node = built.context.nodes[assumed[0]]
    count = "1 duration is" if len(assumed) == 1 else f"{len(assumed)} durations are"
    built.context.report.add(
        "IMS335",
        f"{count} assumed, of {total}",
        node.span("effort" if node.item.effort is not None else "duration"),
        severity=Severity.NOTE,
        notes=(f"the first is `{assumed[0]}`",),
    )


def inactive_links(built: Built) -> None:
    """Say which inactive activities had links that are void now."""
    project = built.project
    for id_, node in built.context.nodes.items():
        if node.item.active is not False:
            continue
        inside = f"{id_}."
        touched = [
            link
            for link in project.dependencies
            if _in(link.predecessor, id_, inside) != _in(link.successor, id_, inside)
        ]
        if not touched:
            continue
        count = "1 link is" if len(touched) == 1 else f"{len(touched)} links are"
        built.context.report.add(
            "IMS213",
            f"`{id_}` is inactive: {count} dropped",
            node.span("active"),
            severity=Severity.NOTE,
            notes=tuple(f"`{one.successor}` waits for `{one.predecessor}`" for one in touched[:5]),
        )


def empty_groups(built: Built) -> None:
    """Warn about groups without anything inside: what waits for them waits for nothing."""
    filled = {node.group for node in built.context.nodes.values()}
    for id_, node in built.context.nodes.items():
        if node.is_group and id_ not in filled:
            built.context.report.add(
                "IMS235",
                f"the group `{id_}` has no activities: links through it are dropped",
                node.item.id.span,
                severity=Severity.WARNING,
                help="add activities, or write it as a milestone",
            )


def _in(id_: str, group: str, inside: str) -> bool:
    return id_ == group or id_.startswith(inside)


def people_on_hammocks(built: Built) -> None:
    """Say that people on a hammock are reported, not levelled."""
    for id_, activity in built.project.activities.items():
        if activity.kind is not Kind.HAMMOCK or not activity.scheduled:
            continue
        people = [
            need.resource
            for need in activity.modes[0].needs
            if not built.project.resources[need.resource].holds
        ]
        if people:
            names = " and ".join(f"`{one}`" for one in people)
            built.context.report.add(
                "IMS411",
                f"{names} on the hammock `{id_}`: the time is reported, it takes no capacity",
                built.context.nodes[id_].span("needs"),
                severity=Severity.NOTE,
            )


def out_of_sequence(built: Built) -> None:
    """Report work that happened before a link allowed it."""
    project = built.project
    if project.status_date is None:
        return
    for link in project.dependencies:
        before = _scheduled(project, link.predecessor)
        ahead = [one for one in _scheduled(project, link.successor) if _broken(before, one, link)]
        for other in ahead[:1]:
            built.context.report.add(
                "IMS336",
                f"`{other.id}` went ahead of its link `{link.predecessor} {link.type}`",
                project.sources.get(link_key(link)),
                severity=Severity.NOTE,
                notes=(f"`out_of_sequence: {project.options.out_of_sequence}` holds",),
            )


def _scheduled(project: Project, id_: str) -> list[Activity]:
    """Return an activity, or those of a group, that are on the plan of record."""
    several = (project.activities[leaf] for leaf in project.leaves(id_))
    return [one for one in several if one.scheduled and one.kind is not Kind.HAMMOCK]


def _broken(before: Sequence[Activity], other: Activity, link: Dependency) -> bool:
    """Whether the successor's actual date came before the predecessor's event."""
    after = other.progress
    to_start = link.type in {LinkType.FS, LinkType.SS}
    happened = after and (after.actual_start if to_start else after.actual_finish)
    if not happened or not before:
        return False
    event = _event(before, link)
    return event is None or (link.lag >= 0 and happened < event)


def _event(before: Sequence[Activity], link: Dependency) -> Instant | None:
    """Return when the first of several started or the last was finished; None: not yet."""
    starts = [one.progress.actual_start for one in before if one.progress is not None]
    finishes = [None if one.progress is None else one.progress.actual_finish for one in before]
    if link.type in {LinkType.SS, LinkType.SF}:
        return min((one for one in starts if one is not None), default=None)
    done = [one for one in finishes if one is not None]
    return max(done) if len(done) == len(finishes) else None
