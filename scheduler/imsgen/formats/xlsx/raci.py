"""Who answers for what: the part of each party in each group and each decision of a plan.

Accountable is the party of the owner, else the only party that the plan names. Responsible is who
works in it, or is named beside the accountable party. Consulted is who takes part in its decisions
and meetings, informed who its messages are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from imsgen.formats.facts import Facts
from imsgen.model import Activity, Event, Group, When

ROLES = ("A", "R", "C", "I")


@dataclass(frozen=True, slots=True)
class Part:
    """A group or decision, and the roles of the parties in it."""

    id: str
    name: str
    depth: int
    is_group: bool
    roles: Mapping[str, str]
    """Letters in the order of :data:`ROLES`, by id of the party."""
    accountable: str = ""
    """Who, by name."""
    backup: str = ""


def parts_of(facts: Facts) -> Iterator[Part]:
    """Yield the groups on the plan and the gates, in outline order."""
    project = facts.project
    inside = _inside(facts)
    for id_ in project.outline:
        group, gate = project.groups.get(id_), project.gates.get(id_)
        if facts.dates(id_) is None or (group is None and gate is None):
            continue
        node = group or project.activities[id_]
        found = inside.get(id_, {})
        roles = {party: _letters(found, party) for party in project.parties}
        owner = node.owner
        if owner is None and gate is not None and gate.decides:
            owner = gate.decides[0]
        depth = sum(1 for _ in project.ancestors(id_))
        yield Part(id_, node.name, depth, group is not None, roles, facts.person(owner),
                   facts.person(node.backup))  # fmt: skip


_Roles = dict[str, list[str]]
"""Parties by role."""


def _letters(found: _Roles, party: str) -> str:
    """Return the roles of a party: who answers is asked anyway, who has a role hears of it."""
    known = [role for role in ROLES if party in found.get(role, ())]
    if "A" in known and "C" in known:
        known.remove("C")
    if len(known) > 1 and "I" in known:
        known.remove("I")
    return "".join(known)


def _inside(facts: Facts) -> dict[str, _Roles]:
    """Return who has which role, by group and gate."""
    found: dict[str, _Roles] = {}

    def note(id_: str, role: str, parties: tuple[str, ...]) -> None:
        known = found.setdefault(id_, {}).setdefault(role, [])
        known += [party for party in parties if party not in known]

    project = facts.project
    for id_ in project.groups:
        accountable = _accountable(facts, project.groups[id_])
        note(id_, "A", accountable)
        note(id_, "R", tuple(one for one in project.groups[id_].party if one not in accountable))
    for id_ in facts.schedule.activities:
        working = _working(facts, project.activities[id_])
        consulted, informed = _meeting(facts, id_), _told(facts, id_)
        around = [group.id for group in project.ancestors(id_)]
        if id_ in project.gates:
            note(id_, "A", _deciding(facts, id_))
            around.append(id_)
        for other in around:
            note(other, "R", working)
            note(other, "C", consulted)
            note(other, "I", informed)
    for id_ in project.groups:
        note(id_, "I", _told(facts, id_))
    return found


def _accountable(facts: Facts, node: Group | Activity) -> tuple[str, ...]:
    """Return the one party that answers; none, if the plan does not say which of several."""
    owning = _parties(facts, (node.owner,))
    if owning:
        return owning
    return node.party if len(node.party) == 1 else ()


def _deciding(facts: Facts, gate: str) -> tuple[str, ...]:
    return _parties(facts, facts.project.gates[gate].decides[:1]) or _accountable(
        facts, facts.project.activities[gate]
    )


def _working(facts: Facts, activity: Activity) -> tuple[str, ...]:
    """Return the parties of an activity and of the people it needs."""
    needed = tuple(need.resource for need in facts.mode(activity.id).needs)
    return (*activity.party, *_parties(facts, needed))


def _meeting(facts: Facts, id_: str) -> tuple[str, ...]:
    """Return the parties that take part in the decision of a gate."""
    gate = facts.project.gates.get(id_)
    return () if gate is None else _parties(facts, (*gate.who, *gate.decides[1:]))


def _told(facts: Facts, id_: str) -> tuple[str, ...]:
    """Return the parties named in the audience of a message that the activity triggers."""
    project = facts.project
    found = []
    for message in project.communications.values():
        if _source(message.trigger) == id_:
            audience = message.audience.casefold()
            found += [
                party.id for party in project.parties.values() if party.name.casefold() in audience
            ]
    return tuple(found)


def _source(trigger: When) -> str:
    event: Event | None = trigger.event
    return "" if event is None else event.id


def _parties(facts: Facts, people: tuple[str | None, ...]) -> tuple[str, ...]:
    """Return the parties of people, each once."""
    resources = facts.project.resources
    found: list[str] = []
    for id_ in people:
        known = resources.get(id_ or "")
        if known is not None and known.party and known.party not in found:
            found.append(known.party)
    return tuple(found)
