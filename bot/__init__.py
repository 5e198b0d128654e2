"""The room that talks: Slack, the page, the terminal; the clock, delivery and the commands."""
