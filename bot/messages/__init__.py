"""What a message holds: links, attachments, its own words."""

from bot.messages.attachments import ARTICLE_KINDS, KINDS, attachable, is_readable, read_attachment
from bot.messages.edited_questions import EditedQuestions
from bot.messages.messages import links_in, newest_link, source_in
from bot.messages.pasted_commands import find_pasted_command, strip_pasted_ask
from bot.messages.sources import Given, read_given, texts_of

__all__ = [
    "ARTICLE_KINDS",
    "KINDS",
    "EditedQuestions",
    "Given",
    "attachable",
    "find_pasted_command",
    "is_readable",
    "links_in",
    "newest_link",
    "read_attachment",
    "read_given",
    "source_in",
    "strip_pasted_ask",
    "texts_of",
]
