"""Write the pages of docs/reference that follow from the code; `make docs` runs it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from imsgen.cli.main import cli
from imsgen.diagnostics.codes import Code, all_codes
from imsgen.formats.tables import describe
from imsgen.plan.syntax import json_schema
from imsgen.plan.syntax.reference import describe_keys

REFERENCE = Path(__file__).parent / "reference"
TITLES = {
    "IMS1": "Syntax and schema",
    "IMS2": "References and logic",
    "IMS3": "Calendars and time",
    "IMS4": "Resources",
    "IMS5": "Solving",
    "IMS6": "Schedules and their files",
}
NOTE = "<!-- Written by docs/generate.py from the code: `make docs`. -->\n"


def codes() -> str:
    """Return the page of every diagnostic code."""
    parts = [
        NOTE,
        "# Diagnostics\n",
        (
            "Every message of imsgen carries a code; `imsgen rule IMS203` prints its page. Only errors "
            "keep a plan from being solved.\n"
        ),
    ]
    family = ""
    for code in all_codes().values():
        if code.code[:4] != family:
            family = code.code[:4]
            parts.append(f"## {TITLES[family]}\n")
        parts.append(_code(code))
    return "\n".join(parts)


def _code(code: Code) -> str:
    parts = [f"### {code.code}: {code.title}\n", f"*{code.severity}*\n", code.explanation, ""]
    for words, example in (
        ("Instead of", code.bad),
        ("write" if code.bad else "Write", code.good),
    ):
        if example:
            parts += [f"{words}\n", f"```yaml\n{example.strip(chr(10))}\n```\n"]
    return "\n".join(parts)


def commands() -> str:
    """Return the page of every command, as its `--help` says it."""
    parts = [
        NOTE,
        "# Command line\n",
        (
            "Data and summaries go to stdout, diagnostics and progress to stderr. Options can be given "
            "as variables: `IMSGEN_SOLVE_TIME_LIMIT=5m` is `imsgen solve --time-limit 5m`; `--color`, "
            "`--progress` and `--json` are `IMSGEN_COLOR`, `IMSGEN_PROGRESS` and `IMSGEN_JSON` for "
            "every command.\n"
        ),
        "| exit code | meaning |",
        "| --- | --- |",
        "| 0 | done; a schedule that is not proved optimal is 0 and says so |",
        (
            "| 1 | the plan has errors, an `expect:` failed, `--strict` or `--require-optimal` is not "
            "met |"
        ),
        "| 2 | wrong usage, a file that cannot be read or written |",
        "| 3 | proved: no schedule exists |",
        "| 4 | the limit was reached before a first schedule |",
        "| 5 | a bug of ours: nothing is written |",
        "| 130 | interrupted before a first schedule |\n",
    ]
    context = click.Context(cli, info_name="imsgen", **cli.context_settings)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is not None:
            inner = click.Context(command, info_name=name, parent=context, max_content_width=96)
            parts += [f"## imsgen {name}\n", f"```text\n{command.get_help(inner)}\n```\n"]
    return "\n".join(parts)


def schema() -> str:
    """Return the JSON Schema of the plan file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def tables() -> str:
    """Return the page of the tables in JSON and CSV."""
    return f"{NOTE}\n{describe()}"


def keys() -> str:
    """Return the page of every key of a plan."""
    return f"{NOTE}\n{describe_keys()}"


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": commands,
    "codes.md": codes,
    "imsgen.schema.json": schema,
    "keys.md": keys,
    "tables.md": tables,
}


def main() -> None:
    """Write every page."""
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
