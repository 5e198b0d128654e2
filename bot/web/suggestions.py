"""Three first things to try, for each role."""

from collections.abc import Mapping

from actions.access import Role
from actions.words import Text, _

_MENTOR = _("Which alumni are mentors in sustainability?")
_LECTURER = _("I want to book a guest lecturer in marketing on 12 March 13–15")
_REMINDER = _("Remind me tomorrow at 9 to call Volvo")
_COORDINATOR = _("Who is the alumni coordinator at Law?")
_ALUMN = _("What is an alumn?")
_LECTURES = _("Which guest lectures are coming up?")

SUGGESTIONS: Mapping[Role, tuple[Text, Text, Text]] = {
    Role.STAFF: (_MENTOR, _LECTURER, _REMINDER),
    Role.COORDINATOR: (_LECTURES, _MENTOR, _REMINDER),
    Role.CENTRAL: (_MENTOR, _LECTURES, _REMINDER),
    Role.MANAGEMENT: (_COORDINATOR, _ALUMN, _REMINDER),
}
WHAT_THEY_DO: Mapping[Role, Text] = {
    Role.STAFF: _("Teaches. Looks for mentors, books guest lecturers, asks for contact."),
    Role.COORDINATOR: _("Answers for her unit. Approves lectures and contact requests."),
    Role.CENTRAL: _("Holds the network together. Sees the whole university."),
    Role.MANAGEMENT: _("Leads. Sees the whole in numbers, never names."),
}
