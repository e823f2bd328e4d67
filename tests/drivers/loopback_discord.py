"""A Discord on the loopback, for what a simulated one in memory cannot show: the wire and its faults.

The real discord.py connects to it over HTTP and a websocket. It answers as little of Discord as the
bot uses, remembers what happened in the order in which it happened, and fails as it is told.
"""

import asyncio
import json
from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from fnmatch import fnmatch

import discord_payloads as payloads
import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route
from loopback_gateway import Gateway

PATIENCE_S = 20
VIA = {"Via": "1.1 google"}


@dataclass
class Fault:
    """What befalls the next *times* requests to *path* (a pattern)."""

    method: str
    path: str
    status: int = 0
    """0: the connection is dropped."""
    times: int = 1
    body: object = field(default_factory=lambda: {"message": "injected", "code": 0})
    headers: dict = field(default_factory=lambda: VIA)
    after: bool = False
    """The request is carried out first, and only its answer is lost."""


@dataclass
class Asked:
    """An interaction, and what the bot made of it."""

    payload: dict
    acknowledged: bool = False
    cards: list = field(default_factory=list)
    """Components of the answer, one entry an edit."""

    @property
    def said(self):
        return [texts(card) for card in self.cards]


class LoopbackDiscord(Gateway):
    def __init__(self, *, shards=1, heartbeat_ms=41_250):
        super().__init__(heartbeat_ms)
        self.shards = shards
        self.guilds = [payloads.guild_id(shard, shards) for shard in range(shards)]
        self.faults = []
        self.messages = {}
        self.asked = {}
        self.unknown = []
        self._nonces = {}

    # -- life --------------------------------------------------------------

    @asynccontextmanager
    async def open(self):
        app = web.Application()
        app.router.add_get("/gateway", self._connect)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.rest_url, yarl.URL(self.gateway_url)
        try:
            yield self
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
            await self.close()
            await runner.cleanup()

    @property
    def rest_url(self):
        return f"http://127.0.0.1:{self.port}/api/v10"

    def count(self, *event):
        return Counter(self.happened)[event]

    async def until(self, is_so):
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():
                self._changed.clear()
                with suppress(TimeoutError):  # not everything that is waited for happens here
                    await asyncio.wait_for(self._changed.wait(), 0.02)

    # -- what people do ----------------------------------------------------

    async def slash(self, person, command, guild=None, **options):
        kinds = {str: 3, int: 4, bool: 5}
        given = [{"name": key, "type": kinds[type(one)], "value": one} for key, one in options.items()]
        data = {"id": "77", "name": command, "type": 1, "options": given}
        return await self._interact(payloads.interaction(guild or self.guilds[0], person, 2, data))

    async def press(self, person, custom_id, card, guild=None, flags=0):
        """Press a button on a message that shows *card*."""
        channel = payloads.channel_of(guild or self.guilds[0])
        shown = payloads.message(channel, payloads.user(), {"components": card, "flags": flags | 1 << 15})
        data = {"component_type": 2, "custom_id": custom_id}
        return await self._interact(
            payloads.interaction(guild or self.guilds[0], person, 3, data, shown_on=shown)
        )

    async def mention(self, person, words, guild=None):
        guild = guild or self.guilds[0]
        body = {"content": f"<@{payloads.BOT}> {words}", "mentions": [payloads.user()]}
        author = payloads.user(person, f"person{person}", bot=False)
        said = payloads.message(payloads.channel_of(guild), author, body)
        known = {key: one for key, one in payloads.member(person, "x").items() if key != "user"}
        self.messages[said["id"]] = said
        await self.tell(guild, "MESSAGE_CREATE", {**said, "guild_id": guild, "member": known})
        return said

    async def _interact(self, payload):
        asked = self.asked[payload["id"]] = Asked(payload)
        await self.tell(payload["guild_id"], "INTERACTION_CREATE", payload)
        return asked

    # -- REST --------------------------------------------------------------

    async def _rest(self, request):
        path = "/" + request.match_info["path"]
        fault = next((one for one in self.faults if self._strikes(one, request.method, path)), None)
        if fault is not None:
            fault.times -= 1
            if fault.after:
                await self._answered(request, path)
            self.note("fault", fault.status, request.method)
            if not fault.status:
                request.transport.abort()
                return web.Response()
            return _response(fault.status, fault.body, fault.headers)
        status, body = await self._answered(request, path)
        return _response(status, body, VIA)

    def _strikes(self, fault, method, path):
        return fault.times > 0 and fault.method == method and fnmatch(path, fault.path)

    async def _answered(self, request, path):
        body = await request.json() if request.can_read_body else {}
        if request.method == "GET":
            return self._read(path)
        match request.method, path.strip("/").split("/"):
            case "PUT", ["applications", _, "commands"]:
                return 200, []
            case "POST", ["channels", channel, "messages"]:
                return 200, self._posted(channel, body)
            case "PATCH", ["channels", _, "messages", number]:
                self.messages[number]["components"] = body["components"]
                self.note("edited", number, texts(body["components"]))
                return 200, self.messages[number]
            case "POST", ["interactions", number, _, "callback"]:
                return self._acknowledged(self.asked[number], body)
            case (("PATCH" | "POST"), ["webhooks", _, token, *_]):
                if request.method == "POST":
                    self.note("whispered" if body.get("flags", 0) & 1 << 6 else "followed")
                return 200, self._answer(token, body)
        self.unknown.append((request.method, path))
        return 404, {"message": "Unknown", "code": 0}

    def _read(self, path):
        match path.strip("/").split("/"):
            case ["users", "@me"]:
                return 200, payloads.user()
            case ["oauth2", "applications", "@me"]:
                return 200, payloads.application()
            case ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
                return 200, {"url": self.gateway_url, "shards": self.shards, "session_start_limit": limit}
            case ["guilds", guild]:
                return 200, payloads.guild(guild)
            case ["channels", channel, "messages"]:
                return 200, [one for one in self.messages.values() if one["channel_id"] == channel]
            case ["channels", channel]:
                return 200, payloads.channel(payloads.guild_of(channel))
        self.unknown.append(("GET", path))
        return 404, {"message": "Unknown", "code": 0}

    def _posted(self, channel, body):
        nonce = body.get("nonce")
        if nonce in self._nonces and body.get("enforce_nonce"):
            self.note("doubled", channel)
            return self._nonces[nonce]
        posted = payloads.message(channel, payloads.user(), body)
        self.messages[posted["id"]] = self._nonces[nonce] = posted
        self.note("posted", channel, texts(posted["components"]))
        return posted

    def _acknowledged(self, asked, body):
        if asked.acknowledged:
            return 400, {"message": "Interaction has already been acknowledged.", "code": 40060}
        asked.acknowledged = True
        self.note("acknowledged", asked.payload["id"])
        if components := (body.get("data") or {}).get("components"):
            asked.cards.append(components)
        kind = asked.payload["type"]
        return 200, {"interaction": {"id": asked.payload["id"], "type": kind}}

    def _answer(self, token, body):
        asked = self.asked[token.removeprefix("token-")]
        asked.cards.append(body["components"])
        self.note("answered", asked.payload["id"], texts(body["components"]))
        return payloads.message(asked.payload["channel_id"], payloads.user(), body)


def _response(status, body, headers):
    """discord.py reads JSON only under this very content type, without a charset."""
    if isinstance(body, str):
        return web.Response(status=status, text=body, content_type="text/html", headers=headers)
    headers = {**headers, "Content-Type": "application/json"}
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)


def parts(components):
    """Every component, those inside others too."""
    for one in components:
        yield one
        yield from parts(one.get("components", []))


def texts(components):
    return "\n".join(one["content"] for one in parts(components) if one["type"] == 10)


def custom_ids(components):
    """Label to custom_id."""
    return {one["label"]: one.get("custom_id") for one in parts(components) if one["type"] == 2}
