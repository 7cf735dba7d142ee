"""Keys that other tools and habits use, and what to write instead.

``{value}`` stands for the value written, ``{owner}`` for the id of the entity.
"""

from __future__ import annotations

from collections.abc import Mapping

_AFTER = "write `after: {value}`"
_NEEDS = "write `needs: {value}`"
_INSIDE = "write `activities: {…}`"
_START = "its start follows from its links; write `constraint: SNET {value}` to hold it back"
_FINISH = "its finish follows; write `deadline: {value}`, or `constraint: FNLT {value}` if hard"

OF_ACTIVITIES: Mapping[str, str] = {
    "before": "links are written on the successor: `{value}: {after: {owner}}`",
    "successors": "links are written on the successor: `{value}: {after: {owner}}`",
    "followed_by": "links are written on the successor: `{value}: {after: {owner}}`",
    "depends": _AFTER,
    "depends_on": _AFTER,
    "dependency": _AFTER,
    "dependencies": _AFTER,
    "predecessor": _AFTER,
    "predecessors": _AFTER,
    "requires": _AFTER,
    "waits_for": _AFTER,
    "follows": _AFTER,
    "lag": "the lag is part of the link: `after: ID FS+{value}`",
    "resource": _NEEDS,
    "resources": _NEEDS,
    "resource_names": _NEEDS,
    "allocate": _NEEDS,
    "assign": _NEEDS,
    "assigned": _NEEDS,
    "assigned_to": _NEEDS,
    "assignee": _NEEDS,
    "uses": _NEEDS,
    "responsible": "write `owner: {value}`",
    "accountable": "write `owner: {value}`",
    "deputy": "write `backup: {value}`",
    "start": _START,
    "begin": _START,
    "start_date": _START,
    "not_before": _START,
    "end": _FINISH,
    "finish": _FINISH,
    "end_date": _FINISH,
    "due": _FINISH,
    "due_date": _FINISH,
    "work": "write `effort: {value}`",
    "estimate": "write `duration: {value}`",
    "complete": "write `percent_complete: {value}`",
    "percent": "write `percent_complete: {value}`",
    "percent_done": "write `percent_complete: {value}`",
    "progress": "write `percent_complete: {value}`",
    "title": "write `name: {value}`",
    "label": "write `name: {value}`",
    "summary": "write `name: {value}`",
    "description": "write `notes: {value}`",
    "comment": "write `notes: {value}`",
    "note": "write `notes: {value}`",
    "tasks": _INSIDE,
    "subtasks": _INSIDE,
    "children": _INSIDE,
    "steps": _INSIDE,
    "url": "write `links: [{value}]`",
    "rollback": "write `undo: {value}`",
    "window": "write `within: {value}`",
    "hammock": "write `spans: {value}`",
    "modes": "write `alternatives: [{needs: …, duration: …}, …]`",
    "id": "the key in front is the id; another system's goes to `uid: {value}`",
    "tag": "write `tags: {value}`",
    "tz": "write times with a zone, or give it a calendar with a `timezone:`",
    "timezone": "write times with a zone, or give it a calendar with a `timezone:`",
}

OF_PLANS: Mapping[str, str] = {
    "tasks": "write `activities:`",
    "task": "write `activities:`",
    "steps": "write `activities:`",
    "project": "write `name: {value}`",
    "title": "write `name: {value}`",
    "version": "write `imsgen: 1`",
    "start_date": "write `start: {value}`",
    "finish": "the finish follows; write `deadline: {value}`",
    "end": "the finish follows; write `deadline: {value}`",
    "end_date": "the finish follows; write `deadline: {value}`",
    "tz": "write `timezone: {value}`",
    "zone": "write `timezone: {value}`",
    "milestones": "write them under `activities:` with `milestone: true`",
    "people": "write `resources:`",
    "team": "write `resources:`",
    "includes": "write `include: {value}`",
    "import": "write `include: {value}`",
    "links": "write `dependencies: {SUCCESSOR: [links]}`",
    "default_calendar": "write `calendar: {value}`",
    "holidays": "write `holidays:` in a calendar",
    "hours_per_day": "write `day: {value}h`",
    "status": "write `status_date:`",
    "communications": "write `comms:`",
    "description": "write `notes: {value}`",
}
