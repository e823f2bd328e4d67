import pytest
from growth import is_linear

from bot.messages.posted_links import addresses_in

A = "https://example.org/"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("see https://en.wikipedia.org/wiki/Mercury_(planet) ok", ["https://en.wikipedia.org/wiki/Mercury_(planet)"]),
        (f"(see {A}a)", [A + "a"]),
        (f"(see {A}a_(b))", [A + "a_(b)"]),
        (f"(as in {A}a_(b), or elsewhere)", [A + "a_(b)"]),
        (f"[title]({A}a_(b))", [A + "a_(b)"]),
        (f"[one]({A}1),[two]({A}2)", [A + "1", A + "2"]),
        (f"[{A}a]({A}b)", [A + "a", A + "b"]),
        (f"[see {A}a]", [A + "a"]),
        (f"[see {A}a].", [A + "a"]),
        (f"{A}a]b", [A + "a]b"]),
        ("Https://Example.org/mobile", ["Https://Example.org/mobile"]),
        ("HTTPS://EXAMPLE.ORG/X", ["HTTPS://EXAMPLE.ORG/X"]),
        (f"<{A}suppressed>", [A + "suppressed"]),
        (f"||{A}spoiler||", [A + "spoiler"]),
        (f"`{A}code`", [A + "code"]),
        ("https://例え.jp/記事。", ["https://例え.jp/記事"]),
        (f"読んで {A}x。面白い", [A + "x"]),
        (f"「{A}x」", [A + "x"]),
        (f"（{A}x）", [A + "x"]),
        (f"{A}x…", [A + "x"]),
        (f"{A}x...", [A + "x"]),
        (f"“{A}x”", [A + "x"]),
        (f"„{A}x“", [A + "x"]),
        (f"«{A}x»", [A + "x"]),
        (f'"{A}x", they said', [A + "x"]),
        (f"‘{A}x’", [A + "x"]),
        (f"**{A}x**", [A + "x"]),
        (f"{A}x?a=1&b=(2)!", [A + "x?a=1&b=(2)"]),
        (f"{A}it's", [A + "it's"]),
        ("www.example.org/x", []),
        ("https://", []),
        ("https://…", []),
    ],
)  # fmt: skip
def test_an_address_ends_where_the_sentence_goes_on(content, expected):
    assert addresses_in(content) == expected


@pytest.mark.parametrize("part", ["https://a(", "https://a)", "](", "https://a]", "("])
def test_the_work_on_a_message_grows_with_its_length(part):
    assert is_linear(addresses_in, lambda size: "https://example.org/" + part * size, 4_000)
