"""The gateway of a Discord on the loopback: sessions, replay of what was missed, and their ends."""

import asyncio
import json
import zlib
from dataclasses import dataclass, field

import discord_payloads as payloads
from aiohttp import web

TOKEN = "loopback.token"


@dataclass
class Connection:
    socket: web.WebSocketResponse
    deflate: object
    session: "Session | None" = None

    async def send(self, op, d=None, t=None, s=None):
        frame = json.dumps({"op": op, "d": d, "t": t, "s": s}).encode()
        if not self.socket.closed:
            await self.socket.send_bytes(self.deflate.compress(frame) + self.deflate.flush(zlib.Z_SYNC_FLUSH))


@dataclass
class Session:
    name: str
    shard: int
    shards: int
    events: list = field(default_factory=list)
    connection: Connection | None = None


class Gateway:
    guilds: list
    port: int

    def __init__(self, heartbeat_ms):
        self.heartbeat_ms = heartbeat_ms
        self.acks_heartbeats = True
        self.refused_connections = 0
        """Connections that are still to fail."""
        self.closed_at_once = 0
        """Connections that are still to be closed before a word is said."""
        self.sessions = {}
        self.happened = []
        """Everything, as tuples, in order."""
        self._changed = asyncio.Event()

    @property
    def gateway_url(self):
        return f"ws://127.0.0.1:{self.port}/gateway"

    def note(self, *event):
        self.happened.append(event)
        self._changed.set()

    async def tell(self, guild, name, payload):
        """Send an event to the shard of a server; one without a connection gets it when it resumes."""
        for session in self.sessions.values():
            if session.shard == (int(guild) >> 22) % session.shards:
                await self._send(session, name, payload)

    async def cut(self, code, shard=0, *, forget=False):
        """Close a shard's connection; *forget* its session too."""
        session = self._session_of(shard)
        if forget:
            del self.sessions[session.name]
        await session.connection.socket.close(code=code)

    async def request(self, op, shard=0, d=None):
        """Send a shard something that is no event: 7 is Reconnect, 9 Invalid Session."""
        await self._session_of(shard).connection.send(op, d)

    async def close(self):
        for session in self.sessions.values():
            await session.connection.socket.close()

    def _session_of(self, shard):
        return next(one for one in reversed(self.sessions.values()) if one.shard == shard)

    async def _connect(self, request):
        if self.refused_connections:
            self.refused_connections -= 1
            self.note("gateway", "refused")
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        connection = Connection(socket, zlib.compressobj())
        if self.closed_at_once:
            self.closed_at_once -= 1
            await socket.close(code=1011)
            return socket
        await connection.send(10, {"heartbeat_interval": self.heartbeat_ms})
        async for frame in socket:
            said = json.loads(frame.data)
            match said["op"]:
                case 1 if self.acks_heartbeats:
                    await connection.send(11)
                case 2:
                    await self._identify(connection, said["d"])
                case 6:
                    await self._resume(connection, said["d"])
        self.note("gateway", "closed")
        return socket

    async def _identify(self, connection, wanted):
        if wanted["token"] != TOKEN:
            await connection.socket.close(code=4004)
            return
        shard, shards = wanted.get("shard") or (0, 1)
        for old in [one for one in self.sessions.values() if one.shard == shard]:
            del self.sessions[old.name]
        session = Session(f"session-{len(self.happened)}", shard, shards, connection=connection)
        self.sessions[session.name] = session
        mine = [guild for guild in self.guilds if (int(guild) >> 22) % shards == shard]
        ready = {
            "v": 10,
            "user": payloads.user(),
            "guilds": [{"id": guild, "unavailable": True} for guild in mine],
            "session_id": session.name,
            "resume_gateway_url": self.gateway_url,
            "shard": [shard, shards],
            "application": {"id": str(payloads.APPLICATION), "flags": 0},
        }
        await self._send(session, "READY", ready)
        for guild in mine:
            await self._send(session, "GUILD_CREATE", payloads.guild(guild))
        self.note("gateway", "identified", shard)

    async def _resume(self, connection, wanted):
        session = self.sessions.get(wanted["session_id"])
        if session is None:
            self.note("gateway", "session unknown")
            await connection.send(9, False)
            return
        session.connection = connection
        for number, name, payload in session.events[wanted["seq"] or 0 :]:
            await connection.send(0, payload, name, number)
        await self._send(session, "RESUMED", {})
        self.note("gateway", "resumed", session.shard)

    async def _send(self, session, name, payload):
        session.events.append((len(session.events) + 1, name, payload))
        await session.connection.send(0, payload, name, len(session.events))
