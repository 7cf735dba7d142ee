"""From the rows of a sheet to the tree of a plan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from imsgen.formats.importing.ids import VALID, Ids, slug
from imsgen.formats.importing.losses import Losses
from imsgen.formats.mspdi.read.notation import beginning, ending
from imsgen.formats.xlsx.importing.cells import Cells
from imsgen.formats.xlsx.importing.lengths import length_of
from imsgen.formats.xlsx.importing.network import Link
from imsgen.formats.xlsx.importing.rows import Row
from imsgen.plan.writing import Tree, Words

_CONSTRAINTS = {
    "start no earlier than": "SNET", "start no later than": "SNLT", "must start on": "MSO",
    "finish no earlier than": "FNET", "finish no later than": "FNLT", "must finish on": "MFO",
}  # fmt: skip
_NEED = re.compile(r"(.*?)\s*(?:\[(\d+)\s*%\]|(?<=\s)(\d+)%|×\s*(\d+))?")


class People:
    """Resources, owners and parties, by the names that cells give them."""

    def __init__(self) -> None:
        self.resources: dict[str, dict[str, Tree]] = {}
        self.parties: dict[str, Tree] = {}
        self._ids: dict[str, str] = {}
        self._taken, self._party_ids = Ids(("any", "units", "count")), Ids(("shared",))
        self._most: dict[str, int] = {}

    def needs(self, text: str) -> dict[str, str]:
        """Return the units by resource of a cell such as ``Ana[50%],DBA``."""
        found: dict[str, str] = {}
        for part in (one.strip() for one in re.split(r"[,;\n]", text)):
            match = _NEED.fullmatch(part)
            if match is None or not match[1].strip():
                continue
            percent = int(match[2] or match[3] or 100 * int(match[4] or 1)) or 100
            id_ = self._resource(match[1].strip(), percent)
            found[id_] = _units(percent)
        return found

    def _resource(self, name: str, percent: int) -> str:
        id_ = self._ids.get(name.casefold())
        if id_ is None:
            id_ = self._ids[name.casefold()] = self._taken.take(slug(name, "resource"))
            self.resources[id_] = {"name": Words(name)}
        if percent > self._most.get(id_, 100):
            self._most[id_] = percent
            self.resources[id_]["capacity"] = _units(percent)
        return id_

    def owner(self, name: str) -> str:
        """Return the id of who answers for something."""
        return self._resource(" ".join(name.split()), 100)

    def party(self, text: str) -> Tree:
        """Return the parties of a cell, ``Agency + Integrator``."""
        if text.casefold() == "shared":
            return "shared"
        ids: list[Tree] = []
        for name in (one.strip() for one in re.split(r"[+;,]", text)):
            if not name:
                continue
            known = [id_ for id_, one in self.parties.items()
                     if isinstance(one, Words) and one.text.casefold() == name.casefold()]  # fmt: skip
            id_ = known[0] if known else self._party_ids.take(slug(name, "party"))
            self.parties.setdefault(id_, Words(name))
            ids.append(id_)
        return ids[0] if len(ids) == 1 else ids


def give_ids(top: Sequence[Row], kind: str) -> None:
    """Give each row its id in the plan: the sheet's own where it is one, else of its name."""

    def give(rows: Sequence[Row], prefix: str) -> None:
        taken = Ids(() if prefix else ("project",))
        for row in rows:
            own = row.key.rpartition(".")[2] if kind == "imsgen" else row.key
            usable = VALID.fullmatch(own) and not own.isdecimal() and kind != "m3"
            wanted = own if usable and own.casefold() != "start" else slug(row.name, "task")
            inner = taken.take("begin" if wanted in {"start", "finish"} else wanted)
            row.id = f"{prefix}.{inner}" if prefix else inner
            give(row.inside, row.id)

    give(top, "")


