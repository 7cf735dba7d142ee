"""Changes of a workbook as edits of the files of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from zoneinfo import ZoneInfo

import yaml

from imsgen.diagnostics import Report
from imsgen.formats.importing.ids import VALID
from imsgen.formats.notation import duration_text
from imsgen.formats.xlsx.change import Change
from imsgen.formats.xlsx.editable import DECISION, DECISIONS
from imsgen.formats.xlsx.meaning import STATUS
from imsgen.model import Project
from imsgen.plan.resolve.durations import exact_minutes
from imsgen.plan.resolve.part import Setting
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.writing.edit import value_of
from imsgen.plan.writing.places import PROGRESS, Place, Places, Terms
from imsgen.plan.writing.scalars import words

_OWN = ("owner", "notes", DECISION)
_NAIVE = len("2027-03-05 17:00")
_UTC = ZoneInfo("UTC")
_ENDLESS = 1 << 40
"""Minutes of a day that no duration fills."""


class WriteBack:
    """Turns changes into edits of the files."""

    def __init__(self, places: Places, project: Project, zone: ZoneInfo, report: Report) -> None:
        self._places, self._project, self._zone = places, project, zone
        self._report = report
        self._new: dict[str, str] = {}

    def write(self, changes: Sequence[Change]) -> None:
        """Make the edits; what has no progress yet gets an entry of its own."""
        by_id: dict[str, dict[str, Change]] = {}
        for change in changes:
            by_id.setdefault(change.id, {})[change.key] = change
        for change in by_id.pop("", {}).values():
            for place in self._places.dated(STATUS):
                text = self._dated(change, place.terms)
                self._places.edits[place.path].set(place.map, STATUS, text, behind="start")
        for id_, values in by_id.items():
            for key in _OWN:
                if key in values:
                    self._own(values[key], by_id)
            progress = {key: values[key] for key in PROGRESS if key in values}
            if progress:
                self._progress(id_, progress, by_id)
        self._places.add_progress(self._new)

    # -- what an activity says itself --------------------------------------------------------

    def _own(self, change: Change, by_id: Mapping[str, Mapping[str, Change]]) -> None:
        place = self._places.activities[change.id]
        if not self._alone(place, change, by_id):
            return
        edit = self._places.edits[place.path]
        if change.key == DECISION:
            self._decided(place, change.new)
        elif not change.new:
            edit.remove(place.map, change.key)
        else:
            text = self._person(change) if change.key == "owner" else words(change.new)
            edit.set(place.map, change.key, text)

    def _decided(self, place: Place, text: str) -> None:
        """Keep what was decided among the gate's own fields."""
        edit = self._places.edits[place.path]
        fields = value_of(place.map, "fields")
        if not isinstance(fields, yaml.MappingNode):
            if text != DECISIONS[0]:
                edit.set(place.map, "fields", f"{{{DECISION}: {words(text)}}}")
        elif text != DECISIONS[0]:
            edit.set(fields, DECISION, words(text))
        elif len(fields.value) == 1:
            edit.remove(place.map, "fields")
        else:
            edit.remove(fields, DECISION)

    def _person(self, change: Change) -> str:
        """Return the id of whom a name means, else the text."""
        text, resources = change.new, self._project.resources
        if text in resources:
            return text
        known = [one.id for one in resources.values() if one.name == text]
        if len(known) == 1:
            return known[0]
        if not known and VALID.fullmatch(text):  # a plan may name people that it does not define
            return words(text)
        if known:
            what = f"`{text}` is the name of {len(known)} resources"
            meant = known
        else:
            what = f"`{text}` is no resource of the plan"
            names = {one.name: one.name for one in resources.values()} | {
                one: one for one in resources
            }
            meant = get_close_matches(text, names, 2, 0.7)
        help_ = "write " + " or ".join(f"`{one}`" for one in meant) if meant else (
            "add it under `resources:` in the plan first")  # fmt: skip
        self._refuse(change.place, what, help_)
        return words(text)

    def _alone(
        self, place: Place, change: Change, by_id: Mapping[str, Mapping[str, Change]]
    ) -> bool:
        """Whether nothing else changes with the words of one place, in a file used twice."""
        for other in self._places.sharers(place):
            asked = by_id.get(other, {}).get(change.key)
            if other != change.id and (asked is None or asked.new != change.new):
                self._refuse(
                    change.place,
                    f"`{change.id}` and `{other}` are written once, in `{place.path.name}`",
                    "put the same on both rows, or give each its own words in the plan",
                )
                return False
        return True

    # -- progress ----------------------------------------------------------------------------

    def _progress(
        self, id_: str, values: dict[str, Change], by_id: Mapping[str, Mapping[str, Change]]
    ) -> None:
        place = self._places.progress(id_)
        if place is not None and not all(
            self._alone(place, one, by_id) for one in values.values()
        ):
            return
        finish = values.get("actual_finish")
        done = finish is not None and bool(finish.new)
        gone = {"percent_complete", "remaining", "resume"} if done else set()
        gone |= {key for key, change in values.items() if not change.new}
        places = self._places
        terms = place.terms if place is not None else places.terms[places.progress_file()]
        written = {
            key: self._dated(change, terms) for key, change in values.items() if key not in gone
        }
        if not places.record(id_, written, gone) and written:
            inner = ", ".join(f"{key}: {text}" for key, text in written.items())
            self._new[id_] = f"{{{inner}}}"

    def _dated(self, change: Change, terms: Terms) -> str:
        """Return a value as the file it goes to writes it: in its zone, by its days."""
        if change.key == "percent_complete":
            return f"{change.new}%"
        if change.key == "remaining":
            return _in_hours(change.new, self._project.day) if terms.own_days else change.new
        there = terms.timezone or self._project.timezone
        if change.at is None or there == self._zone.key or len(change.new) > _NAIVE:
            return change.new
        return f"{change.new} {self._zone.key}"

    def _refuse(self, place: str, what: str, help_: str) -> None:
        self._report.add("IMS631", f"{place}: {what}", help=help_)


def _in_hours(text: str, day: int) -> str:
    """Return a duration without days, whose length a file may set for itself."""
    raw = parse_duration(text)
    if raw.elapsed:
        return text
    return duration_text(int(exact_minutes(raw, Setting(_UTC, day, 5 * day, 20 * day))), _ENDLESS)
