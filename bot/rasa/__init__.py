"""Rasa as a child of the bot: started, watched, restarted, stopped."""
