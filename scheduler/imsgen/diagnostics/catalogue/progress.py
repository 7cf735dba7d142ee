"""Progress and assumptions."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS330",
        "progress without a status date",
        "Progress describes one moment: what was done by then, what remains after it. That moment "
        "is never taken from the clock.",
        bad="load: {duration: 4h, actual_start: 2026-11-02 08:00}",
        good="status_date: 2026-11-02 17:00\n"
        "activities: {load: {duration: 4h, actual_start: 2026-11-02 08:00}}",
    ),
    Code(
        "IMS331",
        "progress written twice",
        "Progress stands on the activity or under `progress:`, in one place only.",
        bad="activities: {load: {duration: 3d, percent_complete: 40%}}\n"
        "progress: {load: {percent_complete: 60%}}",
        good="activities: {load: {duration: 3d}}\n"
        "progress: {load: {actual_start: 2026-11-02, percent_complete: 60%}}",
    ),
    Code(
        "IMS332",
        "progress that contradicts itself",
        "What has started has `actual_start`, what has finished has both actual dates and nothing "
        "left. `percent_complete: 100%` alone does not say when. Work left is counted as the "
        "duration is, in working or in elapsed time.",
        bad="a: {duration: 3d, percent_complete: 40%}",
        good="a: {duration: 3d, actual_start: 2026-11-02 08:00, percent_complete: 40%}",
    ),
    Code(
        "IMS333",
        "an actual date in the future",
        "An actual date says what has happened by the status date. What lies after it is planned.",
        bad="load: {duration: 3d, actual_start: 2026-11-04}      # status_date: 2026-11-03",
        good="load: {duration: 3d, constraint: SNET 2026-11-04}",
    ),
    Code(
        "IMS334",
        "status dates that differ",
        "All plans of a programme are measured at one moment, else one team's future is another "
        "team's past.",
        bad="status_date: 2026-11-06      # in a plan included where status_date is 2026-11-03",
        good="status_date: 2026-11-03      # in both",
    ),
    Code(
        "IMS335",
        "assumed durations",
        "A `?` behind a duration says that it is assumed, as in MS Project. It is scheduled all "
        "the same; the count shows how much of the plan rests on assumptions.",
        bad="load: {duration: 4h?}",
        good="load: {duration: 4h}",
        severity=Severity.NOTE,
    ),
    Code(
        "IMS336",
        "work done out of sequence",
        "The activity went ahead before its link allowed. With `retained_logic` the rest of it "
        "waits for the link; with `progress_override` it goes on.",
        bad="load: {duration: 3d, after: stop, actual_start: 2026-11-02}      # stop goes on",
        good="options: {out_of_sequence: progress_override}",
        severity=Severity.NOTE,
    ),
)
