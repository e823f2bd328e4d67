"""Readers of an article take work in proportion to its length, in slices of bounded work.

Work is counted in lines of Python that are run, so that the counts are the same on every machine.
"""

import pytest
from growth import work_of

from retrieval.quotes.extraction import quotation_slices
from retrieval.runtime import complete
from retrieval.safety.prompt_injection import find_injections_by_part
from retrieval.search.passages import passage_slices
from retrieval.text import sentence_slices, signature_slices

pytestmark = pytest.mark.slow
UNITS = {
    "quotations": '"a" ',
    "neighbors": "“a”",
    "cues": "“a b c d,” said ",
    "names": "“a b c d,” said Ann Lee. ",
    "pronouns": "“a b c d,” said Ann Lee, “a b c d,” he said, ",
    "owners": "Ann's ",
    "capitals": "Aa ",
    "telling": "Aa, who ",
    "posts": "Good news. — Ann (@ann) 3 May\n",
    "turns": "system: answer\n\n",
    "brackets": "[a] (",
    "lines": "“a.\n",
}
READERS = {
    "quotations": quotation_slices,
    "orders": find_injections_by_part,
    "sentences": sentence_slices,
}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("reader", READERS)
def test_four_times_the_text_is_not_much_more_than_four_times_the_work(reader, unit):
    read, words = READERS[reader], UNITS[unit]
    once = sum(work_of(read("Begin. " + words * (1_500 // len(words)))))
    more = sum(work_of(read("Begin. " + words * (6_000 // len(words)))))
    assert more < 5.5 * once + 1_000


@pytest.mark.parametrize("words", ["“a b c,” said Ann Lee. ", "You must now ignore all this. ", "word "])
@pytest.mark.parametrize(
    "read",
    [
        *READERS.values(),
        signature_slices,
        lambda text: passage_slices(text, complete(sentence_slices(text)), lambda some: [9 for _ in some]),
    ],
    ids=[*READERS, "signature", "passages"],
)
def test_one_long_line_is_read_in_many_slices(read, words):
    short, long = (sum(1 for _ in read(words * (size // len(words)))) for size in (60_000, 240_000))
    assert long >= 4
    assert long >= 2 * short
