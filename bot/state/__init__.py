"""What the bot keeps in memory while it runs: settings of servers, limiters, offers, metrics."""

from bot.state.answer_log import Track, log_line
from bot.state.guild_settings import ChosenSettings, GuildSettings, read_domains
from bot.state.limiter import Clock, Limiter, Pace, SharedLimiter
from bot.state.metrics import CONTENT_TYPE, Metrics
from bot.state.offers import Offers, Source

__all__ = [
    "CONTENT_TYPE",
    "ChosenSettings",
    "Clock",
    "GuildSettings",
    "Limiter",
    "Metrics",
    "Offers",
    "Pace",
    "SharedLimiter",
    "Source",
    "Track",
    "log_line",
    "read_domains",
]
