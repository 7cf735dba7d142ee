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
_LENGTHS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a file is read where it stands in the plan."""

    timezone: str | None = None
    """Of its dates; None where neither it nor a file around it names one."""
    own_days: bool = False
    """Whether ``d``, ``w`` and ``mo`` may be other lengths there than in the root."""


@dataclass(frozen=True, slots=True)
class Place:
    """A map of a plan file."""

    path: Path
    map: Map
    terms: Terms = Terms()


@dataclass(frozen=True, slots=True)
class _Block:
    """A ``progress:`` block, and the group in which its ids are looked up."""

    place: Place
    prefix: str


class Places:
    """The files of a plan that can be loaded, and the changes made to them."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.edits: dict[Path, Edit] = {}
        self.terms: dict[Path, Terms] = {}
        """By file; of one that is included twice, as it is read first."""
        self._before: dict[Path, str] = {}
        self.activities: dict[str, Place] = {}
        """By full id; gates too."""
        self._blocks: list[_Block] = []
        self._new: dict[Path, list[str]] = {}
        self._walk(self.root, "", Terms())
        self._entries = self._told()

    def texts(self) -> dict[Path, str]:
        """Return what the files that change would say, by resolved path."""
        found = {path: edit.text() for path, edit in self.edits.items()}
        changed = {
            path: (_BOM if self._before[path].startswith(_BOM) else "") + text
            for path, text in found.items()
            if text != self._before[path].removeprefix(_BOM)
        }
        return {**changed, **{path: "\n".join(lines) for path, lines in self._new.items()}}

    def progress(self, id_: str) -> Place | None:
        """Return the map that has the progress of an activity; None where nothing has yet."""
        own = self.activities[id_]
        if any(value_of(own.map, key) is not None for key in PROGRESS):
            return own
        return self._entries.get(id_)

    def zone(self, path: Path) -> str | None:
        """Return the time zone of a file's dates; None where it is the plan's."""
        return self.terms[path].timezone if path in self.terms else None

    def sharers(self, place: Place) -> list[str]:
        """Return the full ids of what is written in one map, in a file included several times."""
        told = [(id_, one) for id_, one in self._entries.items()]
        both = [*self.activities.items(), *told]
        return list(dict.fromkeys(id_ for id_, one in both if one.map is place.map))

    def drop_progress(self, place: Place) -> None:
        """Take an entry out of its block, all of it."""
        for block in self._blocks:
            for name, value in block.place.map.value:
                if value is place.map:
                    self.edits[place.path].remove(block.place.map, name.value)

    def add_progress(self, entries: Mapping[str, str]) -> None:
        """Add entries, YAML by full id: to the block there is, else to a new one in the root."""
        if not entries:
            return
        outer = self._outer()
        if outer is not None:
            for id_, text in entries.items():
                self.edits[outer.path].add(outer.map, id_, text)
            return
        edit = self.edits[self.root]
        if edit.root is not None and edit.root.flow_style:
            inner = ", ".join(f"{id_}: {text}" for id_, text in entries.items())
            edit.add(edit.root, "progress", f"{{{inner}}}")
            return
        edit.append(["progress:", *(f"  {id_}: {text}" for id_, text in entries.items())])

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
        return self._outer() is not None

    def progress_file(self) -> Path:
        """Return the file that new entries go to."""
        outer = self._outer()
        return self.root if outer is None else outer.path

    def dated(self, key: str) -> list[Place]:
        """Return the outermost maps that have a key, such as ``status_date``; the root always."""
        found = []
        for path, edit in self.edits.items():
            here = edit.root
            if here is not None and (path == self.root or value_of(here, key) is not None):
                found.append(Place(path, here, self.terms[path]))
        return found

    # -- reading -----------------------------------------------------------------------------

    def _outer(self) -> Place | None:
        """Return the block of the root, or else of a library of it."""
        outer = [block.place for block in self._blocks if not block.prefix]
        return next((one for one in outer if one.path == self.root), outer[0] if outer else None)

    def _walk(self, path: Path, prefix: str, around: Terms) -> None:
        if path not in self.edits:
            text = path.read_bytes().decode("utf-8")
            self._before[path] = text
            self.edits[path] = Edit(text.removeprefix(_BOM))
        root = self.edits[path].root
        if root is None:
            return
        terms = self._terms(root, around, is_root=path == self.root)
        self.terms.setdefault(path, terms)
        for key in ("activities", "gates"):
            self._outline(path, value_of(root, key), prefix, terms)
        block = value_of(root, "progress")
        if isinstance(block, yaml.MappingNode):
            self._blocks.append(_Block(Place(path, block, terms), prefix))
        libraries = value_of(root, "include")
        for one in libraries.value if isinstance(libraries, yaml.SequenceNode) else ():
            target = self._target(path, one)
            if target not in self.edits:
                self._walk(target, prefix, terms)

    @staticmethod
    def _terms(root: Map, around: Terms, *, is_root: bool) -> Terms:
        zone = value_of(root, "timezone")
        named = str(zone.value) if zone is not None else around.timezone
        lengths = any(value_of(root, key) is not None for key in _LENGTHS)
        return Terms(named, around.own_days or (lengths and not is_root))

    def _outline(self, path: Path, node: yaml.Node | None, prefix: str, terms: Terms) -> None:
        for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if not isinstance(value, yaml.MappingNode):
                continue
            id_ = f"{prefix}.{name.value}" if prefix else name.value
            self.activities[id_] = Place(path, value, terms)
            self._outline(path, value_of(value, "activities"), id_, terms)
            team = value_of(value, "include")
            if team is not None:
                self._walk(self._target(path, team), id_, terms)

    def _told(self) -> dict[str, Place]:
        """Return the entries of all blocks by full id, looked up as links are."""
        ends: dict[str, list[str]] = {}
        for id_ in self.activities:
            parts = id_.split(".")
            for i in range(len(parts)):
                ends.setdefault(".".join(parts[i:]), []).append(id_)
        found: dict[str, Place] = {}
        for block in self._blocks:
            for name, value in block.place.map.value:
                full = self._full(name.value, block.prefix, ends)
                if full is not None and isinstance(value, yaml.MappingNode):
                    found.setdefault(full, Place(block.place.path, value, block.place.terms))
        return found

    def _full(self, name: str, prefix: str, ends: Mapping[str, list[str]]) -> str | None:
        around = prefix.split(".") if prefix else []
        for depth in range(len(around), -1, -1):
            full = ".".join((*around[:depth], name))
            if full in self.activities:
                return full
        meant = ends.get(name, [])
        return meant[0] if len(meant) == 1 else None

    @staticmethod
    def _target(path: Path, node: yaml.Node) -> Path:
        parts = str(node.value).replace("\\", "/").split("/")
        return (path.parent / Path(*parts)).resolve()
