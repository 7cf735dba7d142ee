"""Workbooks that come back, and those of other people."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS633",
        "an edit of the workbook that is not read",
        "Only the yellow cells come back: % complete, actual dates, what remains, owner, notes, the "
        "status date, decisions of gates. Somebody changed another cell, such as a start, to see "
        "the bar move; or a column or a copy of a sheet is not what was exported. What the plan "
        "says stays, and the next workbook shows it again.",
        bad="Schedule!H7: 2027-03-05 08:00      # the start of an activity",
        good="pack: {duration: 3d, constraint: SNET 2027-03-05 08:00}      # in the plan",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS634",
        "a gate that is decided and not held",
        "The decision is kept among the gate's own fields, where the next workbook finds it. When it "
        "was taken is another fact: without an actual finish the gate stays planned after the "
        "status date, and everything behind it too.",
        bad="go-live: {duration: 1h, fields: {decision: GO}}",
        good="progress: {go-live: {actual_start: 2027-03-12 17:00, actual_finish: 2027-03-12 18:00}}",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS635",
        "a workbook that cannot be imported",
        "It is no workbook, protected with a password, in the format of Excel 97, damaged, larger "
        "than anyone reads, or it has no rows below its headings. Nothing is written.",
        bad="imsgen import schedule.xls",
        good="imsgen import schedule.xlsx",
    ),
    Code(
        "IMS636",
        "columns that nobody knows",
        "The headings are not those of the M3 Master Schedule Template, of MS Project's table of "
        "tasks or of imsgen. Which column is which is not guessed: say it, by letter or heading.",
        bad="imsgen import schedule.xlsx",
        good="imsgen import schedule.xlsx --columns 'id=A,name=\"Task name\",duration=C'",
    ),
)
