"""The polite noes: what is not built yet, and what somebody's role does not include."""

from actions.access import Role
from actions.reply import Button, Reply
from actions.request import Request
from actions.words import _


def planned(request: Request) -> Reply:
    """Say that something is coming, and who can help until then: not the asker herself."""
    if request.actor.central:
        coming = _("I understand what you want, but I can't do it yet; it is coming.")
        return Reply(coming, private=False)
    if Role.COORDINATOR in request.actor.roles:
        return Reply(
            _(
                "I understand what you want, but I can't do it yet; it is coming. The central "
                "alumni unit can help today."
            ),
            private=False,
        )
    return Reply(
        _(
            "I understand what you want, but I can't do it yet; it is coming. Your alumni "
            "coordinator can help today."
        ),
        (Button(_("Who is the coordinator?"), "intent.find_coordinator"),),
        private=False,
    )


def not_for_you(request: Request) -> Reply:
    """Say that a role does not include something; to management, who can answer instead."""
    if Role.MANAGEMENT in request.actor.roles:
        return Reply(
            _(
                "Your role here does not include that: management gets numbers for the whole, "
                "never names. The alumni coordinator can help you."
            ),
            (Button(_("Who is the coordinator?"), "intent.find_coordinator"),),
            private=False,
        )
    return Reply(
        _(
            "Your role here does not include that. If you think it should, ask the central "
            "alumni unit."
        ),
        private=False,
    )
