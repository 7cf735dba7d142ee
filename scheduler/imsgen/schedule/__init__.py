"""The schedule file: what was solved, with everything an export needs.

``assemble`` makes a :class:`~imsgen.model.Schedule` of analysed dates, ``carry`` makes it the next
revision of the published one, ``write_schedule`` and ``read_schedule`` keep it as JSON.
"""

from __future__ import annotations

from imsgen.schedule.assemble import assemble, with_way_back
from imsgen.schedule.codec import CodecError, decode, encode
from imsgen.schedule.digest import plan_hash
from imsgen.schedule.files import write_file, write_files
from imsgen.schedule.meetings import meetings, tasks
from imsgen.schedule.revisions import carry
from imsgen.schedule.store import (
    dump,
    load_document,
    objective_levels,
    read_schedule,
    to_json,
    write_schedule,
)

__all__ = [
    "CodecError",
    "assemble",
    "carry",
    "decode",
    "dump",
    "encode",
    "load_document",
    "meetings",
    "objective_levels",
    "plan_hash",
    "read_schedule",
    "tasks",
    "to_json",
    "with_way_back",
    "write_file",
    "write_files",
    "write_schedule",
]
