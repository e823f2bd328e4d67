"""For operators: its commands, health, invite link."""
