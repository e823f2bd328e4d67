"""The bot in other languages: every text of the interface is in every catalog; all else is English."""

import ast
import re
import string
from datetime import date
from pathlib import Path
from typing import get_args

import discord
import pytest
from babel.messages.pofile import read_po, write_po
from discord_driver import buttons_of, text_of
from fake_librarian import TEXT

from bot import i18n
from bot.cogs.companion.choice import companion_card
from bot.context import Place
from bot.guilds.permissions import speak_in
from bot.i18n import (
    CommandTranslator,
    catalog_path,
    format_date,
    languages,
    match_language,
    nt,
    speak,
    t,
    translate_error,
    translate_message,
    use_language,
)
from bot.i18n.__main__ import update
from bot.i18n.extraction import KEYWORDS, extract_catalog, find_descriptions
from bot.state.guild_settings import GuildSettings
from bot.views.help import Subject, help_card
from bot.views.privacy import privacy_card
from retrieval.domain.articles import STALE_DAYS
from retrieval.errors import RetrievalError

QUESTION = "When was the harbor deepened?"
FOLDER = Path(__file__).parents[3] / "bot"
TRANSLATED = sorted(set(languages()) - {"en"})
SHOWS = {
    # What shows a text to people, and which of its arguments are texts.
    "notice": (0, "markdown"),
    "add_text": (0, "markdown"),
    "add_footer": (0, "markdown"),
    "add_section": (0, "markdown"),
    "small": (0, "markdown"),
    "say": (1, "words"),
    "refuse": (2, "what"),
    "turned_away": (2, "deed"),
    "send_message": (0, "content"),
    "send": (0, "content"),
    "reply": (0, "content"),
    "open_button": (2, "label"),
    "article_button": (2, "label"),
    "decide_button": (2, "label"),
    "version_button": (2, "label"),
    "privacy_button": (2, "label"),
    "_button": (0, "label"),
    "_panel_button": (1, "label"),
    "Progress": (0, "what"),
    "TextDisplay": (0, "content"),
    "Button": (None, "label"),
    "Label": (None, "text", "description"),
    "TextInput": (None, "label", "placeholder"),
    "Select": (None, "placeholder"),
    "RoleSelect": (None, "placeholder"),
    "ChannelSelect": (None, "placeholder"),
    "SelectOption": (None, "label", "description"),
}
"""By function: the position of its text, and its names."""
LIBRARY = [TEXT, "Harbor history", "harbor.example", "Who What happened"]
"""What the articles of the fake library say, and the questions that it offers."""
WRAPPERS = {"plain", "fit", "cut", "one_line", "quoted", "question_line", "join"}
"""Functions that return the text they are given, shown in another way."""


@pytest.fixture(scope="module")
def messages():
    return extract_catalog()


def catalog_of(language):
    with catalog_path(language).open("rb") as file:
        return read_po(file, locale=language)


def key_of(message):
    return message.id if isinstance(message.id, str) else tuple(message.id)


