"""Words in an Adaptive Card, made so that nobody's words can become markup, a link or a mention.

A TextBlock reads Markdown; the runs of a RichTextBlock do not, so every word stands in a run.
"""

from typing import Any

Json = dict[str, Any]


def run(text: str, **style: Any) -> Json:
    """Return a run of text; style: weight, color, isSubtle, size as Adaptive Cards name them."""
    return {"type": "TextRun", "text": text, **style}


def block(*runs: Json, tight: bool = True) -> Json:
    """Return one line of runs; tight: close to the line above."""
    made: Json = {"type": "RichTextBlock", "inlines": list(runs)}
    return {**made, "spacing": "Small"} if tight else made


def paragraphs(text: str, **style: Any) -> list[Json]:
    """Return a line for each line of a text; an empty one parts its neighbours."""
    made: list[Json] = []
    apart = True
    for line in text.splitlines():
        if line.strip():
            made.append(block(run(line.strip(), **style), tight=not apart))
        apart = not line.strip()
    return made
