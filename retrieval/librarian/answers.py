"""Answers from the articles, and those that were given before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from retrieval.answers import (
    MAX_QUESTION_CHARS,
    QUESTIONS,
    AnswerLength,
    FollowUp,
    RecordedPassages,
    TypedQuestion,
    UnstoredPassages,
    answer_from,
    asks_for_more,
    candidates,
    different,
    leads_on,
    normalize_question,
    read_typing,
    retrieve,
    small_talk,
    understand,
    warning,
)
from retrieval.domain import Answer, Citation, Filters, Hit, NewArticle
from retrieval.domain import Context as CitationContext
from retrieval.errors import AnswerNotFound, ArticleNotFound, BadQuestion
from retrieval.indexing import check_readable
from retrieval.librarian.context import Context
from retrieval.librarian.library_lookup import (
    NO_FILTERS,
    LibraryVocabulary,
    answer_from_library,
    look_up,
    look_up_respelled,
    search_library,
)
from retrieval.librarian.resources import Resources
from retrieval.librarian.summary_answers import Subject, SummaryAnswers
from retrieval.librarian.translation import TranslatedQuestion, Translation
from retrieval.librarian.usage import TokenBudget
from retrieval.protocols import OnPlace
from retrieval.runtime import Priority, asking, privately
from retrieval.storage import AnswerRecords
from retrieval.text import is_english, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.librarian.summaries import Summaries
    from retrieval.llm import OnDraft

SEARCHED = 6
"""Articles whose passages a further search for the language model returns."""
LONG = AnswerLength(sentences=8, passages=10, close=8.0)
"""A longer answer goes on to sentences that answer less well than those of a short one …"""
LONG_THRESHOLD = 0.0
"""… but not below this score: what is further off than that strays from the question."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What became clear about a question on the lane."""

    typed: str
    """As it is read."""
    follow_up: FollowUp
    subject: Subject | None = None
    """Of what a summary is asked, if one is."""
    answer: Answer | None = None
    """``None`` as well if more of the answer before is asked for."""


