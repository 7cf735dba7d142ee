"""Why no schedule has safe gates: which gate, by how much, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imsgen.diagnostics import Diagnostic, Label, Severity, Span
from imsgen.errors import Infeasible
from imsgen.model import Project
from imsgen.schedule.views import elapsed_text
from imsgen.solver.naming import chain_text, end_moment, hours_text, moment, place_of
from imsgen.solver.problem import Problem
from imsgen.solver.protect.guards import Guard
from imsgen.solver.protect.judge import Judge
from imsgen.solver.protect.mending import Mender, Short

_SHOWN = 6
"""How many undos are shown, the longest first."""
_ASKED = 0.1
"""Part of the budget of trials for finding out whether a gate alone is in the way."""
_GATES = 3
"""How many gates are explained."""


def lost(problem: Problem, guard: Guard, step: str) -> Infeasible:
    """Return that an irreversible step comes before a gate in every schedule."""
    project, gate = problem.project, guard.gate
    span = place_of(project, step, "irreversible")
    happened = problem.jobs[problem.number[step]].began is not None
    what = "has begun" if happened else "comes before it"
    chain = _path(problem, step, gate)
    return Infeasible(
        [
            Diagnostic(
                "IMS508",
                Severity.ERROR,
                f"gate `{gate}` cannot be safe: `{step}` {what} and cannot be undone",
                place_of(project, gate),
                label="must be able to say No-Go until it decides",
                labels=_known(
                    (span, "no way back from here on"), (_rule(project), "asked for here")
                ),
                notes=() if happened or len(chain) < 3 else (chain_text(project, chain),),
                help=(
                    "drop `protect: rollback`, or give the gate no window to protect"
                    if happened
                    else f"put `{step}` after `{gate}`, or write how it is undone: `undo:`"
                ),
            )
        ]
    )


def never(judge: Judge) -> Infeasible:
    """Return by how much windows are too short for gates to be safe, with repairs that work.

    Gates that cannot be safe each for itself are explained one by one; where only all of them
    together cannot, they are explained at once.
    """
    clock, project = judge.ways.clock, judge.problem.project
    if not clock.settings.explain:
        return Infeasible([])
    clock.show("looking for repairs", None, None, project.start)
    alone = [guard for guard in judge.guards if Mender(judge, [guard], _ASKED).impossible()]
    sets = [[guard] for guard in alone[:_GATES]] or [list(judge.guards)]
    found = []
    for guards in sets:
        mender = Mender(judge, guards, share=1 / len(sets))
        found.append(mender.told(_short(judge.problem, guards, mender.short())))
    return Infeasible(found)


def _short(problem: Problem, guards: Sequence[Guard], short: Short | None) -> Diagnostic:
    """Return which gates have no time for No-Go, and what takes that time."""
    project = problem.project
    named = " and ".join(f"`{guard.gate}`" for guard in guards)
    windows = dict.fromkeys(guard.window for guard in guards)
    missing, label, labels = "", "", []
    if short is not None:
        which = " and ".join(f"`{window}`" for window in windows)
        missing = f": {which} {'is' if len(windows) == 1 else 'are'} {elapsed_text(short.minutes)}"
        missing += " too short"
        label = _label(short, guards[0])
        labels = list(_undos(project, short))
    ends = [
        (project.sources.get(f"window:{guard.window}"), _closes(problem, guard))
        for guard in guards
    ]
    others = [(place_of(project, guard.gate), "and this one") for guard in guards[1:]]
    return Diagnostic(
        "IMS507",
        Severity.ERROR,
        f"no schedule leaves time to say No-Go at {named}{missing}",
        place_of(project, guards[0].gate),
        label=label,
        labels=_known(*others, *ends, *labels, (_rule(project), "asked for here")),
        help="let the window close later, or make what is undone shorter",
    )


def _label(short: Short, guard: Guard) -> str:
    one = next(one for one in short.judged if one.guard.gate == guard.gate)
    project, ends = short.project, short.ends[guard.gate]
    taken = elapsed_text(ends - one.decided)
    return (
        f"even if it decides {moment(project, one.decided)}, No-Go takes {taken}"
        f" and ends {end_moment(project, ends)}"
    )


def _undos(project: Project, short: Short) -> Iterator[tuple[Span | None, str]]:
    """Yield the longest undos of what has begun by then, and the contingency."""
    found: dict[str, int] = {}
    for one in short.judged:
        for id_ in one.begun:
            owner = _undone_as(project, id_)
            holder = project.groups.get(owner) or project.activities[owner]
            if holder.undo is not None:
                found[owner] = holder.undo.duration + holder.undo.verify
    longest = sorted(found, key=lambda id_: -found[id_])[:_SHOWN]
    for id_ in (id_ for id_ in found if id_ in longest and found[id_]):
        yield place_of(project, id_, "undo"), f"undone in {hours_text(found[id_])}"
    for gate in dict.fromkeys(one.guard.gate for one in short.judged):
        after = project.gates[gate].else_
        if after is not None:
            yield place_of(project, gate, "else"), f"then `{after}` is done"


def _undone_as(project: Project, id_: str) -> str:
    around = [group.id for group in project.ancestors(id_) if group.undo is not None]
    return around[-1] if around else id_


def _closes(problem: Problem, guard: Guard) -> str:
    project = problem.project
    if len(guard.spans) > 1:
        return f"opens {len(guard.spans)} times"
    return f"closes {end_moment(project, guard.spans[0][1])}"


def _rule(project: Project) -> Span | None:
    return project.sources.get("plan.options")


def _known(*found: tuple[Span | None, str]) -> tuple[Label, ...]:
    labels: dict[Span, Label] = {}
    for span, text in found:
        if span is not None:
            labels.setdefault(span, Label(span, text))
    return tuple(labels.values())


def _path(problem: Problem, first: str, last: str) -> list[str]:
    """Return a shortest chain of links from one activity to another, both included."""
    came: dict[str, str] = {first: ""}
    queue = [first]
    for id_ in queue:
        for arc in problem.graph.outgoing[id_]:
            if arc.successor not in came:
                came[arc.successor] = id_
                queue.append(arc.successor)
    if last not in came:
        return [first, last]
    chain = [last]
    while chain[-1] != first:
        chain.append(came[chain[-1]])
    return chain[::-1]
