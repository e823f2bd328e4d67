"""Beside the demo's messages: a list of places (channel, threads, direct messages) and message menus.

simcord's page shows one channel and has no menus; both are served here, by a server derived from
its own, under the same capability and origin checks. Private names of simcord stay in this file and
in preview.py.
"""

import asyncio
import logging
import secrets
from importlib.resources import files
from typing import Any, ClassVar

from aiohttp import web
from simcord.backend.errors import BackendError, SetupError
from simcord.builders import ChannelHandle
from simcord.enums import AppCommandType
from simcord.preview import Preview
from simcord.preview._server import PreviewServer, _read_json_body
from simcord.results import ResponseMessage

_log = logging.getLogger(__name__)
SCRIPT = "/places.js"
LIST = "/places.json"
DEED = "X-Footnote-Deed"
"""Header of a request to the page's action address that is ours: ``open`` or ``menu``."""


class PlacesServer(PreviewServer):
    """Preview's server, which also lists places, opens them, and runs message menus."""

    _STATIC_FILES: ClassVar[dict[str, str]] = {**PreviewServer._STATIC_FILES, SCRIPT: SCRIPT, LIST: LIST}

    def __init__(self, preview: Preview, guild: Any, port: int) -> None:
        super().__init__(preview, port)
        self._guild = guild
        self._members = {viewer.id: viewer for viewer in preview.viewers}
        self.one_at_a_time = asyncio.Lock()
        """simcord refuses to do two things at once: actions and its clock take turns."""
        self.busy = False
        """Whether a menu's command runs; Preview knows only of its own actions."""

    async def _static(self, request: Any) -> Any:
        if request.path == LIST:
            return self._list(request)
        if request.path == SCRIPT:
            text = files("bot.demo").joinpath("places.js").read_text("utf-8")
            return web.Response(
                text=text, content_type="application/javascript", headers=self._SECURITY_HEADERS
            )
        response = await super()._static(request)
        if request.path == "/":
            script = f'<script type="module" src="{SCRIPT}"></script></body>'
            response.text = response.text.replace("</body>", script)
        return response

    async def _pages(self, request: Any) -> Any:
        """Open a page at the newest message: without this, a reload shows what the first page showed."""
        source: Any = self.preview._python
        source.target_id = self.preview._initial_target(source.viewer, self.preview.channel.id)
        source.window_end_id = None
        return await super()._pages(request)

    async def _action(self, request: Any) -> Any:
        async with self.one_at_a_time:
            if DEED not in request.headers:
                return await super()._action(request)
            if not self._authorized(request):
                raise web.HTTPUnauthorized()
            body = await _read_json_body(request)
            try:
                if request.headers[DEED] == "open":
                    self._open(int(body["place"]))
                else:
                    await self._run_menu(str(body["name"]), int(body["message"]))
            except (SetupError, BackendError, KeyError, TypeError, ValueError) as error:
                _log.info("the page asked for what cannot be done: %s", type(error).__name__)
                return web.json_response(
                    {"error": "That cannot be done here. Reload the page and try again."},
                    status=web.HTTPBadRequest.status_code,
                    headers=self._SECURITY_HEADERS,
                )
            return web.json_response({}, headers=self._SECURITY_HEADERS)

    def _list(self, request: Any) -> Any:
        """Answer with the places that the viewer can open, and the menu of a message here."""
        if not self._authorized(request):
            raise web.HTTPUnauthorized()
        try:
            page = self._page()
        except SetupError as error:  # the page was closed, or is not open yet
            raise web.HTTPGone(text="{}", content_type="application/json") from error
        backend = self.preview.env.backend
        member = self._members[page.viewer.id]
        here = page.channel_id
        places = []
        for number in self._guild._guild.channel_ids:
            places.append(self._place(backend.channels[number], "channel", here))
            places += [
                self._place(one, "thread", here)
                for one in backend.channels.values()
                if one.is_thread and one.parent_id == number
            ]
        dm = backend.get_dm_channel(member.id)
        name = f"{member.user.global_name or member.user.name} and {backend.bot_user.name}"
        places.append({"id": str(dm.id), "name": name, "kind": "direct", "here": dm.id == here})
        menus = []
        if dm.id != here:
            menus = [
                command["name"]
                for command in backend.visible_commands(
                    user_id=member.id, channel_id=here, type=AppCommandType.MESSAGE
                )
            ]
        return web.json_response({"places": places, "menus": menus}, headers=self._SECURITY_HEADERS)

    def _place(self, channel: Any, kind: str, here: int) -> dict[str, Any]:
        return {"id": str(channel.id), "name": channel.name, "kind": kind, "here": channel.id == here}

    def _page(self) -> Any:
        """Return the page that somebody looks at: the last one opened in a browser."""
        pages = [page for page in self.preview._pages.values() if page.id != "python"]
        if not pages:
            raise SetupError("no page is open")
        return pages[-1]

    def _open(self, number: int) -> None:
        """Show another place to everybody who looks."""
        preview = self.preview
        channel = preview.env.backend.get_channel(number)
        preview.channel = ChannelHandle(preview.env, self._guild if channel.guild_id else None, channel)
        for page in tuple(preview._pages.values()):
            preview._clear_page_assets(page)
            member = self._members[page.viewer.id]
            page.viewer = member if channel.guild_id else member.user
            page.channel_id = number
            preview._reset_queries(page)
            page.modal = page.modal_handle = None
            page.status = "current"
            page.target_id = preview._initial_target(page.viewer, number)
            page.window_end_id = None
            page.generation += 1
            preview._publish(page, reason="navigation")

    async def _run_menu(self, name: str, message: int) -> None:
        """Run an entry of a message's menu, and show its form if it opens one."""
        preview, page = self.preview, self._page()
        stored = preview.env.backend.get_message(page.channel_id, message)
        self.busy = True
        try:
            result = await page.viewer.context_menu(
                preview.channel, name, ResponseMessage(preview.env, stored)
            )
        finally:
            self.busy = False
        if result.modal:
            page.modal, page.modal_handle = result, "m_" + secrets.token_urlsafe(12)
        preview._publish_message_pages()
