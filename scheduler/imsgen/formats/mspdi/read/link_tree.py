"""Links of the file in the notation of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from imsgen.formats.importing.losses import Losses
from imsgen.formats.mspdi.read.notation import Lengths, is_elapsed
from imsgen.formats.mspdi.read.outline import Node
from imsgen.formats.mspdi.read.own_notes import own_notes
from imsgen.formats.mspdi.read.references import References
from imsgen.formats.mspdi.read.source import Link
from imsgen.plan.writing import Tree

_TYPES = {0: "FF", 1: "FS", 2: "SF", 3: "SS"}


class Links:
    """Writes what each row waits for."""

    def __init__(self, nodes: Iterable[Node], lengths: Lengths, losses: Losses) -> None:
        rows = list(nodes)
        self._nodes: Mapping[int, Node] = {node.task.uid: node for node in rows}
        self._numbers = {node.task.uid: number for number, node in enumerate(rows, start=1)}
        self._references = References(node.path for node in self._nodes.values())
        self._lengths = lengths
        self._losses = losses

    def after(self, node: Node) -> Tree | None:
        """Return what a row waits for: one link, several, or None."""
        found: dict[tuple[int, int], str] = {}
        held_by = own_notes(node.task.notes).held_by
        for link in node.task.links:
            if self._numbers.get(link.predecessor) in held_by:
                continue
            text = self._link(link, node)
            if text is not None and (link.predecessor, link.type) in found:
                self._losses.add("The second of two links of one type is left out", node.task)
            elif text is not None:
                found[link.predecessor, link.type] = text
        shown = list(found.values())
        return None if not shown else shown[0] if len(shown) == 1 else shown

    def _link(self, link: Link, node: Node) -> str | None:
        target = self._nodes.get(link.predecessor)
        add = self._losses.add
        if link.cross_project or (target is not None and target.task.external):
            add("A link to another project is left out", node.task)
            return None
        if target is None or link.type not in _TYPES:
            add("A link to a task that is not in the file is left out", node.task)
            return None
        if target is node:
            add("A link of a task to itself is left out", node.task)
            return None
        if target in node.ancestors() or node in target.ancestors():
            add("A link between a summary and what is inside it is left out", node.task)
            return None
        type_ = _TYPES[link.type]
        if (node.is_group or node.split) and type_ in {"FF", "SF"}:
            add(f"A summary cannot wait with its finish ({type_}): link left out", node.task)
            return None
        lag = self._lag(link, target, node)
        # An id is followed by a type wherever the type says something, or a lag needs one to
        # be read at a glance.
        name = self._references.to(target, node)
        return name if type_ == "FS" and not lag else f"{name} {type_}{lag}"

    def _lag(self, link: Link, target: Node, node: Node) -> str:
        if not link.percent:
            return self._lengths.lag(link.lag, link.format)
        if is_elapsed(link.format):
            self._losses.add("A lag in elapsed percent counts working time now", node.task)
        percent = round(link.lag)
        if not target.is_group and not target.split:
            return f"{percent:+d}%" if percent else ""
        minutes = Fraction(target.task.duration or 0) * percent / 100
        self._losses.add("A lag in percent of a summary is a fixed time now", node.task)
        return self._lengths.lag(minutes, 5)
