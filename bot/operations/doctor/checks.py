"""What ``footnote doctor`` looks at: each check says what it found and, if need be, what to do.

A check never ends the others. What cannot be looked at, for want of a network or of what an earlier
check found missing, is "unknown". To add one, write a function and put it into ``CHECKS``.
"""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import aiohttp

from bot.operations.doctor.discord import DiscordAsked, ask_discord
from bot.operations.doctor.findings import Check, Finding, Patient
from bot.operations.doctor.library import look_at_library, look_at_packages
from bot.operations.doctor.trial import try_model
from bot.operations.invite import application_id_of
from bot.settings import BotSettings, load_bot_settings
from retrieval.errors import RetrievalError
from retrieval.settings import SettingsError, load_settings

if TYPE_CHECKING:
    from retrieval.llm import LanguageModel

LEAST_FREE = 500_000_000
"""Bytes below which a disk counts as nearly full: an import of a thousand articles takes as much."""
TOO_LITTLE = 50_000_000
"""Bytes below which one large article with its vectors may not fit."""
_log = logging.getLogger(__name__)


async def examine(patient: Patient) -> list[Finding]:
    """Run every check; one that breaks is a finding too."""
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found += [finding async for finding in check(patient)]
        except Exception as error:  # noqa: BLE001 - whatever it is, the other checks go on
            _log.debug("check %s broke", check.__name__, exc_info=error)
            what = check.__name__.removeprefix("_").replace("_", " ")
            words = f"the check itself broke ({type(error).__name__})"
            found.append(Finding(what, "failed", words, "Please report it."))
    return found


async def _settings(patient: Patient) -> AsyncIterator[Finding]:
    try:
        patient.library = load_settings(
            **({} if patient.data_dir is None else {"data_dir": patient.data_dir})
        )
        patient.bot = load_bot_settings(need_token=False)
    except SettingsError as error:
        yield Finding("settings", "failed", str(error))
        return
    folder = patient.library.data_dir.resolve()
    yield Finding("settings", "ok", f"the library is in {folder}")


async def _token(patient: Patient) -> AsyncIterator[Finding]:
    if patient.bot is None:
        yield Finding("token", "unknown", "the settings come first")
        return
    token = patient.bot.token.get_secret_value()
    if not token.strip():
        advice = "'footnote run' tells how to get one; the demo and the terminal need none."
        yield Finding("token", "warning", "DISCORD_TOKEN is not set", advice)
        return
    try:
        number = application_id_of(token)
    except SettingsError as error:
        yield Finding("token", "failed", "it has not the shape of one", str(error))
        return
    yield Finding("token", "ok", f"it belongs to the application {number}")
    if patient.offline:
        yield Finding("Discord", "unknown", "not asked (--offline)")
        return
    try:
        asked = await ask_discord(token)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        advice = "Check this machine's network, or whether Discord is down: https://discordstatus.com"
        yield Finding("Discord", "failed", f"cannot be reached ({type(error).__name__})", advice)
        return
    for finding in _discord(asked, patient.bot):
        yield finding


def _discord(asked: DiscordAsked, settings: BotSettings) -> list[Finding]:
    if asked.refused:
        advice = "Reset it at https://discord.com/developers/applications (page Bot), and set the new one."
        return [Finding("Discord", "failed", "refuses the token", advice)]
    if asked.status:
        return [Finding("Discord", "failed", f"answers {asked.status}", "Try again in a few minutes.")]
    found = [Finding("Discord", "ok", f"knows the bot as {asked.name}")]
    if settings.message_content and not asked.message_content:
        advice = "Switch on Message Content Intent on the page Bot, or unset DISCORD_MESSAGE_CONTENT."
        found.append(Finding("intents", "failed", "message content is wanted, and not granted", advice))
    elif asked.message_content and not settings.message_content:
        advice = "Set DISCORD_MESSAGE_CONTENT=true for the link companion, or switch the intent off."
        found.append(Finding("intents", "ok", "message content is granted, and not used", advice))
    else:
        granted = "message content is granted" if asked.message_content else "no privileged one is needed"
        found.append(Finding("intents", "ok", granted))
    if not asked.servers:
        found.append(
            Finding("servers", "warning", "the bot is in none", "Open what 'footnote invite' prints.")
        )
    if settings.dev_guild_id is not None and settings.dev_guild_id not in asked.ids:
        words = f"DISCORD_DEV_GUILD_ID names {settings.dev_guild_id}, which the bot is not in"
        found.append(Finding("servers", "failed", words, "Unset it, or invite the bot there."))
    for name, lacking in asked.lacking:
        advice = "Invite the bot again with what 'footnote invite' prints, or give its role these."
        found.append(Finding("permissions", "warning", f"in {name} it may not: {', '.join(lacking)}", advice))
    if asked.servers and not asked.lacking:
        found.append(
            Finding(
                "permissions", "ok", f"as needed in {asked.servers} server{'' if asked.servers == 1 else 's'}"
            )
        )
    return found


