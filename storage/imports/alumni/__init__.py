"""Alumni from the register: the one large file, and the one with consents."""

from storage.imports.alumni.kind import Alumni

__all__ = ["Alumni"]
