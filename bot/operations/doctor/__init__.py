"""Checks of everything the bot needs."""
