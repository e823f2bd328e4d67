"""Patterns of finite verbs and participles, as far as forms tell them."""

_IRREGULAR = (
    "cut|put|set|hit|shut|cost|let|began|beat|became|bought|bore|broke|brought|built|came|caught|chose|died|drew"
    "|drove|fell|fought|found|flew|gave|got|grew|held|kept|knew|laid|led|left|lent|lost|made|met|paid|ran|rose|saw"
    "|sank|sent|shot|sold|sought|spent|spoke"
    "|ate|blew|clung|dealt|drank|dug|fed|fled|forgave|forgot|froze|hid|rang|rode|sang|sat|shook|slept|slid|swam|swept"
    "|swore|swung|tore|woke"
    "|stood|stole|struck|taught|threw|took|went|upheld|withdrew|won|wore|wrote"
)
PAST = rf"(?:[a-z]{{2,}}ed|{_IRREGULAR})"
AUXILIARY = r"(?:is|are|was|were|has|have|had|will|can|could|may|might|must|should|would|does|did)"
FINITE = rf"(?:{AUXILIARY}|{PAST})"
PARTICIPLE = (
    r"(?:[a-z]{2,}ed|born|built|bought|brought|chosen|drawn|driven|found|given|held|kept|known|laid|led|left|lost|made"
    r"|paid|seen|sent|shot|sold|spent|stolen|struck|taken|taught|thrown|torn|won|worn|written)"
)
