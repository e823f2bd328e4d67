"""Rules of a server: permissions, channels, rate limits, moderators."""

from bot.guilds.channels import QUIET_HERE, elsewhere, may_speak
from bot.guilds.moderators import notify_moderators
from bot.guilds.permissions import (
    curators,
    may_add,
    may_curate,
    may_manage,
    may_moderate,
    speak_as_chosen,
    speak_for,
    speak_in,
)
from bot.guilds.rate_limits import question_wait, refuse_if_too_soon

__all__ = [
    "QUIET_HERE",
    "curators",
    "elsewhere",
    "may_add",
    "may_curate",
    "may_manage",
    "may_moderate",
    "may_speak",
    "notify_moderators",
    "question_wait",
    "refuse_if_too_soon",
    "speak_as_chosen",
    "speak_for",
    "speak_in",
]
