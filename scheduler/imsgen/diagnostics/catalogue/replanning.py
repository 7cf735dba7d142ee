"""Plans in progress: what is published, and replans from it."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS660",
        "the schedule of another plan",
        "A replan keeps what people were promised, so it starts from a schedule of the same plan. "
        "Plans are told apart by their `id:`, by default the name of the file.",
        bad="imsgen solve go-live.yaml --from rehearsal.schedule.json",
        good="imsgen solve go-live.yaml --from go-live.schedule.json",
    ),
    Code(
        "IMS661",
        "a status date before the last one",
        "The published schedule knows what happened until a later moment. Going on from an earlier "
        "one would plan what is over.",
        bad="status_date: 2026-12-05 01:00      # the schedule file says 2026-12-05 02:00",
        good="status_date: 2026-12-05 03:00",
    ),
    Code(
        "IMS662",
        "published dates of what is gone",
        "The published schedule has dates of activities that the plan no longer has, or no longer "
        "schedules. A renamed activity counts as new; `imsgen diff` lists what came and went.",
        bad="activities: {load-data: {duration: 6h}}      # it was `load` when it was published",
        good="activities: {load: {name: Load data, duration: 6h}}",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS663",
        "something frozen had to move",
        "`freeze:` keeps what is about to start as published. What happened makes that impossible "
        "for this activity: links, people, windows or calendars leave it no such place. As few as "
        "possible move; somebody must call these people now.",
        bad="options: {freeze: 4h}      # the step before it runs late",
        good="options: {freeze: 1h}",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS664",
        "a report of what cannot have happened",
        "What is reported contradicts itself or what the plan knows: something finishes before it "
        "started, part of it is done before it has begun, a group or a hammock is reported, an "
        "actual date that is known is given another time. Nothing is written then; the help says "
        "what would be right.",
        bad="imsgen status go-live.yaml load finished@02:40",
        good="imsgen status go-live.yaml load started@01:15 finished@02:40",
    ),
    Code(
        "IMS665",
        "a report of an activity that is not there",
        "Reports name activities by their id, or by the end of one where that is enough. A typing "
        "mistake must not become progress of something else.",
        bad="imsgen status go-live.yaml laod started",
        good="imsgen status go-live.yaml load started",
    ),
    Code(
        "IMS666",
        "a table of reports that cannot be read",
        "The first line of the table names its columns: `id` with `state`, `at` and `remaining`, "
        "or with `started`, `finished` and `percent`. Commas, semicolons or tabs part the cells.",
        bad="load,done,02:40",
        good="id,state,at\nload,finished,02:40",
    ),
)
