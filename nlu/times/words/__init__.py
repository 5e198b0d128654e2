"""Language as data: what each word of time means, one file per language.

A table gives each symbol of the grammar the words that mean it. Words are parted by blanks; an
underscore joins the words of a phrase. Case and the dots of å, ä and ö do not matter, except for
the words in EXACT, which without them are other words (mån is Monday, man is not).
"""
