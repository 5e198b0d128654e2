"""Every fault by its name, and the databases that it strikes."""

from tests.faults import killing
from tests.faults.scenes import Case

BOTH = ("sqlite", "postgres")
CASES: tuple[tuple[str, tuple[str, ...], Case], ...] = (
    ("kill", BOTH, killing.kill),
    ("sigterm", BOTH, killing.roll),
    ("sigstop", BOTH, killing.stand_still),
)
