"""The validator finds what Slack would refuse."""

from typing import Any

import pytest

from bot.slack.limits import problems, problems_of_view


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": {"type": "plain_text", "text": "x" * 3_001}},
        {"type": "section", "fields": [{"type": "plain_text", "text": "x"}] * 11},
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
        {"type": "actions", "elements": []},
        {"type": "sektion", "text": {"type": "plain_text", "text": "x"}},
        {"type": "section", "txt": {"type": "plain_text", "text": "x"}},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "a|0",
                    "value": "v" * 2_001,
                    "text": {"type": "plain_text", "text": "x"},
                }
            ],
        },
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "a|0",
                    "text": {"type": "plain_text", "text": "x" * 76},
                }
            ],
        },
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "a|0", "text": {"type": "plain_text", "text": "x"}}
            ]
            * 2,
        },
        {
            "type": "input",
            "label": {"type": "plain_text", "text": "x"},
            "element": {"type": "plain_text_input", "action_id": "a"},
        },
    ],
)
def test_the_validator_finds_what_slack_refuses(block: dict[str, Any]) -> None:
    assert problems([block])


def test_the_validator_counts() -> None:
    block = {"type": "section", "text": {"type": "plain_text", "text": "x"}}
    assert problems([block] * 50) == []
    assert problems([block] * 51)
    assert problems([{**block, "block_id": "a"}] * 2)
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [block]}
    assert problems_of_view(view) == []
    assert problems_of_view({**view, "title": {"type": "plain_text", "text": "x" * 25}})
    assert problems_of_view({**view, "private_metadata": "x" * 3_001})
    assert problems_of_view({**view, "blocks": [block] * 101})
