from datetime import date

from reports import report

from retrieval.digests.event_clustering import cluster_articles

FLOOD = "The Arle flooded the mill at Fenwick on Monday, and the miller Ada Berg was carried from the roof."
FLOOD_AGAIN = "Ada Berg, a miller, was carried from the roof of the mill at Fenwick when the Arle flooded it."
CHESS = "A girl of eleven won the chess championship of the county against a former master from Arlington."


def groups(*reports):
    articles, texts = zip(*reports, strict=True)
    return sorted(map(sorted, cluster_articles(articles, texts)))


def test_reports_of_one_event_are_one_story():
    assert groups(report(1, FLOOD), report(2, CHESS), report(3, FLOOD_AGAIN)) == [[0, 2], [1]]


def test_the_same_words_far_apart_in_time_need_more_in_common():
    partly = (
        "The Arle flooded the mill at Fenwick; nobody was in it, said the mayor, and the road stays open."
    )
    near = groups(report(1, FLOOD), report(2, partly), report(3, CHESS))
    far = groups(report(1, FLOOD), report(2, partly, date(2027, 6, 6)), report(3, CHESS))
    assert near == [[0, 1], [2]]
    assert far == [[0], [1], [2]]


def test_copies_are_one_story_whatever_they_share():
    assert groups(report(1, FLOOD, source=9), report(2, CHESS, source=9)) == [[0, 1]]


def test_articles_without_words_are_stories_of_their_own():
    assert groups(report(1, "", title=""), report(2, "?", title="")) == [[0], [1]]


def test_one_article_is_one_story():
    assert groups(report(1, FLOOD)) == [[0]]
