"""The schedule file: versioned JSON that a person can read in a diff."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from imsgen import __version__
from imsgen.errors import UsageError
from imsgen.model import Schedule
from imsgen.schedule.codec import CodecError, decode, encode
from imsgen.schedule.files import write_file

FORMAT: Final = 1
"""Version of the file; it changes only when an older imsgen could not read it rightly."""
KIND: Final = "imsgen schedule"
_WIDTH = 120
_LARGEST = 500_000_000
"""Bytes; a schedule of 5,000 activities has about 10 million."""


def dump(schedule: Schedule) -> dict[str, Any]:
    """Return the JSON document of a schedule: dates first, the plan they belong to last."""
    content = encode(schedule)
    content.pop("revision", None)
    project = content.pop("project")
    content.pop("objective", None)
    return {
        "kind": KIND,
        "format": FORMAT,
        "imsgen": __version__,
        "plan": project["id"],
        "plan_hash": content.pop("plan_hash", ""),
        "revision": schedule.revision,
        "status": content.pop("status"),
        "finish": content.pop("finish"),
        "bound": content.pop("bound"),
        "gap": round(schedule.gap, 6),
        "objective": objective_levels(schedule),
        "run": content.pop("run", {}),
        **content,
        "project": project,
    }


def objective_levels(schedule: Schedule) -> list[dict[str, Any]]:
    """Return the levels of the objective, each with its gap."""
    return [
        {**encode(one), "gap": round(schedule.gap if one.name == "finish" else one.gap, 6)}
        for one in schedule.objective
    ]


def load_document(document: Any, name: str) -> Schedule:
    """Return the schedule of a JSON document; ``name`` says in messages where it came from.

    Raises
    ------
    UsageError
        If it is no schedule, or one of a newer format.
    """
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise UsageError(
            f"`{name}` is not a schedule file: expected a JSON object with `kind: {KIND}`"
        )
    version = document.get("format")
    if not isinstance(version, int) or version > FORMAT:
        raise UsageError(
            f"`{name}` has format `{version}`, this imsgen {__version__} reads up to `{FORMAT}`: "
            "install a newer imsgen"
        )
    try:
        return decode(Schedule, document)
    except CodecError as error:
        where = str(error).removeprefix(".")
        raise UsageError(f"`{name}` is damaged at {where}: solve the plan again") from None


def read_schedule(path: str | Path) -> Schedule:
    """Return the schedule in a file.

    Raises
    ------
    UsageError
        If the file cannot be read, is not a schedule, is cut off or of a newer format.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"`{path}` is larger than 500 MB: not a schedule file")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot read `{path}`: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"`{path}` is not a schedule file: it is not UTF-8 text") from None
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if KIND in text[:200]:
            raise UsageError(
                f"`{path}` is cut off or damaged at line {error.lineno}: restore it, or remove it"
                " and solve the plan again"
            ) from None
        raise UsageError(
            f"`{path}` is not a schedule file: expected JSON, line {error.lineno} is not"
        ) from None
    except RecursionError:
        raise UsageError(f"`{path}` is not a schedule file: nested too deeply") from None
    return load_document(document, str(path))


def to_json(schedule: Schedule) -> str:
    """Return the text of the schedule file: one short record a line, LF, a final newline."""
    return _lay_out(dump(schedule), 0) + "\n"


def write_schedule(schedule: Schedule, path: str | Path) -> None:
    """Write the schedule file whole or not at all.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    write_file(Path(path), to_json(schedule))


def _lay_out(value: Any, indent: int) -> str:
    """Return JSON with each record on a line of its own while it fits the width."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or not value or len(flat) + indent <= _WIDTH:
        return flat
    inner = " " * (indent + 1)
    if isinstance(value, dict):
        lines = [
            f"{json.dumps(key, ensure_ascii=False)}: {_lay_out(one, indent + 1)}"
            for key, one in value.items()
        ]
        opening, closing = "{", "}"
    else:
        lines = [_lay_out(one, indent + 1) for one in value]
        opening, closing = "[", "]"
    body = f",\n{inner}".join(lines)
    return f"{opening}\n{inner}{body}\n{' ' * indent}{closing}"
