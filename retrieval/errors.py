"""Everything that can go wrong in the library, as one tree.

    RetrievalError             its text is written for the person who asked
    ├── SourceError            the article could not be had
    │   ├── SourceRefused      our rules say no: private address, too large, wrong kind
    │   └── SourceUnavailable  the network says no; later may help        (transient)
    ├── NotReadable            it was had, but there is no article text in it
    ├── ArticleNotFound        no article has this id or address
    ├── AnswerNotFound         no answer was given under this number
    │   └── AnswerHidden       a reader had it hidden
    ├── QuestionNotFound       no such question waits to be asked anew
    ├── ReportNotFound         no reader's report has this number
    ├── BadQuestion            too short, too long, or nothing to look for
    ├── BadRow                 a line of an import that cannot be an article
    ├── LibraryFull            the limit of articles is reached, or the disk is full
    ├── LibraryBusy            too many requests are waiting              (transient)
    ├── StorageError           the library's folder cannot be read or written
    │   └── LibraryDamaged     its file is damaged
    ├── IndexMismatch          the stored vectors belong to another model
    ├── ModelMissing           a model file is absent or is not the expected one
    └── AnswererUnavailable    the language model did not answer          (transient)

Every text ends in what to do next. ``transient`` says whether waiting helps.
Foreign exceptions are translated where they arise, with ``from``.
"""

from retrieval.messages import Message


class RetrievalError(Exception):
    """Base class. ``str(error)`` is one sentence or two in English, fit to be shown.

    Its argument is a constant, or a ``Message`` where values are put into it.
    """

    transient: bool = False

    @property
    def text(self) -> Message:
        """What it says, for an interface that translates; a plain text is a message without values."""
        said = self.args[0] if self.args else ""
        return said if isinstance(said, Message) else Message(str(said))


class SourceError(RetrievalError):
    """The article could not be had from where it was said to be."""


class SourceRefused(SourceError):
    """Our own rules refuse the source; trying again changes nothing."""


class SourceUnavailable(SourceError):
    """The other side did not deliver; trying later may help."""

    transient = True


class NotReadable(RetrievalError):
    """The bytes arrived, but no article text could be taken from them."""


class ArticleNotFound(RetrievalError):
    """No article of the collection has this id or address."""


class AnswerNotFound(RetrievalError):
    """No answer of the collection is stored under this number."""


class AnswerHidden(AnswerNotFound):
    """A reader said that the answer should not be shown, and no moderator has shown it again."""


class QuestionNotFound(RetrievalError):
    """This person has no question here under this number that waits to be asked anew."""


class ReportNotFound(RetrievalError):
    """No report of the collection is stored under this number."""


class BadQuestion(RetrievalError):
    """The question cannot be looked up as it stands."""


class BadRow(RetrievalError):
    """One line of a JSONL file is not an article or not a question."""


class LibraryFull(RetrievalError):
    """There is no room: a configured limit, or the disk."""


class LibraryBusy(RetrievalError):
    """Too many jobs are waiting for the lane."""

    transient = True


class StorageError(RetrievalError):
    """The library's folder or database cannot be used."""


class LibraryDamaged(StorageError):
    """The library's file is damaged; says which, what is safe, and what to do."""


class IndexMismatch(RetrievalError):
    """The stored vectors were made by another encoder or another way of cutting passages."""


class ModelMissing(RetrievalError):
    """A model cannot be loaded."""


class AnswererUnavailable(RetrievalError):
    """The configured language model gave no usable answer."""

    transient = True


class ModelFailed(AnswererUnavailable):
    """The language model gave no text; says why in a few words: "it did not answer in time"."""
