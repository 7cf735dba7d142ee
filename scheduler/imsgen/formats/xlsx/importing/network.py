"""Links between rows: those a plan can have, and no circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from imsgen.formats.importing.losses import Losses
from imsgen.formats.xlsx.importing.cells import Cells
from imsgen.formats.xlsx.importing.lengths import Reference, references
from imsgen.formats.xlsx.importing.rows import Row

_MOST_CIRCLES = 200


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the plan, and the cell it comes from."""

    predecessor: str
    successor: str
    type: str
    lag: str
    place: str

    def text(self) -> str:
        """Return it in the notation of a plan."""
        plain = self.type == "FS" and not self.lag
        return self.predecessor if plain else f"{self.predecessor} {self.type}{self.lag}"


class Network:
    """The links of all rows."""

    def __init__(self, rows: Sequence[Row], cells: Cells, losses: Losses) -> None:
        self._rows, self._cells, self._losses = rows, cells, losses
        self._by_key = {row.key.casefold(): row for row in rows}
        for row in rows:
            if row.wbs:
                self._by_key.setdefault(row.wbs.casefold(), row)
        self._found: dict[tuple[str, str, str], Link] = {}

    def links(self) -> dict[str, list[Link]]:
        """Return the links by successor."""
        for row in self._rows:
            for other, reference, place in self._named(row, "predecessors"):
                self._add(other, row, reference, place)
        for row in self._rows:
            for other, reference, place in self._named(row, "successors"):
                if (row.id, other.id) not in {one[:2] for one in self._pairs(row, other)}:
                    self._add(row, other, reference, place)
        self._break_circles()
        found: dict[str, list[Link]] = {}
        for link in self._found.values():
            found.setdefault(link.successor, []).append(link)
        return found

    def _pairs(self, row: Row, other: Row) -> Iterator[tuple[str, str, str]]:
        kinds = ("FS", "SS", "FF", "SF")
        keys = ((row.id, other.id, kind) for kind in kinds)
        return (key for key in keys if key in self._found)

    def _named(self, row: Row, key: str) -> Iterator[tuple[Row, Reference, str]]:
        text = row.texts.get(key, "")
        if not text:
            return
        place = self._cells.place(row.number, key)
        for one in references(text, self._by_key):
            if one.odd:
                self._losses.add(f"A link is left out: {_reason(one)}", f"{place} `{one.to}`")
            if one.to.casefold() in self._by_key and one.odd != "no row is called so":
                yield self._by_key[one.to.casefold()], one, place

    def _add(self, first: Row, second: Row, reference: Reference, place: str) -> None:
        type_, lag, why = reference.type, reference.lag, ""
        if first is second:
            why = "a row after itself"
        elif first in second.around() or second in first.around():
            why = "between a group and what is inside"
        elif second.is_group and type_ in {"FF", "SF"}:
            why = "to the finish of a group"
        elif first.is_group and lag.endswith("%"):
            why = "a lag in percent of a group"
        elif (first.id, second.id, type_) in self._found:
            why = "the same a second time"
        elif reference.odd:
            why = ""
            lag = ""
        if why:
            self._losses.add(f"A link is left out: {why}", place)
            return
        self._found[first.id, second.id, type_] = Link(first.id, second.id, type_, lag, place)

    def _break_circles(self) -> None:
        for _ in range(_MOST_CIRCLES):
            graph = self._graph()
            try:
                tuple(TopologicalSorter(graph).static_order())
            except CycleError as error:
                circle: list[tuple[str, str]] = error.args[1]
                ends = set(pairwise(circle))
                ends |= {(b, a) for a, b in ends}
                key = next((one for one in reversed(self._found) if self._edge(one) in ends), None)
                if key is None:
                    return
                link = self._found.pop(key)
                self._losses.add("A link is left out: it closes a circle", link.place)
            else:
                return

    @staticmethod
    def _edge(key: tuple[str, str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
        first, second, type_ = key
        return (first, type_[0]), (second, type_[1])

    def _graph(self) -> Mapping[tuple[str, str], set[tuple[str, str]]]:
        """Return events with those before them: starts before finishes, groups around rows."""
        graph: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for row in self._rows:
            graph.setdefault((row.id, "F"), set()).add((row.id, "S"))
            if row.outer is not None:
                graph.setdefault((row.id, "S"), set()).add((row.outer.id, "S"))
                graph.setdefault((row.outer.id, "F"), set()).add((row.id, "F"))
        for key in self._found:
            before, after = self._edge(key)
            graph.setdefault(after, set()).add(before)
        return graph


def _reason(reference: Reference) -> str:
    if reference.odd == "no row is called so":
        return reference.odd
    return f"of it, {reference.odd}"
