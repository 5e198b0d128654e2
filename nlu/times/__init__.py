"""Times as staff write them, in Swedish and English, resolved against the moment of asking.

A message is normalised (normal), cut into lexemes by tables of words (words, lexicon, masks,
lexemes), the lexemes into pieces (dates, periods, clocks, shifts, repeats; grammar), the pieces
put together (reading) and resolved (moments, combined, recurring). Where anything of time is left
over (residue) or more than one reading is likely, the answer is a question.
"""

from nlu.times.finding import find
from nlu.times.rules import expand
from nlu.times.terms import TermCalendar
from nlu.times.when import When
from nlu.times.zones import place

__all__ = ["TermCalendar", "When", "expand", "find", "place"]
