"""The law: what a reader sees on Discord is the text. `read` is Discord's parser, as far as it matters."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.formatting.markdown import (
    cut,
    fit,
    fit_end,
    format_block_quote,
    one_line,
    plain,
    title_markdown,
    visible,
)

FORMATTING = [
    r"\*[^*]+\*|\*\*.+?\*\*|__.+?__|_[^_]+_|~~.+?~~|\|\|.+?\|\|",
    r"`+[^`]+`+|```[\s\S]*```",
    r"<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|<t:-?\d+(:\w)?>|</[^>]+:\d+>|<id:\w+>|@everyone|@here",
    r"\[[^\]]*\]\([^)]*\)|<[^\s>]+[:@][^\s>]+>|[a-z]+://\S+",
    r":[\w+-]+:",
]
AT_LINE_START = r"(?:#{1,3}\s|-#\s|>\s|>>>\s|[-*+]\s|\d+[.)]\s)"
INLINE = re.compile("|".join(FORMATTING), re.IGNORECASE)
BLOCK = re.compile(rf"[ \t]*{AT_LINE_START}")
ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")

FRAGMENTS = [
    *"\\*_~|`<>[]()#-+:@!&.,/ \n\t1a",
    *("**", "||", "```", "# ", "-# ", "> ", "1. ", ":skull:", "\r\n"),
    *("<@42>", "<@&42>", "<#42>", "<:x:42>", "<t:1:R>", "</ask:1>", "@everyone", "@here"),
    *("https://evil.example", "[a](https://evil.example)"),
    *("\u202e", "\u200b", "\u200d", "\u2028", "e\u0301", "見", "\ud800"),
]
HOSTILE = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=30).map("".join)


def read(markdown):
    """Return what is displayed; fail when any of it would be formatted."""
    seen, at, line_start = [], 0, True
    while at < len(markdown):
        assert not (line_start and BLOCK.match(markdown, at)), f"block formatting at {markdown[at:]!r}"
        if escape := ESCAPE.match(markdown, at):
            seen.append(escape[1])
            at, line_start = escape.end(), False
            continue
        found = INLINE.match(markdown, at)
        assert not found, f"formatting at {markdown[at:]!r}"
        seen.append(markdown[at])
        line_start = markdown[at] == "\n"
        at += 1
    return "".join(seen).replace("@\u200b", "@")


@pytest.mark.slow
@given(HOSTILE)
@example("1. 2. \\# \\\\")
@example("@\u200beveryone <\u200b@42> \\*a\\*")
@example("a: b:c :d:e: http\u200bs://x.example/a_b_c")
def test_a_reader_sees_the_text(text):
    assert read(plain(text)) == visible(text)


@given(HOSTILE)
@example("<:")
def test_nothing_is_left_that_discord_takes_for_a_mention(text):
    assert not re.search(r"<[@#:]|@(everyone|here)", plain(text), re.IGNORECASE)


@given(HOSTILE)
@example("\u202e\u200d\u202e\\")
@example("見\u200d\u200da")
def test_what_is_visible_stays_so(text):
    assert visible(visible(text)) == visible(text)


@given(HOSTILE, st.integers(1, 200))
def test_what_is_fitted_fits_and_is_a_beginning(text, room):
    fitted = fit(text, room)
    assert len(fitted) <= room
    seen = read(fitted)
    assert seen == visible(text) or visible(text).startswith(seen.removesuffix("…"))


@given(HOSTILE, st.integers(1, 200))
def test_what_is_fitted_from_the_end_fits_and_is_an_end(text, room):
    fitted = fit_end(text, room)
    assert len(fitted) <= room
    seen = read(fitted)
    assert seen == visible(text) or visible(text).endswith(seen.removeprefix("…"))


@given(HOSTILE)
def test_a_title_is_one_short_line_that_forges_nothing(title):
    shown = title_markdown(title)
    seen = read(shown)
    assert 1 <= len(seen) <= 100
    assert not set(seen) & set("[]()`\n")
    assert "://" not in seen


@given(HOSTILE)
def test_a_block_quote_holds_every_line(text):
    assert all(line.startswith("> ") for line in format_block_quote(plain(text)).splitlines())


def test_joiners_that_shape_letters_and_emoji_stay():
    assert visible("می‌خواهم 👩‍🚀") == "می‌خواهم 👩‍🚀"


def test_marks_that_turn_or_hide_text_go():
    assert one_line("a\u202eb\u200bc\u00add\u2066e\ufefff\u200dg") == "abcdefg"


def test_a_title_of_nothing_visible_has_a_name():
    assert title_markdown("\u200b\u202e ") == "Untitled article"


def test_long_titles_are_cut_at_a_word():
    assert cut("word " * 30, 20) == "word word word word…"
