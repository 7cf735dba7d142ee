"""Whom an activity concerns, and as what."""

from __future__ import annotations

from imsgen.model import Activity, Project

Who = tuple[bool, str]
"""Whether it is a party, and its id; an owner the plan does not define stands for itself."""
Roles = dict[Who, tuple[str, ...]]


def concerned(project: Project, activity: Activity, mode: int) -> Roles:
    """Return who has to do with an activity, with their roles: people, then parties.

    People are the owner, the backup, who decides at a gate or attends it, and the resources that
    work on it and are no equipment. Parties are those that answer for it and those of its people.
    """
    found: dict[str, list[str]] = {}

    def add(person: str | None, role: str) -> None:
        if person:
            roles = found.setdefault(person, [])
            if role not in roles:
                roles.append(role)

    add(activity.owner, "owner")
    add(activity.backup, "backup")
    gate = project.gates.get(activity.id)
    if gate is not None:
        for person in gate.decides:
            add(person, "decides")
        for person in gate.who:
            add(person, "attends")
    for need in activity.modes[mode].needs:
        if not project.resources[need.resource].holds:
            add(need.resource, "works")
    # Who decides may be a party itself.
    people = [one for one in found if one in project.resources or one not in project.parties]
    known = (project.resources[one].party for one in people if one in project.resources)
    itself = (one for one in found if one not in people)
    roles: Roles = {(False, one): tuple(found[one]) for one in people}
    for party in dict.fromkeys([*activity.party, *(one for one in known if one), *itself]):
        roles[True, party] = (
            tuple(found[party]) if party not in people and party in found else ("party",)
        )
    return roles
