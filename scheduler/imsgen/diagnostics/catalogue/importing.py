"""Files of other programs, read into a plan."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS610",
        "a file that cannot be read",
        "The file given to `imsgen import` does not exist, may not be read, or is no XML: it is cut "
        "short, damaged or in an encoding of its own. Nothing is written. Save it again from the "
        "program it comes from: in MS Project, File > Save As > XML Format.",
        bad="imsgen import half-downloaded.xml",
        good="imsgen import plan.xml",
    ),
    Code(
        "IMS611",
        "a file that is refused",
        "Too large, too deep, or with a document type of its own: no program writes such plans, but "
        "whoever wants to fill a machine's memory or read its files does. Nothing of it is read "
        "any further, and nothing is written.",
        bad="imsgen import from-a-stranger.xml      # begins with <!DOCTYPE",
        good="imsgen import plan.xml      # saved from MS Project",
    ),
    Code(
        "IMS612",
        "a file of another program",
        "`imsgen import` reads MS Project XML itself. Primavera's XML and XER files, `.mpp`, `.mpx` "
        "and others come through MPXJ, which is an extra: `pip install 'imsgen[mpxj]'`, and a Java "
        "runtime of version 17 or later, such as the package `openjdk-17-jre-headless`.",
        bad="imsgen import primavera.xml",
        good="imsgen import project.xml      # exported from P6 as MS Project XML",
    ),
    Code(
        "IMS613",
        "a value of the file that means nothing",
        "A date, a duration or a number in the file cannot be read, such as a duration of `NaN`. It "
        "is left out as if it had not been there, and everything else is imported.",
        bad="<Duration>PTNaNH0M0S</Duration>",
        good="<Duration>PT8H0M0S</Duration>",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS630",
        "a workbook that cannot be brought back",
        "`imsgen update` reads workbooks that imsgen wrote for this plan: the hidden sheet `_imsgen` "
        "says what was exported, and the headings of sheet Schedule where each column is now. The "
        "file is none of these, belongs to another plan, or a column was deleted. Nothing is "
        "written.",
        bad="imsgen update go-live.yaml budget.xlsx",
        good="imsgen update go-live.yaml go-live.xlsx",
    ),
    Code(
        "IMS631",
        "a cell that does not say what to change",
        "A date that is text, 50 for 50 %, a formula without a value, a row that is there twice or "
        "has an id the plan does not know, a finish without a start. Nothing is guessed and nothing "
        "is written: mend the cell, save, and update again. A formula without a value was saved by "
        "a program that does not calculate: open the file in Excel or LibreOffice and save it.",
        bad="Schedule!G7: 50",
        good="Schedule!G7: 50%",
    ),
    Code(
        "IMS632",
        "a cell and the plan both changed",
        "The plan says something else than when the workbook was exported, and the cell was edited "
        "too. Take over one of the two by hand: put the plan's value in the cell, or the cell's "
        "value in the plan.",
        bad="Schedule!G7: 60%      # exported as 40%, the plan says 50% by now",
        good="Schedule!G7: 50%",
    ),
)
