"""What can be said of the image and the unit without a container or an init system."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from fake_librarian import FakeLibrarian

from bot.operations.health import health_server
from bot.runner import FINISH_WITHIN_S
from bot.settings import BotSettings, read_shards
from bot.state.metrics import Metrics
from retrieval.settings import LibrarySettings

pytestmark = pytest.mark.wire

ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "bot/deploy/Dockerfile").read_text("utf-8").replace("\\\n", " ")
UNIT = ROOT / "bot/deploy/footnote.service"
SETTINGS = {
    *(f"DISCORD_{name}".upper() for name in BotSettings.model_fields),
    *(f"FOOTNOTE_{name}".upper() for name in LibrarySettings.model_fields),
}


COMPOSE = yaml.safe_load((ROOT / "bot/deploy/compose.yaml").read_text("utf-8"))


def test_the_compose_file_sets_settings_that_exist_and_shares_out_every_shard_once():
    services = COMPOSE["services"]
    ours = {name: one for name, one in services.items() if name != "db"}
    for one in ours.values():
        assert set(one["environment"]) <= SETTINGS
        assert one["depends_on"] == {"db": {"condition": "service_healthy"}}
        assert one["build"]["dockerfile"] == "bot/deploy/Dockerfile"
    shards = [
        read_shards(one["environment"]["DISCORD_SHARDS"]) for name, one in ours.items() if "bot" in name
    ]
    assert [shard for some in shards for shard in some] == [
        *range(int(ours["bot-1"]["environment"]["DISCORD_SHARD_COUNT"]))
    ]
    assert ours["worker"]["command"] == ["worker"]
    assert instructions("ARG")[-1].startswith("PIP_EXTRAS")


async def test_the_health_check_of_the_compose_file_asks_whether_the_process_is_ready(unused_tcp_port):
    *_, code = COMPOSE["x-healthy"]["test"]
    ready = []
    async with health_server(unused_tcp_port, FakeLibrarian(), Metrics(), lambda: bool(ready)):
        for ends in (1, 0):
            command = [sys.executable, "-c", code.replace("9464", str(unused_tcp_port))]
            asked = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
            assert await asked.wait() == ends
            ready.append(True)


def instructions(name):
    return re.findall(rf"^{name} +(.*)$", DOCKERFILE, re.MULTILINE)


def test_what_the_image_copies_is_there_and_let_through():
    copied = [words.split()[:-1] for words in instructions("COPY") if not words.startswith("--from")]
    names = {name for words in copied for name in words}
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == names
    assert "*" in ignored
    assert all((ROOT / name).exists() for name in names)


def test_the_image_runs_the_bot_as_somebody_without_rights():
    (user,) = instructions("USER")
    assert user not in {"root", "0"}
    assert json.loads(instructions("ENTRYPOINT")[0]) + json.loads(instructions("CMD")[-1]) == [
        "footnote",
        "run",
    ]


@pytest.mark.parametrize("text", [DOCKERFILE, UNIT.read_text("utf-8")], ids=["image", "unit"])
def test_only_settings_that_exist_are_set(text):
    named = set(re.findall(r"\b((?:DISCORD|FOOTNOTE)_[A-Z_]+)=", text))
    assert named
    assert named <= SETTINGS


async def probed(port):
    (check,) = re.findall(r"HEALTHCHECK .*? CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    _, *words = json.loads(check)
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words,
        env={**os.environ, "DISCORD_HEALTH_PORT": str(port)}, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    return await process.wait()


async def test_the_images_health_check_tells_a_bot_that_lives_from_one_that_does_not(unused_tcp_port):
    assert await probed(unused_tcp_port) != 0
    async with health_server(unused_tcp_port, FakeLibrarian(), Metrics(), lambda: True):
        assert await probed(unused_tcp_port) == 0


def test_the_unit_waits_for_open_answers_before_it_kills():
    (limit_s,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT.read_text("utf-8"), re.MULTILINE)
    assert int(limit_s) > FINISH_WITHIN_S + 2


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path):
    unit = tmp_path / "footnote.service"
    unit.write_text(UNIT.read_text("utf-8").replace("/opt/footnote/bin/footnote", sys.executable), "utf-8")
    ran = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ran.returncode, ran.stderr) == (0, "")
