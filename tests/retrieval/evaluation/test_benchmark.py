import pytest
from fakes import SharedWordsReranker, WordHashEncoder

from retrieval.evaluation.benchmark import SAMPLES, measure_import, measure_size, run_process, table
from retrieval.evaluation.made_up_library import Texts, read_sources
from retrieval.storage import decode_tokens
from retrieval.storage.article_store import ArticleStore

LOADERS = (WordHashEncoder, SharedWordsReranker)


@pytest.mark.models  # answers may parse
def test_the_table_has_a_column_a_size_and_a_row_a_measure(tmp_path):
    texts = Texts(read_sources(SAMPLES))
    measured = [
        measure_size(tmp_path / str(size), size, texts, LOADERS, questions=6, processes=0) for size in (7, 25)
    ]
    share = measure_import(tmp_path / "import", texts, LOADERS, articles=2)
    lines = table(measured, share).splitlines()
    assert lines[0] == "|  | 7 passages | 25 passages |"
    names = [line.split("|")[1].strip() for line in lines[2:]]
    assert names == [
        "Encoding a question, p50",
        "Search, p50",
        "Search, p95",
        "Answer, p50",
        "Answer, p95",
        "One-shot `ask`, of importing sentence-transformers",
        "Peak memory of that `ask`",
        "Index file",
        "Database",
        "Import, speed as a share of the bare encoder's",
    ]
    assert {line.count("|") for line in lines} == {4}
    assert all(one.index_bytes > 0 and one.database_bytes > 0 for one in measured)


def test_a_made_up_library_has_the_passages_asked_for_and_each_is_a_paragraph(tmp_path):
    texts = Texts(read_sources(SAMPLES))
    measure_size(tmp_path, 13, texts, LOADERS, questions=1, processes=0)
    store = ArticleStore(tmp_path)
    ids = store.passage_ids("default")
    assert len(ids) == 13
    for passage, tokens in store.passages(ids).values():
        text = store.text(passage.article_id)
        assert passage.span.of(text) in text.split("\n\n")
        assert tokens is not None
        _, lengths = decode_tokens([tokens], WordHashEncoder.token_dimension)
        assert lengths == [150]
    store.close()


def test_texts_are_the_same_for_the_same_seed_and_differ_from_each_other():
    sources = ["The mountain was higher before. Nobody remembered another summer like it."]
    first, second = Texts(sources).passages(3), Texts(sources).passages(3)
    assert first == second
    assert len(set(first)) == 3


@pytest.mark.wire
def test_a_process_is_measured_by_its_time_and_its_peak_memory():
    small, large = run_process("-c", ""), run_process("-c", "print(len(bytearray(b'1') * 200_000_000))")
    assert large.peak_bytes - small.peak_bytes > 150_000_000
    assert small.seconds > 0
