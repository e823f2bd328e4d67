"""The ``custom_id`` of every button: written here, and read back here after a restart.

``a:7:quotes`` opens the quotes of answer 7 for whoever presses it; ``a:7:quotes:2`` turns to
its third page; ``l:2`` turns the list of articles; ``r:5`` removes article 5; ``s:5:key`` shows its
key quotes, ``s:5:ask`` asks about it; ``n:3`` adds what offer 3 is; ``f:7`` follows up
answer 7; ``v:5:0a1b2c3d4e5f:2`` turns to the third page of what followed the text of article 5 whose
digest begins so; ``y:6`` asks question 6 anew, which a restart cut off. Of answer 7, ``t:7`` opens a
thread, ``m:7`` shows more of it, ``q:7:0`` asks the first question
that it leads on to, ``w:7`` says what is wrong with it, ``o:7:2:y`` that its second citation is right;
``d:4:show`` decides report 4, ``p:1`` turns the list of reports; ``y:me:export`` hands out what is kept
of the one who presses, ``y:server:ask`` asks before a server's is deleted, ``z:server:9`` deletes that of
server 9. Pages count from 0.
``g:channels`` is the part of /settings that chooses channels.
"""

from collections.abc import Sequence
from typing import Any, Literal, get_args

import discord
from discord import ui

from bot.markdown import cut
from bot.words import t

What = Literal["quotes", "sources", "spoken", "lines", "passage"]
"""Exact words with context · passages read · words in quotation marks · a digest or timeline
· one citation with all that stands around it, its number as the page."""
ANSWER_ID = rf"a:(?P<answer>[0-9]{{1,18}}):(?P<what>{'|'.join(get_args(What))})(?::(?P<page>[0-9]{{1,3}}))?"
LIST_ID = r"l:(?P<page>[0-9]{1,4})"
REMOVE_ID = r"r:(?P<article>[0-9]{1,18})"
Deed = Literal["key", "ask"]
"""Show an article's key quotes · ask about it."""
ARTICLE_ID = rf"s:(?P<article>[0-9]{{1,18}}):(?P<deed>{'|'.join(get_args(Deed))})"
OFFER_ID = r"n:(?P<offer>[0-9]{1,18})"
PANEL_ROLES_ID = r"g:adders"
PANEL_CHANNELS_ID = r"g:(?P<name>channels|reports_channel)"
PANEL_LIST_ID = r"g:(?P<name>keep_days|language)"
PANEL_BUTTON_ID = r"g:(?P<name>private|everyone_adds|limits|domains)"
RETRY_ID = r"y:(?P<question>[0-9]{1,18})"
THREAD_ID = r"t:(?P<answer>[0-9]{1,18})"
FOLLOW_ID = r"f:(?P<answer>[0-9]{1,18})"
DIGEST_SHOWN = 12
VERSION_ID = rf"v:(?P<article>[0-9]{{1,18}}):(?P<digest>[0-9a-f]{{{DIGEST_SHOWN}}}):(?P<page>[0-9]{{1,4}})"
MORE_ID = r"m:(?P<answer>[0-9]{1,18})"
NEXT_ID = r"q:(?P<answer>[0-9]{1,18}):(?P<number>[0-9])"
WRONG_ID = r"w:(?P<answer>[0-9]{1,18})"
VOTE_ID = r"o:(?P<answer>[0-9]{1,18}):(?P<number>[0-9]{1,4}):(?P<vote>[yn]):(?P<page>[0-9]{1,3})"
DECIDE_ID = r"d:(?P<report>[0-9]{1,18}):(?P<decision>show|hide)"
REPORTS_ID = r"p:(?P<page>[0-9]{1,4})"
Deletable = Literal["me", "server"]
"""What is kept of the one who presses · of the server where it is pressed."""
PRIVACY_ID = r"y:(?P<whose>me|server):(?P<deed>export|ask)"
SURE_ID = r"z:(?P<whose>me|server):(?P<number>[0-9]{1,20})"
MAX_PAGES = 1_000
LABEL_CHARS = 80
"""Discord's limit for the words on a button."""


def open_button(answer_id: int, what: What, label: str) -> ui.Button[Any]:
    """Return the button that opens something about an answer."""
    return _button(label, f"a:{answer_id}:{what}")


def follow_button(answer_id: int) -> ui.Button[Any]:
    """Return the button that asks a question which follows up an answer."""
    return _button("Follow up", f"f:{answer_id}")


def panel_id(name: str) -> str:
    """Return the id of a part of the panel of settings."""
    return f"g:{name}"


def retry_button(question: int) -> ui.Button[Any]:
    """Return the button that asks anew a question that a restart cut off."""
    return _button("Retry", f"y:{question}")


def thread_button(answer_id: int) -> ui.Button[Any]:
    """Return the button that opens a thread under an answer."""
    return _button("Continue in a thread", f"t:{answer_id}")


