"""Whether what cells say of one activity fits together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from imsgen.diagnostics import Report
from imsgen.formats.xlsx.change import Change
from imsgen.formats.xlsx.editable import DATED, STATES, date_text
from imsgen.formats.xlsx.typed import Answer
from imsgen.model import Activity, Instant, Kind


class Consistent:
    """Refuses combinations that are none; each message names the cell to look at.

    Parameters
    ----------
    said
        What the plan would say, by key.
    changed
        Keys that people changed.
    places
        Cells by key: the one that was changed, or else that of sheet *Schedule*.
    """

    def __init__(
        self,
        activity: Activity,
        said: Mapping[str, str],
        changed: Sequence[str],
        places: Mapping[str, str],
        report: Report,
    ) -> None:
        self._activity, self._said, self._changed = activity, said, changed
        self._places, self._report = places, report

    def progress(self) -> None:
        """Check percentage, dates and what remains against each other."""
        id_, said, changed = self._activity.id, self._said, self._changed
        if not {*changed} & {"percent_complete", "remaining", *DATED}:
            return
        percent, begun = said["percent_complete"], said["actual_start"]
        done, left = said["actual_finish"], said["remaining"]
        if not percent:
            self._refuse("percent_complete", "there is no percentage, expected one such as `0%`")
        if done and not begun and self._activity.kind is not Kind.MILESTONE:
            help_ = "fill in the actual start"
            self._refuse("actual_finish", f"`{id_}` has finished but never started", help_)
        if percent == "100" and not done:
            help_ = "fill in the actual finish"
            self._refuse("percent_complete", f"`{id_}` is 100% complete", help_)
        if done and "percent_complete" in changed and percent != "100":
            self._refuse("percent_complete", f"`{id_}` has finished, so it is 100% complete")
        if percent not in {"", "0", "100"} and not begun:
            self._refuse("percent_complete", f"`{id_}` has begun", "fill in the actual start")
        if left and not begun:
            help_ = "fill in the actual start, or clear the cell"
            self._refuse("remaining", f"`{id_}` has not started", help_)
        if done and "remaining" in changed and left.strip("0meh"):
            self._refuse("remaining", f"`{id_}` has finished, nothing remains", "clear the cell")

    def dates(self, changed: Sequence[Change], status: Instant | None, zone: ZoneInfo) -> None:
        """Check actual dates against the status date: what happened lies before it."""
        for change in changed:
            if change.at is None:
                continue
            if status is None:
                help_ = "fill in the status date too, above the dates"
                self._refuse(change.key, "there is no status date", help_)
            elif change.at > status:
                self._refuse(
                    change.key,
                    f"`{change.new}` is after the status date `{date_text(status, zone)}`",
                    "what has not happened by then is planned; or move the status date",
                )

    def states(self, was: Mapping[str, str], answers: Sequence[Answer]) -> None:
        """Check that a state is what the dates say, those exported or those there are now."""
        meant = _state(self._said)
        for answer in answers:
            state = answer.text or STATES[0]
            if state in {_state(was), meant}:
                continue
            known, id_ = STATES.index(state) if state in STATES else -1, self._activity.id
            if known < 0:
                expected = ", ".join(f"`{one}`" for one in STATES[:3])
                what, help_ = f"`{state}` is no state", f"choose one of {expected}"
            elif known < 3:
                wanted = ("no actual dates", "an actual start and no finish", "an actual finish")
                what = f"`{state}`, but the actual dates of `{id_}` say `{meant}`"
                help_ = f"fill in {wanted[known]}"
            else:
                what = f"`{state}` is nothing that a plan can say of `{id_}`"
                help_ = "write it under its notes on sheet `Schedule`, and when work was done"
            self._report.add("IMS631", f"{answer.place}: {what}", help=help_)

    def _refuse(self, key: str, what: str, help_: str = "") -> None:
        place = self._places.get(key) or next(self._places[one] for one in self._changed)
        self._report.add("IMS631", f"{place}: {what}", help=help_)


def _state(said: Mapping[str, str]) -> str:
    if said["actual_finish"]:
        return STATES[2]
    return STATES[1] if said["actual_start"] else STATES[0]