class Entries:
    """Makes the entry of each row, and of what has happened."""

    def __init__(
        self,
        cells: Cells,
        links: Mapping[str, list[Link]],
        people: People,
        losses: Losses,
        start: str = "",
    ) -> None:
        self._start = start
        self._cells, self._links = cells, links
        self._people, self._losses = people, losses
        self.progress: dict[str, dict[str, Tree]] = {}
        self.actual: list[datetime] = []
        self._uids: set[str] = set()

    def entry(self, row: Row) -> dict[str, Tree]:
        """Return what the plan says about a row."""
        found: dict[str, Tree] = {"name": Words(row.name)}
        found.update({"active": "false"} if row.inactive else {})
        if row.uid and VALID.fullmatch(row.uid) and row.uid not in self._uids:
            self._uids.add(row.uid)
            found["uid"] = row.uid
        elif row.uid:
            self._losses.add("No unique id, left out", f"{self._at(row, 'uid')} `{row.uid}`")
        if row.texts.get("party"):
            found["party"] = self._people.party(row.texts["party"])
        if not row.is_group:
            found.update(self._work(row))
        links = self._links.get(row.id, [])
        if links:
            texts: list[Tree] = [one.text() for one in links]
            found["after"] = texts[0] if len(texts) == 1 else texts
        if row.texts.get("owner"):
            found["owner"] = self._people.owner(row.texts["owner"])
        if row.texts.get("notes"):
            found["notes"] = Words(row.texts["notes"])
        if row.texts.get("resource_type"):
            found["fields"] = {"resource_type": Words(row.texts["resource_type"])}
        if "deadline" in row.dates:
            found["deadline"] = _end(row.dates["deadline"])
        if row.is_group:
            for key in ("resources", "constraint"):
                if row.texts.get(key, "").casefold() not in {"", "as soon as possible"}:
                    self._losses.add("What only activities can have is left out of a group",
                                     self._at(row, key))  # fmt: skip
            found["activities"] = {
                one.id.rpartition(".")[2]: self.entry(one) for one in row.inside
            }
        return found

    def _work(self, row: Row) -> dict[str, Tree]:
        found: dict[str, Tree] = {}
        milestone = row.milestone or _is_moment(row)
        needs = self._people.needs(row.texts.get("resources", ""))
        if milestone:
            found["milestone"] = "true"
            if needs:
                self._losses.add("A milestone needs nobody: left out", self._at(row, "resources"))
        else:
            found["duration"] = self._duration(row)
            if needs:
                found["needs"] = needs
        if not self._progress(row, milestone=milestone):
            constraint = self._constraint(row, milestone=milestone)
            if constraint:
                found["constraint"] = constraint
        return found

    def _duration(self, row: Row) -> str:
        if row.length is not None:
            return row.length.text
        start, finish = row.dates.get("start"), row.dates.get("finish")
        place = self._at(row, "name")
        if start is not None and finish is not None and finish >= start:
            days = _working_days(start, finish)
            self._losses.add("Without a duration: the working days from its start to its finish",
                             place)  # fmt: skip
            return f"{max(days, 1)}d?"
        self._losses.add("Without a duration and dates: one day, assumed", place)
        return "1d?"

    def _constraint(self, row: Row, *, milestone: bool) -> str:
        kind = _CONSTRAINTS.get(row.texts.get("constraint", "").casefold())
        at = row.dates.get("constraint_date")
        if kind is not None and at is not None:
            return f"{kind} {_end(at) if kind[0] == 'F' or kind == 'SNLT' else beginning(at)}"
        if row.texts.get("constraint", "").casefold() == "as late as possible":
            return "ALAP"
        start = row.dates.get("start") or (row.dates.get("finish") if milestone else None)
        if start is None:
            return ""
        if self._start and beginning(start) < self._start:
            self._losses.add("A planned start before the plan's own is left out",
                             self._at(row, "start" if "start" in row.dates else "finish"))  # fmt: skip
            return ""
        if row.id in self._links and not row.manual:
            self._losses.add("Planned dates that follow from links are left out",
                             self._at(row, "start" if "start" in row.dates else "finish"))  # fmt: skip
            return ""
        self._losses.add("A planned start without links: not before it (SNET)",
                         self._at(row, "start" if "start" in row.dates else "finish"))  # fmt: skip
        return f"SNET {beginning(start)}"

    def _progress(self, row: Row, *, milestone: bool) -> bool:
        """Note what has happened; False: nothing has."""
        begun, done = row.dates.get("actual_start"), row.dates.get("actual_finish")
        percent = row.percent or 0
        if not percent and begun is None and done is None:
            return False
        if milestone:
            if done is None and percent < 100:
                return False
            begun = done = done or begun or row.dates.get("finish") or row.dates.get("start")
        place = self._at(row, "name")
        if begun is None:
            begun = row.dates.get("start")
            if begun is not None:
                self._losses.add("Begun, without an actual start: at its planned start", place)
        if done is None and percent == 100:
            done = row.dates.get("finish")
            if done is not None:
                what = "Complete, without an actual finish: at its planned finish"
                self._losses.add(what, place)
        if begun is None:
            self._losses.add("Progress without a start is left out", place)
            return False
        if done is not None and _after(begun, done):
            self._losses.add("Finished before it started: progress left out", place)
            return False
        self.progress[row.id] = self._told(row, begun, done)
        return True

    def _told(self, row: Row, begun: datetime, done: datetime | None) -> dict[str, Tree]:
        """Return the entry of what has happened."""
        entry: dict[str, Tree] = {"actual_start": beginning(begun)}
        self.actual.append(begun)
        if done is not None:
            self.actual.append(_day_end(done))
            return {**entry, "actual_finish": _end(done)}
        percent = row.percent or 0
        if percent == 100:
            self._losses.add("Complete without a finish: 99%", self._at(row, "percent"))
            percent = 99
        if percent:
            entry["percent_complete"] = f"{percent}%"
        left, whole = length_of(row.texts.get("remaining", "")), row.length
        if left and whole and left.is_elapsed == whole.is_elapsed and not left.is_zero:
            entry["remaining"] = left.text
        return entry

    def _at(self, row: Row, key: str) -> str:
        columns = self._cells.layout.columns
        return self._cells.place(row.number, key if key in columns else next(iter(columns)))


def _is_moment(row: Row) -> bool:
    """Whether a row takes no time: it says so, or only one and the same time of a day."""
    if row.length is not None:
        return row.length.is_zero
    start, finish = row.dates.get("start"), row.dates.get("finish")
    return start is not None and start == finish and bool(start.hour or start.minute)


def _units(percent: int) -> str:
    return str(percent // 100) if percent % 100 == 0 else f"{percent}%"


def _end(at: datetime) -> str:
    """Return an end; a date without a time is that whole day, as in a cell."""
    return f"{at:%Y-%m-%d}" if at.hour == at.minute == 0 else ending(at)


def _day_end(at: datetime) -> datetime:
    return at + timedelta(days=1) if at.hour == at.minute == 0 else at


def _after(begun: datetime, done: datetime) -> bool:
    return begun > _day_end(done)


def _working_days(start: datetime, finish: datetime) -> int:
    """Return the days from Monday to Friday, both ends included."""
    days = (finish.date() - start.date()).days + 1
    weeks, rest = divmod(days, 7)
    first = start.weekday()
    return weeks * 5 + sum((first + i) % 7 < 5 for i in range(rest))
