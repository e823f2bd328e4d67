"""One answer on its way to Discord: progress, edits, retries of failed sends."""

from bot.replies.ask import Kept, answer_before, ask_library, record_card
from bot.replies.late_replies import edit_original, send_file
from bot.replies.reply import RESTARTING, Replies, refuse_if_stopping, restarted_card
from bot.replies.sending import NOT_SENT, Edit, defer_reply, edit_card, send_card

__all__ = [
    "NOT_SENT",
    "RESTARTING",
    "Edit",
    "Kept",
    "Replies",
    "answer_before",
    "ask_library",
    "defer_reply",
    "edit_card",
    "edit_original",
    "record_card",
    "refuse_if_stopping",
    "restarted_card",
    "send_card",
    "send_file",
]
