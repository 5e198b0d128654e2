"""The page's own words: everything on it that the bot did not say."""

from collections.abc import Mapping
from functools import lru_cache

from actions.words import Text, _
from bot.translation import Locale, render

# Keys are read in the templates as t.key.
_WORDS: Mapping[str, Text] = {
    "skip": _("Skip to the content"),
    "demo": _("Demo"),
    "university": _("Nordhamn University"),
    "footer": _("A demo on this computer. Nordhamn University and everybody in it are invented."),
    "language": _("Language"),
    "gallery": _("Gallery"),
    "gone": _("That page does not exist."),
    "gone_help": _("It may have been there before the demo was started anew."),
    "broken": _("The database does not answer."),
    "broken_help": _("Check that the disk has room and that nothing else holds the file."),
    "start": _("To the start"),
    # choosing
    "choose_title": _("Who do you want to be?"),
    "choose_lead": _(
        "Spindel helps a university keep in touch with its alumni, in the chat where staff "
        "already are. Choose a role and try it. You can change whenever you like."
    ),
    "others_title": _("Somebody else"),
    "others_label": _("Search by name, unit or role"),
    "others_search": _("Search"),
    "others_none": _("Nobody here matches that."),
    # the conversation
    "conversation": _("Conversation"),
    "change_person": _("Change person"),
    "you": _("You"),
    "bot": _("Spindel"),
    "write": _("Write to Spindel"),
    "send": _("Send"),
    "try": _("Try this"),
    "thinking": _("Spindel is thinking …"),
    "news": _("Fetch new messages"),
    "empty": _("Write something first."),
    "too_long": _("That is too long: 4,000 characters at most. Your text is still in the box."),
    "unreached": _(
        "Spindel does not answer. Check that the demo is still running, then try again."
    ),
    "optional": _("optional"),
    "choose_one": _("Choose …"),
    "send_form": _("Send the form"),
    "older": _("Only the last messages are kept."),
    # the clock
    "clock": _("The bot's clock"),
    "clock_help": _("Move the time forward and see reminders arrive. It cannot go back."),
    "clock_hour": _("One hour forward"),
    "clock_tomorrow": _("Tomorrow at 08:00"),
    "clock_monday": _("Monday at 08:00"),
    "clock_at": _("Another time"),
    "clock_go": _("Go there"),
    "clock_wrong": _("Choose a time that lies ahead, at most a year."),
    "elsewhere": _("Messages for others"),
    "elsewhere_none": _("When somebody else gets a message, it is shown here."),
    # the gallery
    "gallery_title": _("Every answer, side by side"),
    "gallery_lead": _(
        "The bot's real answers, made just now in a copy of the demo's database: as this page "
        "shows them, as Slack would, and as Teams would."
    ),
    "as_page": _("On the page"),
    "as_slack": _("In Slack"),
    "as_slack_form": _("The form in Slack"),
    "as_teams": _("In Teams"),
    "teams_dark": _("Show Teams in dark colours"),
    "contents": _("Contents"),
    "gallery_unshown": _("Buttons and forms that no example here uses"),
    "gallery_stuck": _("This example stopped here: nothing offered {button}."),
    "gallery_sqlite": _("The gallery needs the demo's own SQLite database."),
}


@lru_cache(maxsize=2)
def words(locale: Locale) -> Mapping[str, str]:
    """Return the page's words in a language."""
    return {key: render(text, locale) for key, text in _WORDS.items()}
