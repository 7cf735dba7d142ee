"""Who stands by as backup: somebody of the role who is not on shift, changed as seldom as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imsgen.model import Shift
from imsgen.solver.roster.problem import Member, Slot, Team


def standbys(team: Team, shifts: Sequence[Shift]) -> list[Shift]:
    """Return who stands by for each role while it is wanted.

    Each of the ``backups`` goes to whoever is free longest from then on, so that nobody changes
    more often than must be; of several to whoever has stood by least so far.
    """
    busy: dict[str, list[tuple[int, int]]] = {}
    for one in shifts:
        busy.setdefault(one.person, []).append((one.start, one.finish))
    stood: dict[str, int] = dict.fromkeys((one.id for one in team.members), 0)
    found: list[Shift] = []
    for role in team.roles:
        for first, last in _stretches(team, role):
            found += _of_stretch(team, role, (first, last), busy, stood)
    return found


def _stretches(team: Team, role: str) -> Iterator[tuple[int, int]]:
    """Yield the slots, first and behind the last, in which a role is wanted without a break."""
    begun = None
    slots, demand = team.slots, team.demand[role]
    for k in range(len(slots) + 1):
        wanted = k < len(slots) and demand[k] > 0
        broken = k < len(slots) and k > 0 and slots[k].span != slots[k - 1].span
        if begun is not None and (not wanted or broken):
            yield begun, k
            begun = None
        if wanted and begun is None:
            begun = k


def _of_stretch(
    team: Team,
    role: str,
    stretch: tuple[int, int],
    busy: dict[str, list[tuple[int, int]]],
    stood: dict[str, int],
) -> Iterator[Shift]:
    members = [one for one in team.members if role in one.roles]
    slots = team.slots
    standing: dict[int, tuple[Member, int]] = {}
    for k in range(stretch[0], stretch[1] + 1):
        for track in range(team.rules.backups):
            now = standing.get(track)
            ended = k == stretch[1]
            if now is not None and (ended or not _free(now[0], k, slots[k], busy)):
                member, since = now
                yield Shift(member.id, role, slots[since].start, slots[k - 1].finish)
                stood[member.id] += slots[k - 1].finish - slots[since].start
                del standing[track]
            if ended or track in standing:
                continue
            taken = [one.id for one, _ in standing.values()]
            free = [
                one for one in members if one.id not in taken and _free(one, k, slots[k], busy)
            ]
            if free:
                standing[track] = (
                    max(
                        free,
                        key=lambda one: (_until(one, k, stretch[1], slots, busy), -stood[one.id]),
                    ),
                    k,
                )


def _free(member: Member, k: int, slot: Slot, busy: dict[str, list[tuple[int, int]]]) -> bool:
    away = any(a < slot.finish and slot.start < b for a, b in busy.get(member.id, ()))
    return member.there[k] and not away


def _until(
    member: Member,
    k: int,
    last: int,
    slots: Sequence[Slot],
    busy: dict[str, list[tuple[int, int]]],
) -> int:
    """Return the first slot from this one on in which somebody is not free."""
    while k < last and _free(member, k, slots[k], busy):
        k += 1
    return k