class Answers:
    """Answers questions; every sentence of an answer is cited."""

    def __init__(
        self, context: Context, budget: TokenBudget, load_summaries: "Callable[[], Summaries]"
    ) -> None:
        self._context = context
        self._budget = budget
        self._translation = Translation(context, budget)
        self._summaries = SummaryAnswers(context, load_summaries)

    # -- questions ---------------------------------------------------------

    async def ask(
        self,
        question: str,
        *,
        collection: str,
        filters: Filters = NO_FILTERS,
        after: Answer | None = None,
        on_place: OnPlace | None = None,
        on_draft: "OnDraft | None" = None,
        extractive: bool = False,
    ) -> Answer:
        """Answer from the articles, or say that they do not answer.

        *after* is the answer that the question follows up; what was understood is in the answer.
        A question about a whole article is answered with its summary.
        With a language model, it chooses the sentences unless *extractive*, or writes the answer if it
        is set to, within the budgets of the collection and of the person who asks; *on_draft* is called
        with the written sentences that passed so far. A question in a language that the articles are
        not in is translated into theirs by the model, and the answer into that of the question.

        Raises:
            BadQuestion: Not between 3 and 500 characters, without a letter, or "thanks" and the like.
            ArticleNotFound: The filters name an article that is not here.
            LibraryBusy: Too many people are waiting.
        """
        if small_talk(question):
            raise BadQuestion("That is no question. Ask something about the articles.")
        question = normalize_question(question)
        written = self._context.llm is not None and not extractive
        reason = await self._budget.find_exhausted(collection) if written else ""
        by_model = written and not reason
        asked = TranslatedQuestion(question)
        if by_model:
            asked = await self._translation.translate_question(question, collection, filters, after)
        looked = await self._look(asked, collection, filters, after, on_place, by_model=by_model)
        if looked.subject is not None:
            summary = await self._summaries.answer(
                looked.subject, question, collection=collection, extractive=not by_model
            )
            if looked.follow_up.clean:
                summary = replace(summary, understood=looked.typed)
            return await self._translation.translate_answer(summary, asked, collection)
        if looked.answer is None:
            assert after is not None
            longer = await self.elaborate(after, collection=collection, on_place=on_place)
            return replace(longer, question=question, understood=after.understood or after.question, id=None)
        follow_up = looked.follow_up
        shown = follow_up.text if follow_up.clean or asked.source else question
        answer = replace(looked.answer, question=question, understood="" if shown == question else shown)
        if by_model and self._context.chosen is not None and answer.nearest:
            answer = await self._choose(answer, collection, filters, after, looked.typed)
            answer = await self._translation.translate_answer(answer, asked, collection)
        elif written and answer.found:
            # A draft in another language would be replaced word by word before the reader's eyes.
            answer = await self._write(answer, collection, reason, None if asked.source else on_draft)
            answer = await self._translation.translate_answer(answer, asked, collection)
        return _with_warning(answer)

    async def ask_new(
        self,
        question: str,
        articles: Sequence[NewArticle],
        *,
        collection: str,
        on_place: OnPlace | None = None,
    ) -> Answer:
        """Answer from these texts alone, and keep nothing; the cited articles have no id.

        A language model that chooses sentences chooses them here as well; one that writes does not write.

        Raises:
            BadQuestion: As for ``ask``.
            NotReadable: One of them holds no text.
            LibraryBusy: Too many people are waiting.
        """
        question = normalize_question(question)
        for article in articles:
            check_readable(article)
        if len(articles) == 1:
            summary = await self._summaries.answer_new(question, articles[0], collection=collection)
            if summary is not None:
                return summary
        resources, lane = self._context.resources, self._context.lane
        encoder = await lane.run(lambda: resources.encoder, on_place=on_place)
        reading = UnstoredPassages.read(articles, collection=collection, encoder=encoder)
        source = await lane.run_in_slices(reading, priority=Priority.QUESTION)

        def answered() -> Answer:
            threshold = resources.settings.answer_threshold
            found = answer_from(
                question,
                source,
                load_reranker=lambda: resources.reranker,
                load_reader=lambda: resources.reader,
                threshold=threshold,
            )
            return replace(found, library_size=len(articles))

        answer = await lane.run(answered, on_place=on_place)
        if self._context.chosen is not None and answer.nearest:
            answer = await self._choose_new(answer, source, collection)
        return _with_warning(answer)

    async def elaborate(self, answer: Answer, *, collection: str, on_place: OnPlace | None = None) -> Answer:
        """Return the answer at length, from the passages that were read for it, with follow-up questions.

        Each of the questions was looked up: the articles answer it with words not shown yet.

        Raises:
            AnswerNotFound: The answer is from articles of another collection.
            LibraryBusy: Too many people are waiting.
        """
        articles = [one.article for one in answer.citations] + [hit.article for hit in answer.nearest]
        if any(article.collection != collection for article in articles):
            raise AnswerNotFound("That answer is too old, or was not given here. Please ask again.")
        if answer.kind == "summary":
            return await self._summaries.lengthen(answer, collection=collection)
        resources, lane = self._context.resources, self._context.lane
        longer = await lane.run(lambda: _lengthen(resources, answer), on_place=on_place)
        answered: list[str] = []
        for question in candidates(longer) if is_english(answer.understood or answer.question) else ():
            reply = await lane.run(
                lambda question=question: answer_from_library(  # type: ignore[misc]
                    resources, question, collection=collection
                )
            )
            if leads_on(reply, longer):
                answered.append(question)
            if len(different(answered)) == QUESTIONS:
                break
        return replace(longer, follow_ups=tuple(different(answered)))

    async def search(
        self, query: str, *, collection: str, limit: int = 10, filters: Filters = NO_FILTERS
    ) -> list[Hit]:
        """Return passages, best first, enough of them to name *limit* articles if there are as many.

        Raises:
            BadQuestion, ArticleNotFound, LibraryBusy: As for ``ask``, but of any length.
        """
        query = normalize_question(query, longest=None)
        return await self._context.lane.run(
            lambda: search_library(
                self._context.resources, query, collection=collection, limit=limit, filters=filters
            )
        )

    async def _write(
        self, answer: Answer, collection: str, reason: str, on_draft: "OnDraft | None"
    ) -> Answer:
        """Return the answer in the model's words, or as it is if there is a *reason* against that."""
        assert self._context.llm is not None
        if reason:
            from retrieval.llm import extractive_answer, not_chosen  # late: only where there is a model

            chooses = self._context.chosen is not None
            return not_chosen(answer, reason) if chooses else extractive_answer(answer, reason)
        answer, tokens = await self._context.llm.write(answer, on_draft)
        await self._budget.charge(tokens, collection)
        return answer

    async def _choose(
        self, answer: Answer, collection: str, filters: Filters, after: Answer | None, asked: str
    ) -> Answer:
        """Return the answer in the sentences that the model chooses."""
        chosen = self._context.chosen
        assert chosen is not None

        async def search(query: str) -> list[Hit]:
            return await self._context.lane.run(
                lambda: search_library(
                    self._context.resources, query, collection=collection, limit=SEARCHED, filters=filters
                )
            )

        charge = partial(self._budget.spend, collection=collection)
        return await chosen.choose(answer, search=search, charge=charge, after=after, asked=asked)

    async def _choose_new(self, answer: Answer, source: UnstoredPassages, collection: str) -> Answer:
        """Return an answer from texts that are not kept in the sentences that the model chooses."""
        assert self._context.chosen is not None
        if reason := await self._budget.find_exhausted(collection):
            return await self._write(answer, collection, reason, None)

        async def search(query: str) -> list[Hit]:
            return await self._context.lane.run(lambda: retrieve(query, source))

        charge = partial(self._budget.spend, collection=collection)

        chosen = self._context.chosen.read_elsewhere(
            text_of=lambda article, _: source.text_of(article),
            structure_of=lambda article, _: source.structure_of(article),
        )
        return await chosen.choose(answer, search=search, charge=charge)

    async def _look(
        self,
        asked: TranslatedQuestion,
        collection: str,
        filters: Filters,
        after: Answer | None,
        on_place: OnPlace | None,
        *,
        by_model: bool,
    ) -> "_Looked":
        """Read a question and look it up: in one turn on the lane, two if a model rewrites a follow-up."""
        rewrites = by_model and after is not None and self._context.chosen is None

        def read() -> _Looked:
            resources = self._context.resources
            typed = TypedQuestion(asked.question)
            if not asked.source and resources.store.count(collection):
                typed = read_typing(asked.question, LibraryVocabulary(resources, collection))
            looked = _Looked(typed.text, FollowUp(typed.text, clean=typed.corrected))
            subject = self._summaries.find_subject(
                typed.text, collection=collection, filters=filters, after=after
            )
            if subject is not None:
                return replace(looked, subject=subject)
            if after is None:
                return look_up_read(looked)
            if after.found and asks_for_more(typed.text):
                return looked
            return looked if rewrites else look_up_read(_completed(looked, after))

        def look_up_read(looked: _Looked) -> _Looked:
            resources, follow_up = self._context.resources, looked.follow_up
            if after is None:
                follow_up, answer = look_up_respelled(
                    resources, follow_up, collection=collection, filters=filters
                )
            else:
                answer = look_up(resources, follow_up, after, collection=collection, filters=filters)
            return replace(looked, follow_up=follow_up, answer=answer)

        looked = await self._context.lane.run(read, on_place=on_place)
        done = looked.subject is not None or looked.answer is not None
        if done or after is None or (after.found and asks_for_more(looked.typed)):
            return looked
        whole = await self._rewrite(looked.typed, after, collection)
        looked = (
            replace(looked, follow_up=FollowUp(whole, clean=True)) if whole else _completed(looked, after)
        )
        return await self._context.lane.run(lambda: look_up_read(looked), on_place=on_place)

    async def _rewrite(self, question: str, after: Answer, collection: str) -> str:
        """Return a follow-up with what it leaves out, by the model; empty if that fails."""
        assert self._context.llm is not None
        from retrieval.llm import rewrite_query  # late: only where there is a model

        title = after.citations[0].article.title if after.citations else ""
        whole, tokens = await rewrite_query(
            self._context.llm.model,
            question,
            [(after.understood or after.question, " ".join(_said(after)))],
            title,
        )
        await self._budget.charge(tokens, collection)
        return whole

    # -- answers that were given -------------------------------------------

    async def record(self, answer: Answer, *, collection: str) -> Answer:
        """Keep an answer, so that its buttons outlive a restart; return it with its number.

        The person that ``set_current_user`` names is kept with it, so that people can find and delete what
        they asked, and so that a private answer is recalled for nobody else.
        """
        asker, private = asking(), privately()  # the lane's thread would not know
        number = await self._context.lane.run(
            lambda: self._records.save(collection, answer, asker, private=private)
        )
        return replace(answer, id=number)

    async def recall(self, answer_id: int, *, collection: str) -> Answer:
        """Return an answer as it was given here; raises ``AnswerNotFound``.

        A private one is found for the person that ``set_current_user`` names as its asker, and nobody else.
        """
        person = asking()
        return await self._context.lane.run(lambda: self._records.load(collection, answer_id, person=person))

    async def context(self, citation: Citation, *, collection: str, sentences: int = 2) -> CitationContext:
        """Return a citation with the sentences around it, from the version it was cited from.

        Raises:
            ArticleNotFound: The article was removed, or is not of this collection.
        """
        return await self._context.lane.run(lambda: self._read_context(citation, collection, sentences))

    def _read_context(self, citation: Citation, collection: str, around: int) -> CitationContext:
        store, article = self._context.store, citation.article
        current = store.articles_by_row([article.id]).get(article.id)
        if current is None or current.collection != collection:
            raise ArticleNotFound("That article was removed from the library. Ask again for newer sources.")
        text = store.text(article.id, article.digest)
        start, end = surroundings(text, citation.span, around)
        return CitationContext(
            before=text[start : citation.span.start],
            quote=citation.span.of(text),
            after=text[citation.span.end : end],
            current=current.digest == article.digest,
        )

    @property
    def _records(self) -> AnswerRecords:
        return AnswerRecords(self._context.store)


