"""The doctor's lines on what was promised: what could not be delivered, and the last backup."""

from datetime import datetime

from actions.words import _, ngettext
from bot.findings import Finding
from storage.queries.standing import Standing

_OLD_H = 26


def undelivered(stands: Standing) -> list[Finding]:
    """Return a line on the dead letters of the last seven days; none where there are none."""
    if not stands.undelivered:
        return []
    told = ngettext(
        "{n} message in the last 7 days",
        "{n} messages in the last 7 days",
        stands.undelivered,
    )
    return [Finding(_("Could not be delivered"), "note", told, _("Run: spindel db check"))]


def backup_of(stands: Standing, now: datetime) -> Finding:
    """Return the line on the last backup."""
    what, cure = _("Backup"), _("Take one every night: spindel db backup FOLDER --keep 14")
    if stands.backed_up is None:
        return Finding(what, "note", _("none was ever taken"), cure)
    hours = round((now - stands.backed_up).total_seconds() / 3600)
    told = ngettext("{n} hour old", "{n} hours old", hours)
    if hours > _OLD_H:
        return Finding(what, "note", told, cure)
    return Finding(what, "ok", told)
