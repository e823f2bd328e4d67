"""One answer on its way to Discord: progress, edits, retries of failed sends."""

from bot.replies.ask import Kept, answer_before, ask_library, recorded_card
from bot.replies.late_replies import edit_original
from bot.replies.reply import RESTARTING, Replies, restarted_card, turned_away_by_restart
from bot.replies.sending import NOT_SENT, Edit, deferred, edited, sent

__all__ = [
    "NOT_SENT",
    "RESTARTING",
    "Edit",
    "Kept",
    "Replies",
    "answer_before",
    "ask_library",
    "deferred",
    "edit_original",
    "edited",
    "recorded_card",
    "restarted_card",
    "sent",
    "turned_away_by_restart",
]
