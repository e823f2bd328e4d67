"""What the demo says first: things to try, each of which shows something."""

from bot.i18n import t

QUESTIONS = (
    "When did Tambora erupt?",
    "Who was the last person to catch smallpox naturally?",
    "Who invented the World Wide Web?",
)
SUMMARIZED = "The year without a summer"
QUOTED = "the footbridge"
DISPUTED = "footbridge"
"""The library holds a report on it and a correction."""
CLAIMS = (
    "Did you know that Mount Tambora erupted in April 1816? Twelve people have walked on the Moon. "
    "The wheels of the Moon car were made by a baker in Trieste."
)
"""What another member says: one false claim, one true, one of which the articles know nothing."""
REFUSED = "Who won the football world cup in 2018?"


def greeting(articles: int) -> str:
    """Return the first message in the channel, in Discord's markdown."""
    return t(
        "**Hello! I have read {articles} sample articles and answer in their exact words.** "
        "Type `/` to see my commands, or try:\n"
        "{asked}\n"
        "`/summarize article: {summarized}`\n"
        "`/quote about: {quoted}`\n"
        "`/digest show topic: {disputed}` (two reports disagree) and `/timeline topic: {disputed}`\n"
        "and one that I must not answer: `/ask question: {refused}`\n"
        "Press **Quotes** under an answer to see where each sentence comes from. "
        "`/article add` takes pasted text or a file of yours. On the left are threads and your direct "
        "messages with me. Press a message with the right mouse button for its menu: Sam's below, for "
        "instance, to check it against the articles.",
        articles=articles,
        asked="\n".join(f"`/ask question: {question}`" for question in QUESTIONS),
        summarized=SUMMARIZED,
        quoted=QUOTED,
        disputed=DISPUTED,
        refused=REFUSED,
    )
