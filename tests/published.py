"""What stands in messages that were sent long ago: never renamed, only added to."""

PRESSES = {
    "contact.approve",
    "contact.ask",
    "contact.contacted",
    "contact.decline",
    "contact.no",
    "contact.suggest",
    "contact.withdraw",
    "contact.yes",
    "coordinator.unit",
    "digest.show",
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
    "reminder.later",
    "reminder.mine",
    "reminder.monday",
    "reminder.move",
    "reminder.mute",
    "reminder.refuse",
    "reminder.restore",
    "reminder.tomorrow",
    "reminder.undo",
    "reminder.unmute",
    "settings.digest",
    "settings.form",
    "settings.language",
    "statement.share",
    "statement.show",
}
SUBMITS = {
    "contact.declined", "contact.save", "contact.suggested", "lecture.declined", "lecture.save",
    "reminder.save", "reminder.snooze", "settings.save",
}  # fmt: skip
OUTBOX_KINDS = {
    "contact.new", "contact.state", "digest.weekly", "lecture.day", "lecture.new", "lecture.state",
    "lecture.thanks", "lecture.week", "reminder.due", "reminder.off",
    "reminder.told", "reminder.unreached",
}  # fmt: skip
# Understood, and answered honestly that it is coming.
PLANNED = {
    "export_evidence", "find_opportunity", "follow_up_announcement", "give_feedback",
    "hand_over_alumnus", "log_contact", "plan_content", "register_event", "send_announcement",
    "share_opportunity", "show_contact_history", "show_events", "show_network",
    "show_statistics",
}  # fmt: skip
WITHOUT_FILE = {"confirm", "decline", "out_of_scope", "refine"}
