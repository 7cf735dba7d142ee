"""Three sides of a cell: as exported, as it is, as the plan has it now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imsgen.diagnostics import Report
from imsgen.formats.xlsx.answers import STATE_KEY, Answers
from imsgen.formats.xlsx.change import Change
from imsgen.formats.xlsx.consistent import Consistent
from imsgen.formats.xlsx.editable import (
    COLUMNS,
    DATED,
    DECISION,
    DECISIONS,
    cell_texts,
    date_text,
    decision_of,
    is_editable,
)
from imsgen.formats.xlsx.meaning import STATUS, Meaning, Meant
from imsgen.formats.xlsx.text import clean
from imsgen.formats.xlsx.typed import Answer
from imsgen.model import Activity, Project

_KEYS = (*COLUMNS, DECISION)
_NAIVE = len("2027-03-05 17:00")


def changes_of(answers: Answers, project: Project, report: Report) -> list[Change]:
    """Return what people changed, in outline order; what cannot be taken is reported."""
    return list(_Merge(answers, project, report).changes())


class _Merge:
    def __init__(self, answers: Answers, project: Project, report: Report) -> None:
        self._answers, self._project, self._report = answers, project, report
        self._meaning = Meaning(project, answers.zone, report)
        self._status_date = project.status_date

    def changes(self) -> Iterator[Change]:
        """Yield the changes, the status date first."""
        for change in self._status():
            self._status_date = change.at
            yield change
        project, given = self._project, self._answers.given
        for id_ in (*project.activities, *(one for one in given if one not in project.activities)):
            if id_ in given:
                yield from self._row(id_, given[id_])

    def _status(self) -> Iterator[Change]:
        answer, exported = self._answers.status, self._answers.exported.status
        if answer is None or answer.refused or _same(STATUS, answer.text, exported):
            return
        if not answer.text:
            self._refuse(answer, "there is no status date any more", "fill it in again")
            return
        now = date_text(self._project.status_date, self._answers.zone)
        change = self._merged(("", STATUS), exported, [answer], now, None)
        if change is not None:
            yield change

    def _row(self, id_: str, given: Mapping[str, list[Answer]]) -> list[Change]:
        was, zone = self._answers.exported.texts[id_], self._answers.zone
        edited: dict[str, list[Answer]] = {}
        refused = any(one.refused for answers in given.values() for one in answers)
        for key in _KEYS:
            answers = [
                one
                for one in given.get(key, ())
                if not one.refused and not _same(key, one.text, was[key])
            ]
            if answers:
                edited[key] = answers
        activity = self._project.activities.get(id_)
        if activity is None:
            for answers in edited.values():
                what = f"the plan has no activity `{id_}` any more"
                self._refuse(answers[0], what, "put back what was exported, or the activity")
            return []
        mode = min(int(was["mode"] or 0), len(activity.modes) - 1)
        now = cell_texts(self._project, activity, mode, zone)
        now[DECISION] = decision_of(activity)
        found: dict[str, Change] = {}
        for key, answers in edited.items():
            if key in COLUMNS and not is_editable(activity, key):
                self._refuse(answers[0], f"`{id_}` takes no `{COLUMNS[key]}`", "clear the cell")
                continue
            change = self._merged((id_, key), was[key], answers, now[key], activity)
            if change is not None:
                found[key] = change
        said = {key: found[key].new if key in found else now[key] for key in COLUMNS}
        places = {key: answers[0].place for key, answers in given.items() if answers}
        places.update({key: change.place for key, change in found.items()})
        if refused:
            return list(found.values())  # what else the row says may hang on it
        check = Consistent(activity, said, tuple(found), places, self._report)
        if is_editable(activity, "percent_complete"):
            check.progress()
            check.dates([found[key] for key in DATED if key in found], self._status_date, zone)
        check.states(was, given.get(STATE_KEY, ()))
        return list(found.values())

    def _merged(
        self,
        what: tuple[str, str],
        exported: str,
        answers: list[Answer],
        now: str,
        activity: Activity | None,
    ) -> Change | None:
        """Return the change that edited cells ask for, if they ask for one."""
        id_, key = what
        first = answers[0]
        meant = self._agreed(key, answers, activity)
        if meant is None or _same(key, meant.shown, now):
            return None
        if not _same(key, now, exported):
            self._report.add(
                "IMS632",
                f"{first.place}: `{meant.written}`, exported as `{exported}`; "
                f"the plan says `{now}` by now",
                help="put the plan's value in the cell, or the cell's value in the plan",
            )
            return None
        if key == "notes" and activity is not None and not _holds(activity.notes):
            what_ = f"a cell cannot hold the notes of `{id_}` as they are"
            self._refuse(first, what_, "change them in the plan")
            return None
        return Change(id_, key, exported, meant.written, first.place, meant.at)

    def _agreed(self, key: str, answers: list[Answer], activity: Activity | None) -> Meant | None:
        """Return what all cells mean; None after reporting that they differ or mean nothing."""
        first, *others = answers
        meant = self._meaning.of(key, first, activity)
        for other in others:
            too = self._meaning.of(key, other, activity)
            if meant is not None and too is not None and too != meant:
                self._report.add(
                    "IMS632",
                    f"{first.place} says `{meant.written}`, {other.place} says `{too.written}`",
                    help="put the same in both, or leave one as it was exported",
                )
                return None
        return meant

    def _refuse(self, answer: Answer, what: str, help_: str) -> None:
        self._report.add("IMS631", f"{answer.place}: {what}", help=help_)


def _same(key: str, one: str, other: str) -> bool:
    """Whether two texts of cells say the same; a date cell has no offset of its own."""
    if key in {*DATED, STATUS} and min(len(one), len(other)) == _NAIVE:
        return one[:_NAIVE] == other[:_NAIVE]
    if key == DECISION:
        return (one or DECISIONS[0]) == (other or DECISIONS[0])
    return one.strip() == other.strip()


def _holds(notes: str) -> bool:
    """Whether a cell shows the notes to the last character."""
    return clean(notes) == notes.replace("\r\n", "\n").replace("\r", "\n")
