"""How a roster reads for people: its figures, what it lacks, what would mend it."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.model import Cover, Project, Remedy, Roster, RosterStatus, Shortage
from imsgen.schedule.views import counted, elapsed_text, moment_text


def headline(roster: Roster) -> str:
    """Return one line: how many are on duty for how long, and how good that is."""
    if roster.status is RosterStatus.INFEASIBLE:
        return "impossible: these people cannot cover the work by these rules"
    if roster.status is RosterStatus.UNKNOWN:
        return "not found in the limit, nor a proof that there is none: raise `--effort`"
    if not roster.shifts:
        return "nobody is wanted"
    people = len({one.person for one in roster.shifts})
    values = {one.name: one for one in roster.objective}
    amounts = f"{counted(len(roster.shifts), 'shift')} of {people} people"
    hours = f"{hours_text(values['minutes'].value)} on duty"
    most = f"at most {hours_text(values['longest'].value)} a person"
    return f"{amounts}, {hours}, {most}; {_proof(roster)}"


def _proof(roster: Roster) -> str:
    open_ = [one.name for one in roster.objective if not one.proved]
    if not open_:
        return "proved: there is no better one"
    words = {"shifts": "number of shifts", "minutes": "time on duty", "longest": "fairness",
             "unwanted": "wishes"}  # fmt: skip
    return f"not proved best: {', '.join(words[one] for one in open_)}"


def hours_text(minutes: int) -> str:
    """Return an amount of time in hours: ``94 h``, ``9 h 30 min``."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} min")
    return " ".join(parts)


def shortage_text(project: Project, one: Shortage) -> str:
    """Return what is missing: ``network: 1 more person, Sat 13 Mar 01:00 EST - …``."""
    zone = project.timezone
    what = "person" if one.cover is Cover.DUTY else "backup"
    amount = f"{one.people} more {what}"
    if one.people > 1:
        amount = f"{one.people} more {'people' if one.cover is Cover.DUTY else 'backups'}"
    span = (
        f"{moment_text(one.start, zone, year=False)} - {moment_text(one.finish, zone, year=False)}"
    )
    return f"{one.role}: {amount}, {span} ({elapsed_text(one.finish - one.start)})"


def remedy_text(one: Remedy) -> str:
    """Return a change that mends the roster: ``longest_shift: 14h``."""
    if one.rule == "people":
        amounts = {role: one.roles.count(role) for role in one.roles}
        listed = ", ".join(f"{amount} `{role}`" for role, amount in amounts.items())
        return f"add people who can come at any hour: {listed}"
    if one.rule == "backups":
        return f"`backups: {one.value}`"
    return f"`{one.rule}: {_written(one.value)}`"


def _written(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}h{rest}m" if hours and rest else f"{hours}h" if hours else f"{rest}m"


def why_not(project: Project, roster: Roster) -> Iterator[str]:
    """Yield the lines that explain a roster which cannot be filled."""
    if roster.shortages:
        yield "Missing in the best attempt"
        yield from (f"  {shortage_text(project, one)}" for one in roster.shortages)
    if roster.remedies:
        yield "Each of these mends it, tried by solving"
        yield from (f"  {remedy_text(one)}" for one in roster.remedies)
    elif roster.status is RosterStatus.INFEASIBLE:
        yield "No single change of a rule mends it, nor a few more people: look at the dates"
