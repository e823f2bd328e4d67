import asyncio
import gzip

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from retrieval.errors import NotReadable, RetrievalError, SourceRefused, SourceUnavailable
from retrieval.sources.fetch import GuardedFetcher

pytestmark = pytest.mark.wire

PAGE = b"<!doctype html><html><body><p>The ferry runs again.</p></body></html>"


def page(body=PAGE, **headers):
    async def answer(request):
        return web.Response(body=body, headers={"Content-Type": "text/html; charset=utf-8", **headers})

    return answer


def redirect(target, status=302):
    async def answer(request):
        return web.Response(status=status, headers={"Location": target} if target is not None else {})

    return answer


def status(code):
    async def answer(request):
        return web.Response(status=code, text="no")

    return answer


async def count_down(request):
    left = int(request.match_info["left"])
    return (
        web.Response(status=307, headers={"Location": f"/down/{left - 1}"})
        if left
        else web.Response(body=PAGE, content_type="text/html")
    )


async def drip(request):
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    for _ in range(100):
        await response.write(b"<p>")
        await asyncio.sleep(0.02)
    return response


async def never(request):
    await asyncio.sleep(5)


async def break_off(request):
    response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": "5000"})
    await response.prepare(request)
    await response.write(PAGE)
    request.transport.close()
    return response


async def endless(request):
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    while True:
        await response.write(b"<p>more</p>" * 2_000)


async def echo(request):
    lines = [f"{name}: {value}" for name, value in request.headers.items()]
    response = web.Response(text="\n".join(lines))
    response.set_cookie("seen", "yes")
    return response


@pytest.fixture
async def site():
    app = web.Application()
    app.router.add_get("/down/{left}", count_down)
    for path, answer in {
        "/page": page(),
        "/gzip": page(gzip.compress(PAGE), **{"Content-Encoding": "gzip"}),
        "/bomb": page(gzip.compress(b"<p>" * 9_000_000), **{"Content-Encoding": "gzip"}),
        "/brotli": page(**{"Content-Encoding": "br"}),
        "/large": page(b"<html>" + b"x" * 200_000),
        "/endless": endless,
        "/drip": drip,
        "/never": never,
        "/break-off": break_off,
        "/echo": echo,
        "/empty": page(b""),
        "/image": page(b"\x89PNG\r\n\x1a\n", **{"Content-Type": "image/png"}),
        "/json": page(b'{"a": 1}', **{"Content-Type": "application/json"}),
        "/feed": page(b"<?xml version='1.0'?><rss/>", **{"Content-Type": "application/rss+xml"}),
        "/disguised": page(b"\x89PNG\r\n\x1a\n" + bytes(100)),
        "/bad-charset": page(**{"Content-Type": 'text/html; charset="'}),
        "/moved": redirect("/page", 301),
        "/loop": redirect("/loop"),
        "/ping": redirect("/pong"),
        "/pong": redirect("/ping"),
        "/inside": redirect("http://127.0.0.1:1/"),
        "/metadata": redirect("http://169.254.169.254/latest/"),
        "/short-form": redirect("http://127.1/"),
        "/to-file": redirect("file:///etc/passwd"),
        "/to-login": redirect("http://user:secret@news.example/"),
        "/to-nonsense": redirect("http://[::1"),
        "/to-no-port": redirect("http://news.example:99999/"),
        "/to-nowhere": redirect(None),
    }.items():
        app.router.add_get(path, answer)
    for code in (204, 400, 401, 403, 404, 410, 418, 429, 451, 500, 503):
        app.router.add_get(f"/status/{code}", status(code))
    async with TestServer(app, host="127.0.0.1") as server:
        yield server


def fetcher(site, timeout_s=5.0, max_bytes=100_000):
    return GuardedFetcher(timeout_s, max_bytes, (f"127.0.0.1:{site.port}",))


async def test_a_page_is_fetched_with_what_was_said_about_it(site):
    fetched = await fetcher(site).fetch(str(site.make_url("/page#part")))
    assert (fetched.body, fetched.content_type, fetched.charset) == (PAGE, "text/html", "utf-8")
    assert fetched.url == str(site.make_url("/page"))


@pytest.mark.parametrize("path", ["/gzip", "/bad-charset", "/moved", "/down/5"])
async def test_these_lead_to_the_page(site, path):
    assert (await fetcher(site).fetch(str(site.make_url(path)))).body == PAGE


async def test_the_address_after_redirects_is_reported(site):
    assert (await fetcher(site).fetch(str(site.make_url("/moved")))).url == str(site.make_url("/page"))


@pytest.mark.parametrize(
    "path",
    [
        "/bomb",
        "/large",
        "/endless",
        "/image",
        "/json",
        "/disguised",
        "/inside",
        "/metadata",
        "/short-form",
        "/to-file",
        "/to-login",
        "/to-nonsense",
        "/to-no-port",
        "/down/6",
    ],
)
async def test_these_are_refused(site, path):
    with pytest.raises(SourceRefused, match=r"[Pp]aste|[Ll]eave out"):
        await fetcher(site).fetch(str(site.make_url(path)))


@pytest.mark.parametrize("path", ["/loop", "/ping", "/to-nowhere", "/break-off", "/brotli"])
async def test_these_are_unavailable(site, path):
    with pytest.raises(SourceUnavailable, match=r"[Pp]aste"):
        await fetcher(site).fetch(str(site.make_url(path)))


@pytest.mark.parametrize(
    ("code", "waiting_helps"),
    [
        *((code, False) for code in (204, 400, 401, 403, 404, 410, 418, 451)),
        *((code, True) for code in (429, 500, 503)),
    ],
)
async def test_a_status_becomes_a_sentence_that_knows_whether_waiting_helps(site, code, waiting_helps):
    with pytest.raises(SourceUnavailable, match=str(code)) as caught:
        await fetcher(site).fetch(str(site.make_url(f"/status/{code}")))
    assert caught.value.transient is waiting_helps
    assert "paste the text" in str(caught.value)


@pytest.mark.parametrize("path", ["/never", "/drip"])
async def test_one_time_limit_covers_everything(site, path):
    with pytest.raises(SourceUnavailable, match=r"within 0\.2 seconds"):
        await fetcher(site, timeout_s=0.2).fetch(str(site.make_url(path)))


async def test_an_empty_page_is_not_readable(site):
    with pytest.raises(NotReadable):
        await fetcher(site).fetch(str(site.make_url("/empty")))


async def test_neither_cookies_nor_secrets_are_sent(site, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    one = fetcher(site)
    await one.fetch(str(site.make_url("/echo")))
    said = (await one.fetch(str(site.make_url("/echo")))).body.decode().lower()
    assert "cookie" not in said
    assert "footnote" in said
    assert "accept-encoding: gzip, deflate\n" in said + "\n"


async def test_without_the_exemption_nothing_is_even_asked(site):
    with pytest.raises(SourceRefused):
        await GuardedFetcher().fetch(str(site.make_url("/page")))


async def test_a_closed_port_is_unavailable(site, unused_tcp_port):
    guarded = GuardedFetcher(5.0, 1_000, (f"127.0.0.1:{unused_tcp_port}",))
    with pytest.raises(SourceUnavailable, match="cannot be reached"):
        await guarded.fetch(f"http://127.0.0.1:{unused_tcp_port}/")


async def test_a_broken_certificate_is_told_apart(site):
    guarded = fetcher(site)
    with pytest.raises(RetrievalError) as caught:
        await guarded.fetch(f"https://127.0.0.1:{site.port}/page")
    assert isinstance(caught.value, SourceUnavailable)
    assert "paste the text" in str(caught.value)
