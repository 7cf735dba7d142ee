"""The reference page of the tables, from the tables themselves."""

from __future__ import annotations

from imsgen.formats.tables.catalogue import TABLES


def describe() -> str:
    """Return the page in Markdown: what each table and column means."""
    parts = [
        "# Tables: JSON and CSV\n",
        (
            "`imsgen solve -f json` writes `NAME.json`: one object with `imsgen_tables`, the version, "
            "and one list of flat objects for each table below. A new column does not raise the "
            "version, a changed or removed one does. `-f csv` writes the table `activities` alone, in "
            "UTF-8 with a byte order mark; text that a spreadsheet would run as a formula gets an "
            "apostrophe before it.\n"
        ),
        (
            "Dates come twice: `start` is UTC, `start_local` the same instant in the plan's zone with "
            "its offset. A finish is the first minute after. Several ids in one cell are joined by a "
            "comma and a space. Empty is `null`, in CSV nothing.\n"
        ),
    ]
    for table in TABLES:
        parts += [
            f"## {table.name}\n",
            _sentence(table.meaning),
            "| column | meaning |",
            "|---|---|",
        ]
        parts += [f"| `{column.name}` | {column.meaning} |" for column in table.columns]
        parts.append("")
    return "\n".join(parts)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}.\n"
