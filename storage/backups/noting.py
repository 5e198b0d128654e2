"""What is written into a database that was restored, and asked of it, on either kind."""

NOTE = (
    "INSERT INTO setting (key, value) VALUES (:key, :value) "
    "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
WAITING = "SELECT count(*) FROM outbox WHERE state = 'pending' AND due_utc <="
REFIRED = "SELECT count(*) FROM schedule WHERE state = 'active' AND next_due_utc <="
