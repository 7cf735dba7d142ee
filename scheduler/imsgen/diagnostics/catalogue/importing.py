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
        "IMS614",
        "a file that is no key task",
        "A file of a methodology has no front matter that can be read, or does not say of which phase "
        "and number it is. It is left out, and all other files are imported. What the fields are "
        "called is in the rules: `--rules` names those of another methodology.",
        bad="Some text without a head.",
        good="---\nphase: 4\nkeyTask: 17\nname: Go live\n---",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS615",
        "a field of a key task that is missing or of another type",
        "A key task without a name or activities, or text where a list is expected, or the other way "
        "round. The field is left out, and the rest of the key task is imported.",
        bad="activities: 12",
        good="activities:\n  - text: Rehearse the cutover",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS616",
        "something that a methodology says twice",
        "The same activity, stakeholder or document twice in one key task, or two files of the same "
        "phase and number. The first one holds.",
        bad="stakeholders:\n  - Cutover Manager\n  - Cutover manager",
        good="stakeholders:\n  - Cutover Manager",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS617",
        "markup in a key task",
        "HTML, entities, or spaces that do not break. They are removed: a plan holds plain text.",
        bad="- Agree the <b>criteria</b>",
        good="- Agree the criteria",
        severity=Severity.NOTE,
    ),
    Code(
        "IMS618",
        "parties that disagree",
        "A key task names other parties than its activities do. Each activity keeps its own.",
        bad="responsibleParty: customer\nactivities:\n  - {text: Load, responsibleParty: provider}",
        good="responsibleParty: provider\nactivities:\n  - {text: Load, responsibleParty: provider}",
        severity=Severity.NOTE,
    ),
    Code(
        "IMS619",
        "a document that is made too late",
        "A key task reads a document that only a later phase makes, or a key task which itself waits "
        "for the reader. No link is made: it would turn the plan in a circle or upside down. Decide "
        "who really makes it first.",
        bad="inputs: [Test Results]      # in phase 1, made in phase 3",
        good="inputs: [Test Strategy]     # made in phase 1",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS620",
        "a document or role whose name resembles another",
        "No key task makes the document, and its name is close to one that is made; it is taken as "
        "coming from outside, since only people know. Two roles that differ in the form of one word "
        "stay two. Under `aliases:` of the rules both become one.",
        bad="inputs: [Cutover Plans v2]",
        good="aliases: {Cutover Plan: [Cutover Plans v2]}",
        severity=Severity.NOTE,
    ),
    Code(
        "IMS621",
        "a rule of a methodology that means nothing",
        "The file given with `--rules` lacks a key or holds a value of another type. Nothing is "
        "written. Start from a copy of the rules that come with imsgen.",
        bad="kinds: {develop: {verbs: [develop], S: [1d]}}",
        good="kinds: {develop: {verbs: [develop], S: [1d, 2d, 4d], M: [2d, 4d, 8d], L: [4d, 8d, 15d]}}",
    ),
    Code(
        "IMS622",
        "no key tasks",
        "Neither the file nor any in the folder is a key task, so there is nothing to plan.",
        bad="imsgen import docs",
        good="imsgen import playbook/keyTask",
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
    Code(
        "IMS655",
        "a key of front matter that the rules do not know",
        "Nothing of it is imported. It may be misspelt, or new in this methodology: then the rules "
        "say under `fields:` what it is, or under `ignored:` that it is no part of a plan. Said once "
        "for each key, with the first place.",
        bad="activites:\n  - text: Rehearse the cutover",
        good="activities:\n  - text: Rehearse the cutover",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS656",
        "a document that no key task makes",
        "It comes from outside, so the plan has a milestone for its arrival, with an owner. Where it "
        "is made after all under another name, `aliases:` of the rules say so.",
        bad="inputs: [Position Descriptions]",
        good="outputs: [Position Descriptions]      # of an earlier key task",
        severity=Severity.NOTE,
    ),
    Code(
        "IMS657",
        "a page of a phase and its key tasks that differ",
        "The page lists a title that no key task has, or leaves one out. Key tasks come from their "
        "own files alone, so nothing is missing from the plan.",
        bad="name: Conduct Market Research and",
        good="name: Conduct Market Research",
        severity=Severity.NOTE,
    ),
    Code(
        "IMS658",
        "a party the rules do not know",
        "It may be a slip of the pen, or one more party. The plan has it as a party of its own; "
        "`parties:` of the rules names those that are meant, `shared:` words for several.",
        bad="responsibleParty: custmer",
        good="responsibleParty: customer",
        severity=Severity.NOTE,
    ),
)
