"""The only way into a library: one object whose services answer, add, summarize, quote, check and digest."""

from retrieval.librarian.context import Context
from retrieval.librarian.librarian import Librarian
from retrieval.librarian.library_lookup import answer_from_library, search_library
from retrieval.librarian.processes import Processes
from retrieval.librarian.resources import Resources

__all__ = ["Context", "Librarian", "Processes", "Resources", "answer_from_library", "search_library"]
