"""Every fault by its name, and the databases that it strikes."""

from tests.faults import clocks, databases, events, killing, models, nights, nth, sending
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
    ("duplicates", BOTH, events.duplicates),
    ("duplicates_kills", BOTH, events.duplicates_and_kills),
    ("answers_cut", BOTH, events.answers_cut),
    ("clock_jumps", BOTH, clocks.jumps),
    ("away_10_s", BOTH, clocks.away_10_s),
    ("away_1_h", BOTH, clocks.away_1_h),
    ("away_3_d", BOTH, clocks.away_3_d),
    ("nth_database_call", BOTH, nth.database),
    ("nth_http_call", BOTH, nth.http),
    ("dst_nights", BOTH, nights.dst_nights),
    ("years_2020_2040", ("sqlite",), nights.twenty_years),
    ("rasa_dead", ("sqlite",), models.dead),
    ("rasa_slow", ("sqlite",), models.slow),
    ("rasa_nonsense", ("sqlite",), models.nonsense),
)
