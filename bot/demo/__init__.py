"""The real bot in a simulated Discord in the browser: no token, no account, no network."""

from bot.demo.stage import serve

__all__ = ["serve"]
