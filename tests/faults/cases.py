"""Every fault by its name, and the databases that it strikes."""

from tests.faults import databases, killing, sending
from tests.faults.scenes import Case

BOTH = ("sqlite", "postgres")
CASES: tuple[tuple[str, tuple[str, ...], Case], ...] = (
    ("kill", BOTH, killing.kill),
    ("sigterm", BOTH, killing.roll),
    ("sigstop", BOTH, killing.stand_still),
    ("storm", BOTH, sending.storm),
    ("cuts", BOTH, sending.cuts),
    ("revoked", BOTH, sending.revoked),
    ("crash", ("postgres",), databases.crash),
    ("lock", BOTH, databases.lock),
    ("full", ("sqlite",), databases.full),
    ("second", ("sqlite",), databases.second),
)
