"""What the entity extractor sees of a word: its letters, its shape and its neighbours."""

from collections.abc import Sequence

EDGES = (1, 2, 3, 4)  # how many first and last letters count on their own
REACH = 2  # how many words to either side are seen


def word_features(words: Sequence[str], intent: str) -> list[list[str]]:
    """Return the features of each word of a message, given what the message wants."""
    own = [_of_itself(word) for word in words]
    low = [word.lower() for word in words]
    return [_in_place(own, low, at, intent) for at in range(len(words))]


def shape(word: str) -> str:
    """Return the word's shape, runs shortened: "Göteborg" is "Xx", "FEK101" is "Xd"."""
    kinds: list[str] = []
    for character in word:
        kind = _kind(character)
        if not kinds or kinds[-1] != kind:
            kinds.append(kind)
    return "".join(kinds)


def _kind(character: str) -> str:
    if character.isupper():
        return "X"
    if character.isalpha():
        return "x"
    return "d" if character.isdigit() else character


def _of_itself(word: str) -> list[str]:
    low = word.lower()
    features = [f"w={low}", f"s={shape(word)}", f"n={min(len(word), 8)}"]
    for letters in EDGES:
        if len(low) > letters:
            features += [f"<{low[:letters]}", f">{low[-letters:]}"]
    return features


def _in_place(own: list[list[str]], low: list[str], at: int, intent: str) -> list[str]:
    features = ["bias", *own[at], f"i={intent}", f"i={intent}&w={low[at]}"]
    for distance in range(-REACH, REACH + 1):
        place = at + distance
        if distance and 0 <= place < len(own):
            near = own[place] if abs(distance) == 1 else own[place][:2]
            features += [f"{distance}:{feature}" for feature in near]
        elif distance in (-1, 1):
            features.append(f"{distance}:edge")
    before = low[at - 1] if at else ""
    two_before = low[at - 2] if at > 1 else ""
    features += [f"b={before}&{low[at]}", f"bb={two_before}&{before}", f"i={intent}&b={before}"]
    if at + 1 < len(low):
        features.append(f"a={low[at]}&{low[at + 1]}")
    return features
