"""For whoever runs the bot: its commands, health, invite link."""
