"""Links that run in a circle, shown as the circle."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from imsgen.diagnostics import Label
from imsgen.model import Dependency, Project
from imsgen.network.graph import CycleFoundError, build_graph
from imsgen.plan.resolve.links import link_key
from imsgen.plan.resolve.project import Built

_MOST = 10
"""Circles shown; more of them are seldom independent."""


def cycles(built: Built) -> None:
    """Report each circle once, with the place of every link in it."""
    project = built.project
    for _ in range(_MOST):
        try:
            build_graph(project)
        except CycleFoundError as found:
            links = _links(project, found.cycle)
            _report(built, found.cycle, links)
            if not links:
                return
            dropped = set(links)
            kept = tuple(one for one in project.dependencies if one not in dropped)
            project = replace(project, dependencies=kept)
        else:
            return


def _links(project: Project, cycle: tuple[str, ...]) -> list[Dependency]:
    """Return the link behind each step of a cycle."""
    found = []
    for predecessor, successor in pairwise(cycle):
        for link in project.dependencies:
            if _covers(link.predecessor, predecessor) and _covers(link.successor, successor):
                found.append(link)
                break
    return found


def _covers(end: str, activity: str) -> bool:
    return end == activity or activity.startswith(f"{end}.")


def _report(built: Built, cycle: tuple[str, ...], links: list[Dependency]) -> None:
    shown = " -> ".join(f"`{id_}`" for id_ in cycle)
    spans = [
        (built.project.sources[link_key(link)], link)
        for link in links
        if link_key(link) in built.project.sources
    ]
    spans.sort(key=lambda pair: pair[0])
    labels = tuple(
        Label(span, f"`{link.successor}` waits for `{link.predecessor}`")
        for span, link in spans[1:]
    )
    built.context.report.add(
        "IMS216",
        f"the links run in a circle: {shown}",
        spans[0][0] if spans else None,
        label=f"`{spans[0][1].successor}` waits for `{spans[0][1].predecessor}`" if spans else "",
        labels=labels,
        help="remove one of these links",
    )
