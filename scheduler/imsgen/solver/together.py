"""Why no schedule exists: dates that each for itself can be met, but not together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imsgen.diagnostics import Diagnostic, Label, Severity, Span
from imsgen.errors import Infeasible
from imsgen.model import Dependency, Project
from imsgen.network import early_dates
from imsgen.solver.clock import Clock
from imsgen.solver.driving import driving_chain
from imsgen.solver.naming import bound_place, end_moment
from imsgen.solver.narrowing import narrowed
from imsgen.solver.problem import Job, Problem
from imsgen.solver.reason import Explained, Reason
from imsgen.solver.tight import has_upper, upper_of

_NAMED = 8
"""How many activities are named, and how many dates shown."""


def explain_conflict(part: Problem, clock: Clock) -> Infeasible:
    """Return which dates and resources cannot hold together.

    Parameters
    ----------
    part
        A problem that is proved to have no schedule.
    """
    from imsgen.solver.cpsat.conflict import smallest_conflict

    clock.show("which dates conflict", None, None, part.project.start)
    part, ids, resources, complete = narrowed(part, clock)
    bounded = tuple(id_ for id_ in ids if has_upper(part.jobs[part.number[id_]]))
    if not complete:
        dates, resources = smallest_conflict(part, resources, clock)
        bounded = tuple(part.jobs[number].id for number in dates)
    links = tuple(dict.fromkeys(upper.link for upper in part.uppers))
    early = early_dates(part.graph, part.book)
    chains = [driving_chain(part, id_, early) for id_ in bounded]
    chain = max(chains, key=len, default=[])
    reason = Reason(
        bounded,
        tuple(resources if len(resources) <= _NAMED else ())
        or _needed(part, [*bounded, *reversed(chain)]),
        links=links,
        chain=tuple(chain),
    )
    return Explained(_told(part, bounded or tuple(ids), resources), reason)


def _told(part: Problem, ids: tuple[str, ...], resources: list[str]) -> Diagnostic:
    project = part.project
    jobs = [part.jobs[part.number[id_]] for id_ in ids[:_NAMED]]
    dated = any(upper_of(job) is not None for job in jobs)
    known = len(resources) <= _NAMED  # else it was not found out which
    scarce = resources if known else []
    links = [] if dated and resources else list(dict.fromkeys(one.link for one in part.uppers))
    labels = [
        *_labels((bound_place(project, job), _by(part, job)) for job in jobs),
        *_labels((_link_place(project, link), "the maximal lag") for link in links[:_NAMED]),
        *_labels((project.sources.get(f"resource:{id_}"), "not enough of it") for id_ in scarce),
    ]
    named = ", ".join(f"`{job.id}`" for job in jobs)
    if len(ids) > _NAMED:
        named += f" and {len(ids) - _NAMED} more"
    what, edit = f"the dates of {named} cannot be met together", "move one of the dates"
    if not dated:
        what, edit = f"{named} cannot be done", "give it other resources"
        if links:
            what, edit = f"the maximal lags around {named} cannot be kept", "lengthen one of them"
    if scarce:
        people = ", ".join(f"`{id_}`" for id_ in scarce)
        what += f" with the capacity of {people}"
        edit += f", or raise the `capacity:` of {people}"
    elif not known:
        what += " with the resources there are"
    first = labels[0] if labels else None
    return Diagnostic(
        "IMS506",
        Severity.ERROR,
        what,
        None if first is None else first.span,
        label="" if first is None else first.text,
        labels=tuple(labels[1:]),
        help=edit,
    )


def _labels(found: Iterable[tuple[Span | None, str]]) -> Iterator[Label]:
    """Yield labels on the places that are known."""
    for span, text in found:
        if span is not None:
            yield Label(span, text)


def _link_place(project: Project, link: Dependency) -> Span | None:
    return project.sources.get(f"link:{link.predecessor}>{link.successor}:{link.type}")


def _by(part: Problem, job: Job) -> str:
    upper = upper_of(job)
    return "" if upper is None else f"done by {end_moment(part.project, upper)}"


def _needed(part: Problem, ids: list[str]) -> tuple[str, ...]:
    """Return the resources that activities need, in their order."""
    jobs = (part.jobs[part.number[id_]] for id_ in ids)
    return tuple(dict.fromkeys(need for job in jobs for way in job.ways for need, _ in way.needs))