async def _disk(patient: Patient) -> AsyncIterator[Finding]:
    if patient.library is None:
        return
    folder = patient.library.data_dir
    there = next(one for one in (folder.resolve(), *folder.resolve().parents) if one.exists())
    free = shutil.disk_usage(there).free
    probe = there / ".footnote-doctor"
    try:
        probe.write_bytes(b"x" * 4_096)
        probe.unlink()
    except OSError as error:
        advice = f"Let the user that runs the bot write to {there}, or set FOOTNOTE_DATA_DIR."
        yield Finding("disk", "failed", f"{there} cannot be written ({error.strerror})", advice)
        return
    if free < TOO_LITTLE:
        advice = "Make room there, or set FOOTNOTE_DATA_DIR to a folder on another disk."
        yield Finding("disk", "failed", f"only {free / 1e6:,.0f} MB are free at {there}", advice)
    elif free < LEAST_FREE:
        yield Finding("disk", "warning", f"{free / 1e6:,.0f} MB are free at {there}", "Make room there.")
    else:
        yield Finding("disk", "ok", f"{free / 1e9:,.1f} GB are free")


async def _models(patient: Patient) -> AsyncIterator[Finding]:
    if patient.library is None:
        return
    from retrieval.wiring import model_loaders

    load_encoder, load_reranker = model_loaders(patient.library)

    def try_them() -> str:
        from retrieval.search import fingerprint_of

        encoder, reranker = load_encoder(), load_reranker()
        patient.vectors = fingerprint_of(encoder)
        encoder.encode_query("Does it work?")
        reranker.scores("Does it work?", ["It works."])
        return f"{encoder.name} and {reranker.name} load and work"

    try:
        yield Finding("models", "ok", await asyncio.to_thread(try_them))
    except RetrievalError as error:
        yield Finding("models", "failed", str(error), "Or unset FOOTNOTE_ENCODER and FOOTNOTE_RERANKER.")


async def _language_model(patient: Patient) -> AsyncIterator[Finding]:
    if patient.library is None or patient.library.llm_base_url is None:
        yield Finding("language model", "ok", "none is set, none is needed")
        return
    if patient.offline:
        yield Finding("language model", "unknown", "not asked (--offline)")
        return
    if patient.library.llm_mode == "off":
        yield Finding("language model", "ok", "one is set, and switched off (FOOTNOTE_LLM_MODE=off)")
        return
    from retrieval.errors import ModelFailed
    from retrieval.llm import LanguageModel

    model = LanguageModel(patient.library)
    try:
        yield await _ask_model(model, patient.library.llm_mode)
    except ModelFailed as error:
        advice = "Check FOOTNOTE_LLM_BASE_URL (it mostly ends in /v1), FOOTNOTE_LLM_MODEL and the key."
        yield Finding("language model", "failed", f"{model.name}: {error}", advice)
        return
    finally:
        await model.close()
    if patient.tries:
        yield await try_model(patient.library)


async def _ask_model(model: "LanguageModel", mode: str) -> Finding:
    """Ask a model once, in the way that it is used; raises ``ModelFailed``."""
    from retrieval.llm import ANSWER_SCHEMA, choice_messages, read_choice

    if mode == "write":
        written = await model.write(
            [{"role": "user", "content": "Answer with one word: yes."}], max_tokens=16
        )
        return Finding("language model", "ok", f"{model.name} answers ({written.tokens.total} tokens)")
    sentences = "Article: The pier\n[1] The pier was built in 1931.\n[2] It is made of oak."
    written = await model.write(choice_messages("When was the pier built?", sentences), schema=ANSWER_SCHEMA)
    choice = read_choice(written.text, 2)
    if choice is None or choice.sentences != (1,):
        advice = "Try a larger model, or FOOTNOTE_LLM_MODE=off; 'footnote doctor --try' says more."
        return Finding(
            "language model", "warning", f"{model.name} does not choose the right sentence", advice
        )
    forms = {"schema": "by a schema", "tool": "as a tool call", "object": "as JSON", "none": "as plain text"}
    how = f"{forms[model.structured]}, {written.tokens.total} tokens"
    return Finding("language model", "ok", f"{model.name} chooses sentences ({how})")


CHECKS: tuple[Check, ...] = (
    look_at_packages,
    _settings,
    _token,
    _disk,
    _models,
    look_at_library,
    _language_model,
)
