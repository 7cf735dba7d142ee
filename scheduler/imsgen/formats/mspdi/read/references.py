"""How one row names another: as short as the plan's rules of lookup allow."""

from __future__ import annotations

from collections.abc import Iterable

from imsgen.formats.mspdi.read.outline import Node


class References:
    """Knows every full id and what each end of one may mean."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = frozenset(paths)
        self._ends: dict[str, int] = {}
        self._whole: dict[str, str] = {}
        for path in self._paths:
            end = path
            while end:
                self._ends[end] = self._ends.get(end, 0) + 1
                self._whole[end] = path
                end = end.partition(".")[2]

    def to(self, target: Node, source: Node) -> str:
        """Return what the row ``source`` writes for the row ``target``."""
        scope = source.path.rpartition(".")[0]
        ends = [target.path]
        while "." in ends[-1]:
            ends.append(ends[-1].partition(".")[2])
        if target.parent is source.parent and self._meant(target.id, scope) == target.path:
            return target.id
        near = [end for end in reversed(ends) if end.count(".") >= min(1, len(ends) - 1)]
        for end in near:
            if self._meant(end, scope) == target.path:
                return end
        return target.path

    def _meant(self, text: str, scope: str) -> str | None:
        while scope:
            near = f"{scope}.{text}"
            if near in self._paths:
                return near
            scope = scope.rpartition(".")[0]
        if text in self._paths:
            return text
        if self._ends.get(text) != 1:
            return None
        return self._whole[text]
