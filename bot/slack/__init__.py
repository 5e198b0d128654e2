"""Slack: events in, neutral replies drawn as Block Kit out."""
