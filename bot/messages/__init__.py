"""What a message holds: links, attachments, its own words."""

from bot.messages.attachments import ARTICLE_KINDS, KINDS, attachable, is_readable, read_attachment
from bot.messages.edited_questions import EditedQuestions
from bot.messages.messages import links_in, newest_link, source_in
from bot.messages.pasted_commands import pasted_command, pasted_question
from bot.messages.sources import Given, read_given, texts_of

__all__ = [
    "ARTICLE_KINDS",
    "KINDS",
    "EditedQuestions",
    "Given",
    "attachable",
    "is_readable",
    "links_in",
    "newest_link",
    "pasted_command",
    "pasted_question",
    "read_attachment",
    "read_given",
    "source_in",
    "texts_of",
]