def _completed(looked: _Looked, after: Answer) -> _Looked:
    """Return a follow-up with what it leaves out, by rules."""
    before = after.understood or after.question if after.kind == "answer" else ""
    follow_up = understand(looked.typed, before, _said(after))
    if after.kind == "summary" and not follow_up.clean:
        follow_up = replace(follow_up, where="there first")
    clean = follow_up.clean or (looked.follow_up.clean and follow_up.text == looked.typed)
    text = follow_up.text[:MAX_QUESTION_CHARS]
    return replace(looked, follow_up=replace(follow_up, text=text, clean=clean))


def _said(after: Answer) -> Sequence[str]:
    return after.originals or [one.prose for one in after.statements]


def _lengthen(resources: Resources, answer: Answer) -> Answer:
    """Answer from the recorded passages, each in the version that was read; never with less than before."""
    question = answer.understood or answer.question
    if not answer.found or not is_english(question):
        return answer
    try:
        longer = answer_from(
            question,
            RecordedPassages(answer, resources.store),
            load_reranker=lambda: resources.reranker,
            threshold=max(LONG_THRESHOLD, resources.settings.answer_threshold or LONG_THRESHOLD),
            length=LONG,
        )
    except ArticleNotFound:  # removed, or its old version is gone
        return answer
    if longer.found and answer.chosen_by:
        return answer.extend(longer)
    if not longer.found or (not answer.written_by and len(longer.statements) <= len(answer.statements)):
        return answer
    return replace(
        longer,
        question=answer.question,
        understood=answer.understood,
        warning=answer.warning,
        library_size=answer.library_size,
        removed=answer.removed,
    )


def _with_warning(answer: Answer) -> Answer:
    return replace(answer, warning=answer.warning or warning(answer, datetime.now(UTC).date()))
