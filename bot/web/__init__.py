"""The demo's own page: be anybody, talk, press, fill in forms and move the clock."""
