"""The questions that the house asks its database; each function's name says what it returns."""
