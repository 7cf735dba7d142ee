"""Reading workbooks that other programs saved: cells with values, formulas and addresses.

Only what is needed is read, in one pass and within limits, so that no file, however it was made,
takes more than its share of memory or time.
"""

from __future__ import annotations

from imsgen.formats.xlsx.read.cells import Cell, Form, address
from imsgen.formats.xlsx.read.package import Unreadable
from imsgen.formats.xlsx.read.workbook import Sheet, Workbook, read_workbook

__all__ = ["Cell", "Form", "Sheet", "Unreadable", "Workbook", "address", "read_workbook"]
