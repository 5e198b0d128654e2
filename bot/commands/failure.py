"""What stops a command before it starts, told in a sentence that says what to do."""


class SetUpError(Exception):
    """Something that the command needs is missing or wrong; exit code 3."""
