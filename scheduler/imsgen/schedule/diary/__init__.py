"""What the calendar says: events with the words, the audience and the identity they have.

Formats only lay this out; the hash of an event is that of its words, so that an event whose words
or time changed is told from one that did not.
"""

from __future__ import annotations
