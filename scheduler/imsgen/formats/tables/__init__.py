"""The schedule as flat tables, one value a cell, for Power BI, scripts and spreadsheets.

Every table is a list of rows with the same columns; every column says what it means. Ids join the
tables. What has several values is a table of its own, or ids joined by a comma and a space.
"""

from __future__ import annotations

from imsgen.formats.tables.catalogue import TABLES
from imsgen.formats.tables.describe import describe
from imsgen.formats.tables.model import Cell, Column, Table
from imsgen.formats.tables.work import ACTIVITIES

__all__ = ["ACTIVITIES", "TABLES", "Cell", "Column", "Table", "describe"]
