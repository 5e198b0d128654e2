"""What stands in messages that were sent long ago: never renamed, only added to."""

PRESSES = {
    "announcement.cancel",
    "announcement.correct",
    "announcement.names",
    "announcement.read",
    "announcement.recall",
    "announcement.remind",
    "announcement.report",
    "announcement.resend",
    "contact.approve",
    "contact.ask",
    "contact.contacted",
    "contact.decline",
    "contact.no",
    "contact.suggest",
    "contact.withdraw",
    "contact.yes",
    "coordinator.unit",
    "lecture.approve",
    "lecture.cancel",
    "lecture.cancelled",
    "lecture.decline",
    "lecturer.everywhere",
    "lecturer.without",
    "mentor.everywhere",
    "mentor.more",
    "mentor.without",
    "reminder.cancel",
    "reminder.done",
    "reminder.hour",
    "reminder.mine",
    "reminder.move",
    "reminder.restore",
    "reminder.tomorrow",
    "reminder.undo",
    "settings.language",
    "statement.share",
    "statement.show",
}
SUBMITS = {
    "announcement.corrected", "announcement.save",
    "contact.declined", "contact.save", "contact.suggested", "lecture.declined", "lecture.save",
    "reminder.save",
}  # fmt: skip
OUTBOX_KINDS = {
    "announcement.copy", "announcement.edit", "announcement.progress", "announcement.remind",
    "announcement.undelivered",
    "contact.new", "contact.state", "lecture.day", "lecture.new", "lecture.state",
    "lecture.thanks", "lecture.week", "reminder.due",
}  # fmt: skip
# Understood, and answered honestly that it is coming.
PLANNED = {
    "export_evidence", "find_opportunity", "give_feedback",
    "hand_over_alumnus", "log_contact", "plan_content", "register_event",
    "share_opportunity", "show_contact_history", "show_digest", "show_events", "show_network",
    "show_statistics",
}  # fmt: skip
WITHOUT_FILE = {"confirm", "decline", "out_of_scope", "refine"}
