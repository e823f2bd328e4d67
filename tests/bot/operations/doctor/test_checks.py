"""``footnote doctor``, against a Discord on loopback and a real library."""

import base64
import json

import pytest
from aiohttp import web
from scripted_model import Script, scripted_model
from typer.testing import CliRunner

from bot.__main__ import app
from bot.operations.doctor import checks as doctor_module
from bot.operations.doctor.checks import examine
from bot.operations.doctor.findings import Patient
from bot.operations.invite import PERMISSIONS

pytestmark = pytest.mark.wire

TOKEN = base64.urlsafe_b64encode(b"123456789012345678").decode().rstrip("=") + ".abc.def"
ME = {"username": "footnote", "id": "1"}
ALL = str(PERMISSIONS.value)


@pytest.fixture(autouse=True)
def _no_models(monkeypatch, tmp_path):
    """Loading the real models takes seconds; test_bundled_models.py does it."""

    class Works:
        name = "a model"
        dimension = token_dimension = 1

        def encode_query(self, text):
            return text

        def scores(self, question, texts):
            return [1.0]

    monkeypatch.setattr("retrieval.wiring.model_loaders", lambda _: (Works, Works))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def discord(monkeypatch):
    """Answers as Discord does, with what a test puts into it."""
    said = {"/users/@me": ME, "/applications/@me": {"flags": 0}, "/users/@me/guilds": [], "status": 200}

    async def answer(request):
        path = "/" + request.match_info["path"]
        said["token"] = request.headers["Authorization"]
        return web.json_response(said[path], status=said["status"])

    server = web.Application()
    server.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    monkeypatch.setattr("discord.http.Route.BASE", f"http://127.0.0.1:{runner.addresses[0][1]}")
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    yield said
    await runner.cleanup()


async def findings(tmp_path, **options):
    found = await examine(Patient(data_dir=tmp_path / "library", **options))
    return {one.what: one for one in found}


async def test_all_is_well_is_said_of_each_thing(tmp_path, discord):
    discord["/users/@me/guilds"] = [{"id": "5", "name": "Readers", "permissions": ALL}]
    found = await findings(tmp_path)
    assert {one.state for one in found.values()} == {"ok"}
    assert discord["token"] == f"Bot {TOKEN}"
    assert list(found) == [
        "packages", "settings", "token", "Discord", "intents", "permissions", "disk", "models", "library",
        "language model",
    ]  # fmt: skip


async def test_missing_permissions_are_named_by_server(tmp_path, discord):
    discord["/users/@me/guilds"] = [
        {"id": "5", "name": "Readers", "permissions": str(PERMISSIONS.value & ~(1 << 11))},
        {"id": "6", "name": "Admins", "permissions": str(1 << 3)},
    ]
    found = (await findings(tmp_path))["permissions"]
    assert (found.state, found.found) == ("warning", "in Readers it may not: send messages")


async def test_a_refused_token_and_a_failing_discord_are_told_apart(tmp_path, discord):
    discord["status"] = 401
    assert (await findings(tmp_path))["Discord"].found == "refuses the token"
    discord["status"] = 503
    assert (await findings(tmp_path))["Discord"].found == "answers 503"


async def test_an_intent_that_is_wanted_and_not_granted_fails(tmp_path, discord, monkeypatch):
    monkeypatch.setenv("DISCORD_MESSAGE_CONTENT", "true")
    assert (await findings(tmp_path))["intents"].state == "failed"
    discord["/applications/@me"] = {"flags": 1 << 19}
    assert (await findings(tmp_path))["intents"].state == "ok"


async def test_without_a_network_the_rest_is_still_looked_at(tmp_path, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setattr("discord.http.Route.BASE", "http://127.0.0.1:9")
    found = await findings(tmp_path)
    assert found["Discord"].state == "failed"
    assert found["library"].state == "ok"
    offline = await findings(tmp_path, offline=True)
    assert offline["Discord"].state == "unknown"


async def test_no_token_is_a_warning_and_a_strange_one_a_failure(tmp_path, monkeypatch):
    assert (await findings(tmp_path, offline=True))["token"].state == "warning"
    monkeypatch.setenv("DISCORD_TOKEN", "sixty-four-letters-of-a-client-secret")
    found = (await findings(tmp_path, offline=True))["token"]
    assert found.state == "failed"
    assert "not OAuth2" in found.advice


async def test_a_damaged_library_is_found(tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "footnote.sqlite3").write_bytes(b"no database" * 500)
    found = (await findings(tmp_path, offline=True))["library"]
    assert found.state == "failed"
    assert "restore" in found.advice


async def test_a_model_that_does_not_load_is_a_finding(tmp_path, monkeypatch):
    from retrieval.errors import ModelMissing

    def missing():
        raise ModelMissing("The encoder is not there.")

    monkeypatch.setattr("retrieval.wiring.model_loaders", lambda _: (missing, missing))
    assert (await findings(tmp_path, offline=True))["models"].found == "The encoder is not there."


async def test_a_misspelt_setting_is_the_only_thing_said_of_the_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("FOOTNOTE_DATADIR", "x")
    found = await findings(tmp_path, offline=True)
    assert "There is no setting FOOTNOTE_DATADIR" in found["settings"].found
    assert found["token"].state == "unknown"


async def test_a_check_that_breaks_does_not_end_the_others(tmp_path, monkeypatch):
    async def _broken(_):
        raise ZeroDivisionError
        yield

    monkeypatch.setattr(doctor_module, "CHECKS", (_broken, *doctor_module.CHECKS))
    found = await findings(tmp_path, offline=True)
    assert "ZeroDivisionError" in found["broken"].found
    assert "packages" in found


@pytest.mark.parametrize(("status", "state"), [(200, "ok"), (401, "failed")])
async def test_the_language_model_is_asked(tmp_path, monkeypatch, status, state):
    async with scripted_model(Script(statuses=[status])) as url:
        monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", url)
        monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "scripted")
        monkeypatch.setenv("FOOTNOTE_LLM_MODE", "write")
        found = (await findings(tmp_path))["language model"]
    assert found.state == state


@pytest.mark.parametrize(
    ("reply", "state", "words"),
    [
        ('{"answered":"yes","sentences":[1]}', "ok", "chooses sentences (by a schema, 222 tokens)"),
        ('{"answered":"no","sentences":[]}', "warning", "does not choose the right sentence"),
        ("The pier was built in 1931.", "warning", "does not choose the right sentence"),
    ],
)
async def test_a_model_that_chooses_is_asked_to_choose(tmp_path, monkeypatch, reply, state, words):
    async with scripted_model(Script(texts=[reply])) as url:
        monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", url)
        monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "small")
        found = (await findings(tmp_path))["language model"]
    assert (found.state, words in found.found) == (state, True)


async def test_a_model_that_is_switched_off_is_not_asked(tmp_path, monkeypatch):
    monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "small")
    monkeypatch.setenv("FOOTNOTE_LLM_MODE", "off")
    assert (await findings(tmp_path))["language model"].state == "ok"


def test_the_program_ends_with_one_if_something_failed(tmp_path, monkeypatch):
    run = CliRunner().invoke(app, ["doctor", "--offline", "--json", "--data", str(tmp_path)])
    assert run.exit_code == 0
    assert {row["what"] for row in json.loads(run.stdout)["findings"]} >= {"disk", "models"}
    monkeypatch.setenv("DISCORD_TOKEN", "nonsense")
    run = CliRunner().invoke(app, ["doctor", "--offline", "--data", str(tmp_path)])
    assert run.exit_code == 1
    assert "✗ token: it has not the shape of one" in run.stdout