def forms(text):
    """The forms of a message or of its translation: one, or one for each plural."""
    return [text or ""] if isinstance(text, str | None) else list(text)


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def modules():
    for path in sorted(FOLDER.rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def name_of(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def literals(node):
    """The literals of an expression that have letters and stand outside of ``t`` and its like."""
    if isinstance(node, ast.Call) and name_of(node) not in {*SHOWS, *WRAPPERS}:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and any(map(str.isalpha, node.value)):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from [*literals(node.body), *literals(node.orelse)]
        return
    if isinstance(node, ast.FormattedValue):
        return
    for child in ast.iter_child_nodes(node):
        yield from literals(child)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_has_a_translation(language, messages):
    catalog = catalog_of(language)
    missing = [
        key_of(one)
        for one in messages
        if one.id and not all(forms(catalog.get(one.id).string if catalog.get(one.id) else None))
    ]
    assert missing == [], "translate these; python -m bot.i18n adds them to the catalogs"
    assert len(messages) > 400


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_entry_of_a_catalog_is_used(language, messages):
    catalog = catalog_of(language)
    used = {key_of(one) for one in messages}
    assert [key_of(one) for one in catalog if key_of(one) not in used] == [], (
        "python -m bot.i18n removes these"
    )
    assert catalog.obsolete == {}
    assert [one.id for one in catalog if one.id and one.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_same_places_for_values(language):
    for one in catalog_of(language):
        if not one.id:
            continue
        *singular, plural = forms(one.id)
        *translated, last = forms(one.string)
        assert fields(last) == fields(plural), one.id
        for text in translated:  # "an article", "1 article"
            assert fields(text) | {"count"} == fields(singular[0]) | {"count"}, one.id
        for mark in ("**", "__", "~~", "`"):
            assert last.count(mark) == plural.count(mark), one.id


def test_every_literal_that_is_translated_is_extracted(messages):
    """The extractor reads tokens and misses what stands inside an f-string."""
    known = {form for one in messages for form in forms(one.id)}
    found = [
        (path.name, part.value)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and name_of(node) in KEYWORDS
        for argument in node.args[: 2 if name_of(node) == "nt" else 1]
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
    ]
    assert [one for one in found if one[1] not in known] == []
    assert len(found) > 400
    assert [path.name for path, tree in modules() if any(map(_is_made_of_parts, ast.walk(tree)))] == []


def _is_made_of_parts(node):
    """A call that looks up an f-string, which is in no catalog."""
    called = isinstance(node, ast.Call) and name_of(node) in KEYWORDS and node.args
    return bool(called) and isinstance(node.args[0], ast.JoinedStr)


def test_what_people_see_goes_through_translation():
    untranslated = []
    for path, tree in modules():
        if "demo" in path.parts or "doctor" in path.name:
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or name_of(node) not in SHOWS:
                continue
            position, *names = SHOWS[name_of(node)]
            shown = [one.value for one in node.keywords if one.arg in names]
            if position is not None:
                shown += node.args[position : position + 1]
            untranslated += [(path.name, words) for one in shown for words in literals(one)]
    assert untranslated == []


def test_the_search_for_literals_finds_them():
    text = 'x.add_text(f"Page {number}" if number else t("Pages") + plain(", all") + len("x"))'
    call = ast.parse(text).body[0].value
    assert list(literals(call.args[0])) == ["Page ", ", all"]


def test_forms_are_translated():
    untranslated = [
        (path.name, word.value)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for word in node.keywords
        if word.arg == "title" and isinstance(word.value, ast.Constant)
    ]
    assert untranslated == []


@pytest.mark.parametrize("language", TRANSLATED)
async def test_every_command_is_described_in_every_language(language, simcord_env):
    missing = []
    with use_language(language):
        for command in simcord_env.bot.tree.walk_commands():
            parameters = getattr(command, "parameters", [])
            texts = [command.description, *(str(one.description) for one in parameters)]
            texts += [choice.name for one in parameters for choice in one.choices]
            missing += [text for text in texts if text and t(text) == text]
            assert all(len(t(text)) <= 100 for text in texts), command.name
    assert missing == []


def test_a_description_is_that_of_discord_py():
    module = ast.parse(
        "@app_commands.command()\n"
        "@app_commands.describe(topic='About what')\n"
        "async def digest(self, topic):\n"
        '    """Show\n    stories.\n\n    More.\n    """\n'
        "group = app_commands.Group(name='digests', description='Stories')\n"
        'async def _post(self):\n    """Post."""\n'
    )
    assert {text for _, text in find_descriptions(module)} == {"Show stories.", "About what", "Stories"}


def test_the_number_of_days_in_a_description_is_the_default():
    assert t("With all: for how many days; else 30").endswith(str(STALE_DAYS))


def test_numbers_plurals_and_dates_are_those_of_the_language():
    day = date(2024, 3, 3)
    message = Text("{day:%A} {day.day} {day:%B %Y}, {day:%b}; {day}", day=day)
    assert translate_message(message) == str(message)
    with use_language("de"):
        assert translate_message(message) == "Sonntag 3 März 2024, März; 2024-03-03"
        assert nt("{count:,} article", "{count:,} articles", 1) == "1 Artikel"
        assert nt("{count:,} more sentence", "{count:,} more sentences", 1_234) == "1.234 weitere Sätze"
        assert nt("{count:,} thing", "{count:,} things", 2) == "2 things"
        assert t("{size:,.1f} MB", size=1_234.56) == "1.234,6 MB"
        assert t("no such words") == "no such words"
        assert format_date(day, t("d MMM y")) == "3. März 2024"
    assert nt("{count:,} article", "{count:,} articles", 1_234) == "1,234 articles"
    assert t("{size:,.1f} MB", size=1_234.56) == "1,234.6 MB"
    assert format_date(day, t("d MMM y")) == "3 Mar 2024"
    assert t("") == ""


@pytest.mark.parametrize("month", range(1, 13))
def test_english_dates_have_the_short_names_of_months(month):
    day = date(2024, month, 9)
    assert format_date(day, t("d MMM y")) == f"{day.day} {day:%b} {day.year}"


class Text(str):
    """A message of the library, as its errors and notes are."""

    def __new__(cls, template, plural="", **values):
        text = super().__new__(
            cls, (plural if plural and values["count"] != 1 else template).format(**values)
        )
        text.template, text.plural, text.values = template, plural, values
        return text


def test_messages_of_the_library_are_looked_up_by_their_template():
    inner = Text("in {title}", title="Harbor")
    text = Text("I could not read {name}: {reason}", name="a.pdf", reason=Text("since {day}", day="May"))
    counted = Text("{count:,} source", "{count:,} independent sources", count=1_200)
    with use_language("de"):
        assert translate_message(text) == "Ich konnte a.pdf nicht lesen: seit May"
        assert translate_error(RetrievalError(text)) == translate_message(text)
        assert translate_message(counted) == "1.200 unabhängige Quellen"
        assert translate_message(inner) == "in Harbor"
        assert translate_message("Untitled article") == "Artikel ohne Titel"
        assert translate_message(Text("{{braces}} of {name}", name="x")) == "{braces} of x"
        assert translate_message(Text("{{braces}}")) == "{braces}"
        assert translate_error(RetrievalError("Unknown {braces}")) == "Unknown {braces}"
        assert translate_error(OSError(2, "No such file")) == "[Errno 2] No such file"
    assert translate_message(text) == str(text) == "I could not read a.pdf: since May"


@pytest.fixture
def portuguese(tmp_path, monkeypatch, messages):
    """A new language in a folder of its own, begun by the command, with one message translated."""
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    for one in (i18n.languages, i18n.match_language, i18n._translations):
        one.cache_clear()
    assert len(update("pt_BR", messages)) == len(messages)
    path = catalog_path("pt_BR")
    text = path.read_text("utf-8")
    path.write_text(text.replace('msgid "Sources"\nmsgstr ""', 'msgid "Sources"\nmsgstr "Fontes"'), "utf-8")
    yield
    for one in (i18n.languages, i18n.match_language, i18n._translations):
        one.cache_clear()


def test_a_language_is_one_file(portuguese):
    assert languages() == {"en": "English", "pt_BR": "português (Brasil)"}
    assert match_language(discord.Locale.brazil_portuguese) == "pt_BR"
    assert match_language(discord.Locale.german) == "en"
    assert GuildSettings(language="pt_BR").language == "pt_BR"
    with use_language("en"):
        speak("", discord.Locale.brazil_portuguese)
        assert (t("Sources"), t("Quotes")) == ("Fontes", "Quotes")


def test_an_update_keeps_translations_and_removes_what_is_unused(portuguese, messages):
    path = catalog_path("pt_BR")
    before = path.read_bytes()
    update("pt_BR", messages)
    assert path.read_bytes() == before
    path.write_text(path.read_text("utf-8") + '\nmsgid "Gone"\nmsgstr "Foi"\n', "utf-8")
    update("pt_BR", messages)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("chosen", "locale", "said"),
    [
        ("", discord.Locale.german, "Quellen"),
        ("", discord.Locale.french, "Sources"),
        ("", None, "Sources"),
        ("en", discord.Locale.german, "Sources"),
        ("de", discord.Locale.american_english, "Quellen"),
        ("xx", discord.Locale.german, "Quellen"),
    ],
)
def test_a_choice_wins_over_discords_language(chosen, locale, said):
    with use_language("en"):
        speak(chosen, locale)
        assert t("Sources") == said


async def test_a_server_chooses_german_and_everything_follows(place):
    role = place.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    manager = place.guild.add_member(place.env.create_user("mia"), roles=[role])
    panel = (await manager.slash(place.channel, "settings")).response
    changed = await manager.select(panel, ["de"], custom_id="g:language")
    assert "**Einstellungen dieses Servers**" in text_of(changed.response)
    answer = await place.reader.slash(place.channel, "ask", question=QUESTION)
    assert list(buttons_of(answer.response)) == ["Zitate", "Mehr", "Nachfragen", "⋯"]
    assert "The harbor was deepened in 1907." in text_of(answer.response)
    assert "1 Artikel in der Bibliothek dieses Servers" in text_of(answer.response)
    opened = await place.reader.click(answer.response, label="Zitate")
    assert "**Der genaue Wortlaut**" in text_of(opened.response)
    form = await place.reader.click(answer.response, label="Nachfragen")
    assert form.modal["title"] == "Nachfragen"
    nothing = await place.reader.slash(place.channel, "ask", question="Is there nothing on xylophones?")
    assert "keine Antwort darauf gefunden" in text_of(nothing.response)
    refused = await place.reader.slash(place.channel, "settings")
    assert "„Server verwalten“" in text_of(refused.response)
    await place.reader.send(place.channel, f"<@{place.env.bot.user.id}> hm")
    assert place.env.bot.chosen.now(place.collection) == GuildSettings(language="de")


OPENED = [
    ("ask", {"question": QUESTION}, ["Quotes", "More"]),
    ("ask", {"question": "Is there nothing on xylophones?"}, []),
    ("help", {}, ["Checking answers", "Adding articles", "Running a server", "Privacy"]),
    ("privacy", {}, ["Delete my data", "Export my data"]),
    ("settings", {}, []),
    ("companion", {}, []),
    ("reports", {}, []),
    ("article list", {}, []),
    ("article info", {"article": "a1"}, []),
    ("article history", {"article": "a1"}, []),
    ("article remove", {"article": "a1"}, []),
    ("article export", {}, []),
    ("quote", {"about": "dug", "speaker": "Ada"}, []),
    ("quote", {"exact": "We dug it deeper."}, []),
    ("who", {"speaker": "Ada"}, []),
    ("digest show", {"topic": "harbor"}, []),
    ("timeline", {"topic": "harbor"}, []),
    ("summarize", {"article": "a1"}, ["Key quotes"]),
    ("digest unschedule", {}, []),
]


@pytest.fixture
def marked(portuguese):
    """A language in which every message stands in brackets."""
    catalog = catalog_of("pt_BR")
    for one in catalog:
        if one.id:
            singular, *plural = map("⟦{}⟧".format, forms(one.id))
            one.string = (singular, *plural * (catalog.num_plurals - 1)) if plural else singular
    with catalog_path("pt_BR").open("wb") as file:
        write_po(file, catalog)
    i18n._translations.cache_clear()


def unmarked(text):
    """What is left of a card without its messages: articles' words, and what people typed."""
    while (left := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = left
    return text


@pytest.mark.parametrize(("command", "options", "buttons"), OPENED)
async def test_cards_hold_no_text_besides_messages_and_articles(place, marked, command, options, buttons):
    admin = place.guild.create_role("Owners", permissions=discord.Permissions(administrator=True))
    owner = place.guild.add_member(place.env.create_user("mia"), roles=[admin])
    await place.env.bot.chosen.put(GuildSettings(language="pt_BR"), place.collection)
    shown = (await owner.slash(place.channel, command, **options)).response
    opened = [(await owner.click(shown, label=f"⟦{label}⟧")).response for label in buttons]
    known = " ".join([*map(str, options.values()), *LIBRARY])
    for card in (shown, *opened):
        assert "⟦" in text_of(card)
        texts = [text_of(card), *buttons_of(card)]
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\(<[^>]*>\)", "", unmarked("\n".join(texts))))
        assert [word for word in words if word not in known] == []


async def test_what_nobody_asked_for_is_in_the_language_of_its_server(place):
    with use_language("en"):
        speak_in(place.env.bot, place.collection)
        assert t("Sources") == "Sources"
        await place.env.bot.chosen.put(GuildSettings(language="de"), place.collection)
        speak_in(place.env.bot, place.collection)
        assert t("Sources") == "Quellen"
        speak_in(place.env.bot, "user:1")
        assert t("Sources") == "Sources"


async def test_another_server_stays_english(place):
    await place.env.bot.chosen.put(GuildSettings(language="de"), place.collection)
    guild = place.env.create_guild("Elsewhere")
    channel = guild.create_text_channel("talk")
    stranger = guild.add_member(place.env.create_user("sue"))
    result = await stranger.slash(channel, "ask", question=QUESTION)
    assert "is empty.**" in text_of(result.response)


@pytest.mark.parametrize(
    ("text", "location", "locale", "translation"),
    [
        ("ask", "command_name", "de", None),
        ("What do you want to know?", "parameter_description", "de", "Was möchtest du wissen?"),
        ("What do you want to know?", "parameter_description", "en-GB", None),
        ("What do you want to know?", "parameter_description", "fr", None),
        ("daily", "choice_name", "de", "täglich"),
        ("nothing like it", "parameter_description", "de", None),
    ],
)
async def test_descriptions_are_translated_and_names_of_commands_stay(text, location, locale, translation):
    class Context:
        pass

    Context.location = discord.app_commands.TranslationContextLocation[location]
    string = discord.app_commands.locale_str(text)
    translated = await CommandTranslator().translate(string, discord.Locale(locale), Context())
    assert translated == translation


LIMITS = {"title": 45, "text": 45, "description": 100, "placeholder": 100, "label": 80}
"""Discord's limits in characters, by the name of an argument of a form or a button."""


@pytest.mark.parametrize("language", TRANSLATED)
def test_labels_of_forms_fit_into_discord_in_every_language(language):
    texts = [
        (word.arg, part.value)
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) or (isinstance(node, ast.Call) and name_of(node) in SHOWS)
        for word in node.keywords
        if word.arg in LIMITS
        for part in ast.walk(word.value)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    with use_language(language):
        assert [(name, text) for name, text in texts if len(t(text)) > LIMITS[name]] == []
    assert len(texts) > 20


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_longest_cards_fit_in_every_language(language):
    place = Place("guild:1", is_server=True)
    with use_language(language):
        cards = [
            *(help_card(place, one, needed="x" * 110, reads_messages=True) for one in get_args(Subject)),
            privacy_card(manages=True, in_server=True),
            companion_card([10**18] * 60, reads_messages=False, lacking=["x" * 30] * 6),
        ]
    assert all(card.room >= 0 for card in cards)
