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
)
