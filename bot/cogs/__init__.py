"""The slash commands, by what people do: reading and curating."""
