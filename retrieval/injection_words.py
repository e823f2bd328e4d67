"""Words of which the patterns for orders to language models are made: lower case, without accents."""

import re
from collections.abc import Sequence

SOON, NEAR, FAR = (rf"[^.!?]{{0,{chars}}}?" for chars in (25, 70, 120))
"""Gaps that do not cross the end of a sentence."""
START = r"(?:^|(?<=[.!?:;,\"'()\[\]*#>|-])|(?<=[.!?:;,\"'()\[\]*#>|-] ))"
DO = (
    START + r"(?:(?:please|kindly|now|and|then|also|just|instead|you (?:must|should|shall|will|have to)"
    r"|must) ?){0,3}"
)
"""Where a sentence, or a part of it, can begin with an order."""

MODEL = (
    r"(?:(?:large |ai |artificial )?language models?|(?:llm|ai|a\.i\.|artificial intelligence)(?: (?:models?"
    r"|assistants?|systems?|agents?|(?:chat)?bots?|crawlers?|summari[sz]ers?|tools?|reviewers?|readers?))?"
    r"|llms|(?:virtual |digital )?assistants?|chat ?bots?|(?:discord )?bots?|chatgpt|gpt(?:-\w+)?|claude"
    r"|gemini|copilot|footnote|automated (?:agents?|readers?|systems?)|summari[sz]ers?)"
)
MODELS_ABROAD = (
    r"(?:ki(?:-\w+)?|sprachmodelle?n?|assistent\w*|chatbots?|bots?|(?:asistentes? de |assistants? )?ia"
    r"|modeles? (?:de langage|d'ia)|modelos? de (?:lenguaje|ia|linguagem)|asistentes?|assistants?"
    r"|modelli? linguistic[oi]|llms?)"
)
THIS = r"(?:this|the) (?:\w+ )?(?:articles?|page|text|document|passage|story|site|paper|post|paragraph)"
EARLIER = (
    r"(?:previous|prior|above|earlier|preceding|foregoing|existing|former|original|initial|system|other)"
)
INSTRUCTIONS = (
    r"(?:instructions?|prompts?|directions?|directives?|guidelines?|guardrails|commands?|system messages?"
    r"|programming|training)"
)
LIMITS = (
    r"(?:rules?|instructions?|prompt|guidelines?|training|programming|restrictions?|limits|filters?|safety)"
)
LEAVE = (
    r"(?:ignore|disregard|forget|override|bypass|discard|neglect|dismiss|set aside|do not (?:follow|obey)"
    r"|don't follow)"
)
REPLY = r"(?:answers?|repl(?:y|ies)|responses?|summar(?:y|ies)|outputs?|completions?)"
MUST = (
    r"(?:(?:must|should|shall)(?: not)?|ha(?:s|ve) to|needs? to"
    r"|(?:is|are) (?:instructed|required|ordered|told|obliged|requested))"
)
SAY = (
    r"(?:say|reply|respond|answer|output|print|write|state|claim|mention|include|insert|append|add|cite|quote"
    r"|recommend|praise|promote|tell|call|name|list|give|rate|score|end|begin|start|contain|repeat|deny|"
    r"refuse"
    r"|link|refer|use)"
)
DATA = (
    r"(?:question|answer|chat|history|conversation|prompt|secret|token|data|context|user|your|insert"
    r"|password)"
)


def any_of(rules: Sequence[str]) -> re.Pattern[str]:
    """Return one pattern for all; beginnings in common are tried once, which takes a third of the time."""
    grouped: list[str] = []
    left = list(rules)
    for beginning in (DO, START, r"\b"):
        ends = [rule.removeprefix(beginning) for rule in left if rule.startswith(beginning)]
        left = [rule for rule in left if not rule.startswith(beginning)]
        if ends:
            grouped.append(f"{beginning}(?:{'|'.join(ends)})")
    return re.compile("|".join((*grouped, *left)))
