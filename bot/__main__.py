"""`spindel`: the command line."""

from bot.commands.root import cli


def main() -> None:
    """Run the command that was typed; exit 0 ok, 2 usage, 3 set-up."""
    cli()


if __name__ == "__main__":
    main()
