"""Where the work still to be done stands in a schedule, and which windows its groups share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imsgen.model import Instant, Placement
from imsgen.network.place import Placer, Together


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where the work still to be done lies; of a milestone both are its instant."""

    begin: Instant
    finish: Instant


def standing(placer: Placer, placements: Mapping[str, Placement]) -> dict[str, Stretch]:
    """Return where the work still to be done stands; what is settled, as a whole."""
    found = {}
    for id_ in placer.graph.order:
        place = placements[id_]
        begin, finish = placer.stretch(id_, place) or (place.start, place.finish)
        found[id_] = Stretch(begin, finish)
    return found


def shared_occurrences(placer: Placer, placements: Mapping[str, Placement]) -> dict[Together, int]:
    """Return the occurrence in which each group that goes together stands."""
    members: dict[Together, list[str]] = {}
    for id_ in placer.graph.order:
        if placer.settled(id_) is None:
            for key in placer.together(id_):
                members.setdefault(key, []).append(id_)
    found = {}
    for key, ids in members.items():
        window = placer.occurrences(key[1])
        starts = [placements[id_].start for id_ in ids if not placer.terms(id_, 0).started]
        finish = max(placements[id_].finish for id_ in ids)
        index = window.holding(min(starts, default=finish), finish)
        if index is not None:
            found[key] = index
    return found
