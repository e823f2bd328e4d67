"""Cards and the buttons on them."""

from bot.views.actions import ActionsButton
from bot.views.answer import answer_card, claims_card, nothing_card
from bot.views.answer_details import AnswerButton, VoteButton, found_quotations_card, quotations_answer
from bot.views.article_buttons import AddButton, ArticleButton
from bot.views.articles import (
    ListButton,
    RemoveButton,
    added_card,
    batch_card,
    info_card,
    list_card,
    list_offset,
    remove_card,
)
from bot.views.base import Form, refuse, say
from bot.views.claims import claims_check_card
from bot.views.digests import LinesButton, digest_answer, overview_card, timeline_answer
from bot.views.dynamic_items import DynamicButton
from bot.views.follow_up import (
    THREAD_EXISTS,
    THREAD_NAME_CHARS,
    FollowButton,
    RetryButton,
    ThreadButton,
    announce_unanswered,
    answer_form,
    answer_question,
)
from bot.views.help import HelpButton, help_card
from bot.views.history import VersionButton, all_refreshed_card, edited_card, history_card, refreshed_card
from bot.views.injection_findings import notify_guild, notify_of_injections
from bot.views.more import MoreButton, NextButton
from bot.views.presses import answer_press
from bot.views.privacy import NOT_YOURS, PrivacyButton, SureButton, privacy_card
from bot.views.quotes import sayings_card, wordings_answer, words_card
from bot.views.reports import DecideButton, ReportsButton, WrongButton, reports_page
from bot.views.settings_panel import PANEL_ITEMS, settings_panel, usage_today
from bot.views.shown_answers import find_shown_answer
from bot.views.summary import kept_summary_card, summary_answer, summary_card
from bot.views.which_article import WhichButton

__all__ = [
    "NOT_YOURS",
    "PANEL_ITEMS",
    "THREAD_EXISTS",
    "THREAD_NAME_CHARS",
    "ActionsButton",
    "AddButton",
    "AnswerButton",
    "ArticleButton",
    "DecideButton",
    "DynamicButton",
    "FollowButton",
    "Form",
    "HelpButton",
    "LinesButton",
    "ListButton",
    "MoreButton",
    "NextButton",
    "PrivacyButton",
    "RemoveButton",
    "ReportsButton",
    "RetryButton",
    "SureButton",
    "ThreadButton",
    "VersionButton",
    "VoteButton",
    "WhichButton",
    "WrongButton",
    "added_card",
    "all_refreshed_card",
    "announce_unanswered",
    "answer_card",
    "answer_form",
    "answer_press",
    "answer_question",
    "batch_card",
    "claims_card",
    "claims_check_card",
    "digest_answer",
    "edited_card",
    "find_shown_answer",
    "found_quotations_card",
    "help_card",
    "history_card",
    "info_card",
    "kept_summary_card",
    "list_card",
    "list_offset",
    "nothing_card",
    "notify_guild",
    "notify_of_injections",
    "overview_card",
    "privacy_card",
    "quotations_answer",
    "refreshed_card",
    "refuse",
    "remove_card",
    "reports_page",
    "say",
    "sayings_card",
    "settings_panel",
    "summary_answer",
    "summary_card",
    "timeline_answer",
    "usage_today",
    "wordings_answer",
    "words_card",
]
