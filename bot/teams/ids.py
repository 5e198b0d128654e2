"""GUIDs, as Microsoft names apps and tenants."""

import re

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


def is_guid(value: str) -> bool:
    """Whether a text has a GUID's form."""
    return _GUID.fullmatch(value) is not None


def is_same_id(given: object, ours: str) -> bool:
    """Whether a GUID, as somebody else wrote it, is ours; an empty one is nobody's."""
    return isinstance(given, str) and bool(ours) and given.lower() == ours.lower()
