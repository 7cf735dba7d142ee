"""Timings of rehearsals."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code

CODES: tuple[Code, ...] = (
    Code(
        "IMS650",
        "no table of timings",
        "The timings of a rehearsal are a CSV file whose first row names its columns: `id`, with `start` and "
        "`finish`, or with `duration`, and `pause` where work stopped. `,`, `;`, tab and `|` part the cells.",
        bad="stop;19:00;19:40",
        good="id,start,finish\nstop,2026-11-20 19:00,2026-11-20 19:40",
    ),
    Code(
        "IMS651",
        "no step to time",
        "A row names the step by its id, with its groups or, where only one ends so, without. Milestones, "
        "hammocks and groups have no duration to learn, and each step stands once in a file.",
        bad="id,duration\ncutover,9h",
        good="id,duration\ncutover.load,5h40m",
    ),
    Code(
        "IMS652",
        "a timing that cannot be read",
        "Times are local times of the plan, `2026-11-20 19:00`; spans are hours and minutes, or minutes. A "
        "step that was not rehearsed has no row.",
        bad="id,start,finish\nload,19:00,",
        good="id,start,finish\nload,2026-11-20 19:00,2026-11-21 00:40",
    ),
    Code(
        "IMS653",
        "a timing that cannot be",
        "A step finishes after it starts, does not pause longer than it takes, and takes at most 60 days.",
        bad="id,start,finish\nload,2026-11-20 19:00,2026-11-20 18:40",
        good="id,start,finish\nload,2026-11-20 19:00,2026-11-21 00:40",
    ),
)