def passage_button(answer_id: int, number: int) -> ui.Button[Any]:
    """Return the button that shows the citation of this number with all that stands around it."""
    return _button("Show passage", f"a:{answer_id}:passage:{number}")


def more_button(answer_id: int) -> ui.Button[Any]:
    """Return the button that shows an answer at length."""
    return _button("More", f"m:{answer_id}")


def next_button(answer_id: int, number: int, question: str) -> ui.Button[Any]:
    """Return the button that asks the question of this number which an answer leads on to."""
    return _button(cut(question, LABEL_CHARS), f"q:{answer_id}:{number}")


def wrong_button(answer_id: int) -> ui.Button[Any]:
    """Return the button that says what is wrong with an answer."""
    return _button("Wrong?", f"w:{answer_id}")


def vote_buttons(answer_id: int, number: int, page: int, voted: bool | None) -> Sequence[ui.Button[Any]]:
    """Return ✓ and ✗ for a citation, the one that was chosen in color."""
    yes, no = (
        _button(sign, f"o:{answer_id}:{number}:{vote}:{page}") for sign, vote in (("✓", "y"), ("✗", "n"))
    )
    if voted is True:
        yes.style = discord.ButtonStyle.success
    if voted is False:
        no.style = discord.ButtonStyle.danger
    return yes, no


def decide_button(report: int, decision: Literal["show", "hide"], label: str) -> ui.Button[Any]:
    """Return the button with which a moderator decides a report."""
    return _button(label, f"d:{report}:{decision}")


def report_page_buttons(page: int, pages: int) -> Sequence[ui.Button[Any]]:
    """Return ‹ and › for the list of reports; nothing when there is one page."""
    return _page_buttons("p", page, min(pages, MAX_PAGES))


def answer_page_buttons(answer_id: int, what: What, page: int, pages: int) -> Sequence[ui.Button[Any]]:
    """Return ‹ and › for the pages of something about an answer; nothing when there is one page."""
    return _page_buttons(f"a:{answer_id}:{what}", page, pages)


def list_page_buttons(page: int, pages: int) -> Sequence[ui.Button[Any]]:
    """Return ‹ and › for the list of articles; nothing when there is one page."""
    return _page_buttons("l", page, min(pages, MAX_PAGES * 10))


def remove_button(article: int) -> ui.Button[Any]:
    """Return the button that removes an article, by its ``Article.id``, once it was asked for."""
    return ui.Button(label=t("Remove it"), style=discord.ButtonStyle.danger, custom_id=f"r:{article}")


def article_button(article: int, deed: Deed, label: str) -> ui.Button[Any]:
    """Return a button that does something with an article, named by its ``Article.id``."""
    return _button(label, f"s:{article}:{deed}")


def add_button(offer: int) -> ui.Button[Any]:
    """Return the button that adds what was read without being kept."""
    return _button("Add to the library", f"n:{offer}")


def version_button(article: int, digest: str, label: str) -> ui.Button[Any]:
    """Return the button that shows what replaced the text of an article with this digest."""
    return _button(label, f"v:{article}:{digest[:DIGEST_SHOWN]}:0")


def version_page_buttons(article: int, digest: str, page: int, pages: int) -> Sequence[ui.Button[Any]]:
    """Return ‹ and › for the pages of what changed; nothing when there is one page."""
    return _page_buttons(f"v:{article}:{digest[:DIGEST_SHOWN]}", page, min(pages, MAX_PAGES * 10))


def privacy_button(
    whose: Deletable, deed: Literal["export", "ask"], label: str, *, danger: bool = False
) -> ui.Button[Any]:
    """Return the button that exports what is kept, or asks before deleting it."""
    button = _button(label, f"y:{whose}:{deed}")
    if danger:
        button.style = discord.ButtonStyle.danger
    return button


def sure_button(whose: Deletable, number: int) -> ui.Button[Any]:
    """Return the button that deletes what is kept of the person or server of this number."""
    return ui.Button(
        label=t("Delete it all"), style=discord.ButtonStyle.danger, custom_id=f"z:{whose}:{number}"
    )


def _page_buttons(prefix: str, page: int, pages: int) -> Sequence[ui.Button[Any]]:
    if pages < 2:
        return ()
    # A row needs distinct ids, so at the ends the idle button names a page that is not there.
    back = _button("‹", f"{prefix}:{page - 1 if page else pages}", disabled=page == 0)
    forth = _button("›", f"{prefix}:{page + 1}", disabled=page + 1 >= pages)
    return (back, forth)


def _button(label: str, custom_id: str, *, disabled: bool = False) -> ui.Button[Any]:
    style = discord.ButtonStyle.secondary
    return ui.Button(label=t(label), style=style, custom_id=custom_id, disabled=disabled)
