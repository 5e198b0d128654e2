"""The Swedish catalogue; English stands in the code as the message ids."""
