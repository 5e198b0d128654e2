"""Words can be read: every pair of ink and paper that the page uses keeps WCAG AA."""

import re

import pytest

from bot.web.rendering import HERE

_VARIABLE = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
COLOURS = dict(_VARIABLE.findall((HERE / "static" / "page.css").read_text())) | {"white": "#ffffff"}
_PAPERS = ("paper", "sheet", "white")


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1–21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("paper", _PAPERS)
@pytest.mark.parametrize("ink", ["ink", "soft", "deep", "deeper", "brass", "wrong"])
def test_text_on_paper(ink: str, paper: str) -> None:
    assert contrast(COLOURS[ink], COLOURS[paper]) >= 4.5


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("white", "deep"),
        ("white", "deeper"),
        ("white", "brass"),
        ("deep", "pale"),
        ("ink", "pale"),
        ("ink", "brass-pale"),
        ("wrong", "wrong-pale"),
    ],
)
def test_text_on_colour(ink: str, paper: str) -> None:
    assert contrast(COLOURS[ink], COLOURS[paper]) >= 4.5


@pytest.mark.parametrize("paper", _PAPERS)
@pytest.mark.parametrize("line", ["edge", "brass"])
def test_edges_of_controls_and_focus(line: str, paper: str) -> None:
    assert contrast(COLOURS[line], COLOURS[paper]) >= 3
