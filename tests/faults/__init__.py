"""What may go wrong, done on purpose, and how often the bot broke its word."""
