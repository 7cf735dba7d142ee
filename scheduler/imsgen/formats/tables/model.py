"""What a table is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from imsgen.formats.clock import local_iso, utc_iso
from imsgen.formats.facts import Facts
from imsgen.model import Instant

Cell = str | int | float | bool | None
"""One value; None where nothing is known."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name, what it means with its unit, and the value of a row."""

    name: str
    meaning: str
    value: Callable[[Facts, Row], Cell]


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A list of rows with the same columns."""

    name: str
    meaning: str
    source: Callable[[Facts], Iterable[Row]]
    columns: tuple[Column[Row], ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(column.name for column in self.columns)

    def rows(self, facts: Facts) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of a schedule."""
        for row in self.source(facts):
            yield tuple(column.value(facts, row) for column in self.columns)


def moment(
    name: str, meaning: str, value: Callable[[Facts, Row], Instant | None]
) -> tuple[Column[Row], Column[Row]]:
    """Return two columns for a date: ``name`` in UTC and ``name_local`` in the plan's zone."""

    def utc(facts: Facts, row: Row) -> Cell:
        instant = value(facts, row)
        return None if instant is None else utc_iso(instant)

    def there(facts: Facts, row: Row) -> Cell:
        instant = value(facts, row)
        return None if instant is None else local_iso(instant, facts.zone)

    return (
        Column(name, f"{meaning}, in UTC", utc),
        Column(f"{name}_local", f"{meaning}, in the plan's zone with its offset", there),
    )


def joined(values: Iterable[str]) -> str:
    """Return several values as one cell."""
    return ", ".join(values)
