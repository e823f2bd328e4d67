"""What is asked of single sentences takes work in proportion to their length: some texts are one sentence."""

import pytest
from growth import is_linear

from retrieval.domain.spans import Span
from retrieval.nlp.negation import find_negated_roots
from retrieval.nlp.standalone import can_stand, depends_on_previous, is_prose, leads_in, shorter
from retrieval.text import content_roots, dates_in, identifiers_in, quantities, sentences, words_in

pytestmark = pytest.mark.slow
UNITS = (
    *("two days ago ", "4 June 2019, ", "$1,000 ", "12 % ", "E-4012 ", "section 4.3 ", "not that he "),
    *('A "b. C" d. ', "He said. ", "a | b | c\n", "x:\n\n- a\n", "— Ann (@ann) ", "https://a.b/c ", "___ "),
)
READERS = {
    "dates": lambda text: dates_in(text, None),
    "quantities": quantities,
    "identifiers": identifiers_in,
    "negations": find_negated_roots,
    "roots": content_roots,
    "words": words_in,
    "cuts": lambda text: shorter(text, Span(0, len(text))),
    "standing": lambda text: can_stand(text, Span(0, len(text))),
    "prose": lambda text: is_prose(text, Span(0, len(text))),
    "dependence": lambda text: depends_on_previous(text, Span(0, len(text))),
    "lead-ins": leads_in,
    "every sentence": lambda text: [can_stand(text, span) for span in sentences(text)],
}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("reader", READERS)
def test_the_work_on_one_long_sentence_grows_with_its_length(reader, unit):
    assert is_linear(READERS[reader], lambda size: "Begin " + unit * (size // len(unit)), 6_000)
