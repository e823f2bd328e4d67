"""The structure of an article beside its text: headings, lists, tables, questions, entries, footnotes."""

from retrieval.structure.inference import infer_blocks
from retrieval.structure.marked_lines import MarkedLine
from retrieval.structure.prose_lists import ProseList, find_prose_list
from retrieval.structure.structure import Structure, read_structure

__all__ = ["MarkedLine", "ProseList", "Structure", "find_prose_list", "infer_blocks", "read_structure"]
