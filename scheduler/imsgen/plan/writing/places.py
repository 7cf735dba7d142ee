"""Where a plan says what: the map of each activity, and its progress, in which file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from imsgen.plan.writing.edit import Edit, Map, value_of

PROGRESS = ("actual_start", "actual_finish", "percent_complete", "remaining", "resume")
"""Keys that an activity has itself or in a ``progress:`` block."""
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Place:
    """A map of a plan file."""

    path: Path
    map: Map


class Places:
    """The files of a plan that can be loaded, and the changes made to them."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.edits: dict[Path, Edit] = {}
        self._before: dict[Path, str] = {}
        self.activities: dict[str, Place] = {}
        """By full id; gates too."""
        self._progress: list[tuple[Place, str]] = []
        """Blocks, with the group in which their ids are looked up."""
        self._new: dict[Path, list[str]] = {}
        self._walk(self.root, "")

    def texts(self) -> dict[Path, str]:
        """Return what the files that change would say, by resolved path."""
        found = {path: edit.text() for path, edit in self.edits.items()}
        changed = {path: text for path, text in found.items() if text != self._before[path]}
        return {**changed, **{path: "\n".join(lines) for path, lines in self._new.items()}}

    def zone(self, path: Path) -> str | None:
        """Return the time zone that a file names for its dates."""
        root = self.edits[path].root
        node = value_of(root, "timezone") if root is not None else None
        return node.value if isinstance(node, yaml.ScalarNode) else None

    def progress(self, id_: str) -> Place | None:
        """Return the map that has the progress of an activity; None where nothing has yet."""
        own = self.activities[id_]
        if any(value_of(own.map, key) is not None for key in PROGRESS):
            return own
        for block, prefix in self._progress:
            for name, value in block.map.value:
                full = f"{prefix}.{name.value}" if prefix else name.value
                known = id_ == full or id_.endswith(f".{name.value}")
                if known and isinstance(value, yaml.MappingNode):
                    return Place(block.path, value)
        return None

    def drop_progress(self, place: Place) -> None:
        """Take an entry out of its block, all of it."""
        for block, _ in self._progress:
            for name, value in block.map.value:
                if value is place.map:
                    self.edits[block.path].remove(block.map, name.value)

    def add_progress(self, entries: dict[str, str]) -> None:
        """Add entries, YAML by id: to the block there is, else to a new one in the root."""
        if not entries:
            return
        outer = [block for block, prefix in self._progress if not prefix]
        if outer:
            for id_, text in entries.items():
                self.edits[outer[0].path].set(outer[0].map, id_, text)
            return
        lines = [f"  {id_}: {text}" for id_, text in entries.items()]
        self.edits[self.root].append(["progress:", *lines])

    def record(self, id_: str, values: Mapping[str, str], gone: Collection[str] = ()) -> bool:
        """Write progress of an activity where it stands; False: it has no entry yet.

        Parameters
        ----------
        values
            YAML by key.
        gone
            Keys that are taken away.
        """
        place = self.progress(id_)
        if place is None:
            return False
        there = {name.value.replace("-", "_") for name, _ in place.map.value}
        if there <= set(gone) and not values:
            self.drop_progress(place)
            return True
        edit = self.edits[place.path]
        for key in PROGRESS:
            if key in gone:
                edit.remove(place.map, key)
            elif key in values:
                edit.set(place.map, key, values[key])
        return True

    def include_progress(self, name: str, entries: Mapping[str, str]) -> None:
        """Put the first entries there are, YAML by id, into a file of their own beside the root.

        The root includes it from then on.
        """
        lines = ["progress:", *(f"  {id_}: {text}" for id_, text in entries.items())]
        path = self.root.parent / name
        if path in self.edits:
            self.edits[path].append(lines)
            return
        self._new[path] = [*lines, ""]
        edit = self.edits[self.root]
        if edit.root is None:
            return
        libraries = value_of(edit.root, "include")
        if isinstance(libraries, yaml.SequenceNode) and libraries.value:
            edit.extend(libraries, name)
        else:
            edit.set_after(edit.root, "start", "include", f"[{name}]")

    def has_progress(self) -> bool:
        """Whether there is a block that takes entries for all the plan."""
        return any(not prefix for _, prefix in self._progress)

    def progress_file(self) -> Path:
        """Return the file that new entries go to."""
        return next((block.path for block, prefix in self._progress if not prefix), self.root)

    def _walk(self, path: Path, prefix: str) -> None:
        if path not in self.edits:
            text = path.read_bytes().decode("utf-8").removeprefix(_BOM)
            self._before[path] = text
            self.edits[path] = Edit(text)
        root = self.edits[path].root
        if root is None:
            return
        for key in ("activities", "gates"):
            self._outline(path, value_of(root, key), prefix)
        block = value_of(root, "progress")
        if isinstance(block, yaml.MappingNode):
            self._progress.append((Place(path, block), prefix))
        libraries = value_of(root, "include")
        for one in libraries.value if isinstance(libraries, yaml.SequenceNode) else ():
            target = self._target(path, one)
            if target not in self.edits:
                self._walk(target, prefix)

    def _outline(self, path: Path, node: yaml.Node | None, prefix: str) -> None:
        for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if not isinstance(value, yaml.MappingNode):
                continue
            id_ = f"{prefix}.{name.value}" if prefix else name.value
            self.activities[id_] = Place(path, value)
            self._outline(path, value_of(value, "activities"), id_)
            team = value_of(value, "include")
            if team is not None:
                self._walk(self._target(path, team), id_)

    @staticmethod
    def _target(path: Path, node: yaml.Node) -> Path:
        parts = str(node.value).replace("\\", "/").split("/")
        return (path.parent / Path(*parts)).resolve()
