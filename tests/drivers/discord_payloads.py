"""What Discord says about users, servers, channels, messages and interactions, as it documents it."""

import itertools
from datetime import UTC, datetime

BOT = 900
APPLICATION = 901
CHANNEL_OFFSET = 1
ALL_PERMISSIONS = str((1 << 50) - 1)
_numbers = itertools.count(10_000)


def fresh_id():
    return str(next(_numbers) << 22)


def guild_id(shard, shards):
    """The id of a server that this shard of so many serves."""
    return str((shards * 1_000 + shard) << 22)


def channel_of(guild):
    return str(int(guild) + CHANNEL_OFFSET)


def guild_of(channel):
    return str(int(channel) - CHANNEL_OFFSET)


def user(number=BOT, name="Footnote", *, bot=True):
    return {
        "id": str(number),
        "username": name,
        "discriminator": "0",
        "global_name": name,
        "avatar": None,
        "bot": bot,
    }


def member(number, name):
    return {
        "user": user(number, name, bot=number == BOT),
        "nick": None,
        "avatar": None,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": ALL_PERMISSIONS,
    }


def application():
    return {
        "id": str(APPLICATION),
        "name": "Footnote",
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "",
        "team": None,
        "owner": user(902, "owner", bot=False),
        "flags": 0,
        "hook": False,
    }


def channel(guild):
    return {
        "id": channel_of(guild),
        "guild_id": guild,
        "type": 0,
        "name": "talk",
        "position": 0,
        "topic": None,
        "nsfw": False,
        "last_message_id": None,
        "parent_id": None,
        "rate_limit_per_user": 0,
        "permission_overwrites": [],
        "permissions": ALL_PERMISSIONS,
    }


def guild(number):
    everyone = {
        "id": number,
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": ALL_PERMISSIONS,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": number,
        "name": "Keepers",
        "owner_id": "902",
        "unavailable": False,
        "member_count": 2,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "preferred_locale": "en-US",
        "afk_timeout": 300,
        "features": [],
        "emojis": [],
        "stickers": [],
        "threads": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "roles": [everyone],
        "channels": [channel(number)],
        "members": [member(BOT, "Footnote")],
    }


def message(channel_number, author, body):
    """A message as Discord stores it; *body* is what was sent."""
    return {
        "id": fresh_id(),
        "channel_id": channel_number,
        "author": author,
        "content": body.get("content") or "",
        "timestamp": datetime.now(UTC).isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "pinned": False,
        "type": 0,
        "mention_everyone": False,
        "mentions": body.get("mentions", []),
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": body.get("components", []),
        "flags": body.get("flags", 0),
    }


def interaction(guild_number, person, kind, data, *, shown_on=None):
    """A command (kind 2) or the press of a button (kind 3) in a server."""
    number = fresh_id()
    payload = {
        "id": number,
        "application_id": str(APPLICATION),
        "type": kind,
        "token": f"token-{number}",
        "version": 1,
        "data": data,
        "guild_id": guild_number,
        "guild": {"id": guild_number, "locale": "en-US", "features": []},
        "channel_id": channel_of(guild_number),
        "channel": channel(guild_number),
        "member": member(person, f"person{person}"),
        "locale": "en-US",
        "guild_locale": "en-US",
        "app_permissions": ALL_PERMISSIONS,
        "entitlements": [],
        "authorizing_integration_owners": {"0": guild_number},
        "context": 0,
        "attachment_size_limit": 10 * 2**20,
    }
    if shown_on is not None:
        payload["message"] = shown_on
    return payload
