"""What text looks like that speaks to a language model instead of to readers: the patterns.

Each pattern is matched against folded, lower-case text with single spaces (see ``injections.py``).
A gap never crosses the end of a sentence. Words for machines alone are no sign: articles about
machines are articles. A sign is an order, a role, a turn of a chat, or a machine being spoken to.
"""

import re

from retrieval.injection_words import MODEL, MODELS_ABROAD, START

TOKENS = re.compile(
    r"<\|[^<>|]{1,30}\|>|\[/?inst\]|<</?sys>>|</?(?:start|end)_of_turn>|\[/?(?:system|assistant|user|"
    r"human)(?:_prompt)?\]"
    r"|</?(?:system(?:[_-]?(?:prompt|message))?|assistant|instructions?|tool_call|function_calls?|"
    r"im_start)>"
    r"|\{\{[#/]?(?:system|user|assistant)\}\}|</?(?:passages?|context|user_?(?:input|query)|prompt|sources?)>"
    r"|\b(?:human|user) ?: ?[^:]{1,120} (?:ai|assistant|bot|model) ?:"
    r"|###? ?(?:new |system |hidden )?(?:instructions?|system(?: prompt)?|response|human|assistant) ?:"
    r"|[\"']role[\"'] ?: ?[\"'](?:system|assistant|developer|user|tool)[\"']"
    r"|\{ ?[\"'](?:statements|citations|verdict|supported|tool_calls?|function_call)[\"'] ?:"
)
"""Marks of the templates that chat models and their callers use; all that follows is theirs."""

HEADINGS = re.compile(
    START + r"\W{0,6}(?:(?:begin|start|end|new|updated|hidden|secret|important|urgent|critical|special|"
    r"real) ?)*"
    r"(?:(?:system|developer|admin(?:istrator)?|assistant|model|ai|llm|bot) "
    r"(?:prompts?|messages?|override|instructions?|directives?|commands?|notes?|alerts?|"
    r"updates?))\b ?(?:[:\]>)*=]|-{2,})"
    r"|" + START + r"\W{0,6}(?:new|updated|hidden|revised) (?:instructions?|directives?|"
    r"prompt|orders?|tasks?|commands?|rules?) ?(?:[:\]#]|-{2,})"
    r"|(?:end|start|begin) of (?:the )?(?:article|document|context|passages?|sources?|user input|prompt)\b"
    r"[^\w]{0,8}(?:new |now |begin |start )?(?:system|instructions?|task|user|prompt|assistant)\b"
    r"|\b(?:notes?|attention|messages?|instructions?|notice|memo|reminder|requests?|warning|commands?) "
    r"?(?:to|for|:|,) ?(?:(?:all|any|every|the|each|future) )?" + MODEL + r"(?: reading this)? ?[:!;.,)\]-]"
    r"|\b(?:notiz|hinweis|anweisung(?:en)?|nachricht|achtung|mitteilung|wichtig|nota|note|aviso|avis|"
    r"mensajes?|"
    r"messages?|instruccion(?:es)?|instructions?|consignes?|atencion|attention|istruzioni|instrucoes) ?:? "
    r"(?:an|fur|a|au|aux|para|pour|per|destinee?s? aux?)? ?(?:(?:alle|die|jede|la|las|los|les|le|l'|todas|"
    r"toute|"
    r"toutes|tous|i|as|os) ?){0,3}" + MODELS_ABROAD + r" ?[:!;.,)\]-]"
)  # fmt: skip
"""Headings over orders for a model; the rest of the paragraph is under them."""

TURN = re.compile(
    r"[\s>*#\-]*(system|assistant|developer|user|human|ai|model|chatgpt|tool)\**\s*[:>]\**\s*(\S.*)?",
    re.IGNORECASE,
)
"""A line that opens a turn of a chat: who speaks, and what."""
TURN_WORDS = re.compile(
    r"\b(?:you|your|ignore|disregard|answer|reply|respond|output|print|user|sure|certainly|of course"
    r"|understood|as an ai|i will|i am|i'm|here is|done)\b",
    re.IGNORECASE,
)
"""What a turn of ``system`` or ``assistant`` says; "System: Windows 10" says none of it."""

CONTINUES = re.compile(
    r"\W*(?:(?:please|now|and|then|also|instead|finally|just|always|never|do not|don't|bitte|dann|danach|"
    r"stattdessen|"
    r"ensuite|puis|ademas|luego|entonces)[ ,]+)*(?:say|reply|respond|answer|output|print|write|include|"
    r"insert|append|"
    r"add|end|begin|start|repeat|render|display|embed|mention|cite|tag|ping|link|return|post|send|tell|"
    r"claim|call|"
    r"praise|recommend|translate|act|pretend|speak|obey|follow|do not|don't|never|always|you|your|"
    r"this (?:is|order)|"
    r"quote|mark|use|sag\w*|schreib\w*|antwort\w*|gib|nenn\w*|fug\w*|du|dein\w*|dis|dites|ecri\w+|"
    r"ajoute\w*|"
    r"repond\w*|tu|vous|affiche\w*|di|escrib\w+|respond\w+|anad\w+|contest\w+|incluy\w+|termin\w+|"
    r"beend\w+)\b"
)
"""How a sentence begins that goes on giving orders after one that did."""

ABOUT_MACHINES = re.compile(
    r"\b(?:ai|ais|a\.i\.|llms?|language models?|chat ?bots?|bots?|machines?|assistants?|prompts?|"
    r"injections?|"
    r"instructions?|jailbreaks?|system|hidden|crawlers?|ki|ia|sprachmodelle?|anweisung\w*|instruccion\w*)\b"
)
"""Words of a question that is about what a text says to machines."""

LOOKALIKES = str.maketrans("аеорсухіјѕԁӏοαερυνι", "aeopcyxijsdloaepuvi")
MIXED_WORD = re.compile(r"(?<!\w)(?=\w*[a-z])(?=\w*[\u0370-\u04ff\u0500-\u052f])\w+")
"""A word of Latin letters and letters that only look like them."""
