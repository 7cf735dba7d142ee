"""The plan hash: equal for two plans that mean the same."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from imsgen.model import Project
from imsgen.schedule.codec import encode


def plan_hash(project: Project) -> str:
    """Return the SHA-256 of the normalised project as hexadecimal text.

    Comments, layout and the order of definitions do not count; the order of the outline does,
    because it breaks ties.
    """
    return digest_of(encode(project))


def digest_of(value: Any) -> str:
    """Return the SHA-256 of a JSON value in canonical form: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
