"""What text looks like that speaks to a language model instead of to readers: the patterns.

Each pattern is matched against folded, lower-case text with single spaces (see ``injections.py``).
A gap never crosses the end of a sentence. Words for machines alone are no sign: articles about
machines are articles. A sign is an order, a role, a turn of a chat, or a machine being spoken to.
"""

import re

_GAP = r"[^.!?]{0,%d}?"
_SOON, _NEAR = _GAP % 25, _GAP % 70
_START = r"(?:^|(?<=[.!?:;,\"'()\[\]*#>|-])|(?<=[.!?:;,\"'()\[\]*#>|-] ))"
_ORDER = _START + r"(?:(?:please|now|and|then|also|just|you (?:must|should|shall|will|have to)|must) ){0,3}"
_MODEL = (
    r"(?:(?:large |ai |artificial )?language models?|llms?|(?:ai|a\.i\.|artificial intelligence)"
    r"(?: (?:models?|assistants?|systems?|agents?|bots?|chatbots?|crawlers?|summari[sz]ers?|tools?|"
    r"readers?))?"
    r"|(?:virtual |digital )?assistants?|chat ?bots?|(?:discord )?bots?|chatgpt|gpt(?:-\w+)?|claude|gemini"
    r"|copilot|footnote|automated (?:readers?|systems?|summari[sz]ers?)|summari[sz]ers?)"
)
_MODELS_ABROAD = (
    r"(?:ki(?:-\w+)?|sprachmodelle?n?|assistent\w*|chatbots?|bots?|ia|modeles? (?:de langage|d'ia)"
    r"|modelos? de (?:lenguaje|ia|linguagem)|asistentes?|assistants?|modelli? linguistic[oi]|llms?)"
)
_EARLIER = (
    r"(?:previous|prior|above|earlier|preceding|foregoing|existing|former|original|initial|system|other)"
)
_ORDERS = (
    r"(?:instructions?|prompts?|directions?|directives?|guidelines?|guardrails|commands?|system messages?"
    r"|programming|training)"
)
_REPLY = r"(?:answers?|repl(?:y|ies)|responses?|summar(?:y|ies)|outputs?|completions?)"
_LEAVE = (
    r"(?:ignore|disregard|forget|override|bypass|discard|neglect|dismiss|do not (?:follow|obey)|"
    r"don't follow)"
)
_DATA = (
    r"(?:question|answer|chat|history|conversation|prompt|secret|token|data|context|user|your|insert|"
    r"password)"
)

TOKENS = re.compile(
    r"<\|[^<>|]{1,30}\|>|\[/?inst\]|<</?sys>>|</?(?:start|end)_of_turn>|\[/?system(?:_prompt)?\]"
    r"|</?(?:system(?:[_-]?(?:prompt|message))?|assistant|instructions?|tool_call|function_calls?|"
    r"im_start)>"
    r"|###? ?(?:new |system |hidden )?(?:instructions?|system(?: prompt)?|response|human|assistant) ?:"
    r"|[\"']role[\"'] ?: ?[\"'](?:system|assistant|developer|user|tool)[\"']"
    r"|\{ ?[\"'](?:statements|citations|verdict|supported|tool_calls?|function_call)[\"'] ?:"
)
"""Marks of the templates that chat models and their callers use; all that follows is theirs."""

HEADINGS = re.compile(
    _START + r"\W{0,6}(?:(?:begin|start|end|new|updated|hidden|secret|important|urgent|critical|special|"
    r"real) ?)*"
    r"(?:(?:system|developer|admin(?:istrator)?|assistant|model|ai|llm|bot) "
    r"(?:prompts?|messages?|override|instructions?|directives?|commands?|notes?))\b ?(?:[:\]>)*=]|-{2,})"
    r"|" + _START + r"\W{0,6}(?:new|updated|hidden|revised) (?:instructions?|directives?|"
    r"prompt) ?(?:[:\]]|-{2,})"
    r"|(?:end|start|begin) of (?:the )?(?:article|document|context|passages?|sources?|user input|prompt)\b"
    r"[^\w]{0,8}(?:new |now |begin |start )?(?:system|instructions?|task|user|prompt|assistant)\b"
    r"|\b(?:notes?|attention|messages?|instructions?|notice|memo|reminder|requests?|warning|commands?) "
    r"(?:to|for|:) ?(?:(?:all|any|every|the|each|future) )?" + _MODEL + r"(?: reading this)? ?[:!;.,)\]-]"
    r"|\b(?:notiz|hinweis|anweisung(?:en)?|nachricht|achtung|mitteilung|wichtig|nota|note|aviso|avis|"
    r"mensajes?|"
    r"messages?|instruccion(?:es)?|instructions?|consignes?|atencion|attention|istruzioni|instrucoes) ?:? "
    r"(?:an|fur|a|au|aux|para|pour|per|destinee?s? aux?)? ?(?:(?:alle|die|jede|la|las|los|les|le|l'|todas|"
    r"toute|"
    r"toutes|tous|i|as|os) ?){0,3}" + _MODELS_ABROAD + r" ?[:!;.,)\]-]"
)  # fmt: skip
"""Headings over orders for a model; the rest of the paragraph is under them."""

TURN = re.compile(
    r"[\s>*#\-]*\**(system|assistant|developer|user|human|ai|model|chatgpt|tool)\**\s*[:>]\**\s*(\S.*)?",
    re.IGNORECASE,
)
"""A line that opens a turn of a chat: who speaks, and what."""
TURN_WORDS = re.compile(
    r"\b(?:you|your|ignore|disregard|answer|reply|respond|output|print|user|sure|certainly|of course"
    r"|understood|as an ai|i will|i am|i'm|here is|done)\b",
    re.IGNORECASE,
)
"""What a turn of ``system`` or ``assistant`` says; "System: Windows 10" says none of it."""

ORDERS = re.compile(
    "|".join(
        (
            # Leave what you were told.
            rf"\b{_LEAVE} (?:all |any |each |every )?(?:of )?(?:the |your |my |its |these |those )?"
            rf"(?:[\w-]+ )?{_EARLIER} (?:[\w-]+ )?{_ORDERS}\b",
            rf"\b{_LEAVE} (?:all |any )?(?:of )?(?:the |your |these )?(?:[\w-]+ )?(?:instructions?|"
            rf"prompts?|"
            rf"directions?|guidelines?|rules|context|text) (?:above|before|given|you (?:were|have been|"
            rf"got|received))\b",
            rf"{_ORDER}{_LEAVE} (?:all|everything|anything|whatever|what|the (?:above|rest|question|user|"
            rf"article|"
            rf"passages?|excerpts?|sources?|context))(?: (?:of|that|is|was|it|the|this|in))*"
            rf"(?: (?:above|before|you (?:were|have|just|read|learned|got)|your|earlier|"
            rf"previously|so far|said|asks?|asked|and|instead)\b| you know[.,;:!]|[.,;:!])",
            rf"{_ORDER}(?:forget|ignore|disregard|drop) (?:all |about )?(?:of )?your (?:\w+ )?(?:rules?|"
            rf"instructions?|"
            r"prompt|guidelines?|training|programming|restrictions?|limits|safety)\b",
            r"\byour (?:system|hidden|initial|original|secret|developer) (?:prompt|message|"
            r"instructions?)\b",
            rf"{_ORDER}(?:reveal|show|print|repeat|output|disclose|leak|display|send|tell|give|quote|post|"
            rf"write|copy)"
            rf" {_NEAR}\b(?:(?:the |its )?(?:system|hidden|initial) (?:prompt|message)|(?:your|"
            rf"the bot'?s?|bot|discord|"
            r"api|access) (?:prompt|instructions|(?:api |bot |access )?(?:keys?|tokens?)|"
            r"environment variables?"
            r"|credentials?))\b",
            # Be somebody else.
            rf"\byou are (?:now|no longer|actually|really) (?:\w+ )?(?:\w+ )?{_MODEL}\b",
            r"\byou are (?:now |no longer )?(?:dan\b|jailbroken|unrestricted|unfiltered|bound by|"
            r"restricted by|in "
            r"(?:developer|debug|dan|god|jailbreak|unrestricted|admin|maintenance) mode)",
            rf"\bfrom (?:now|here|this point) on,? (?:you|only|always|every) {_SOON}\b(?:act|answer|reply|"
            rf"respond|speak|"
            r"write|output|say|cite|claim|obey|are (?:an?|the|called|named)|be an?)\b",
            rf"\b(?:act|behave|respond|pretend|roleplay|role-play) (?:as|like|to be|that you are|"
            rf"you are) (?:if you "
            rf"(?:are|were) )?(?:an? |the )?(?:\w+ )?(?:unrestricted|unfiltered|jailbroken|evil|"
            rf"uncensored|{_MODEL})\b"
            r" (?:without|with no|that|who|named|called|and)\b",
            r"\byour (?:new|real|true|only|actual) (?:task|role|persona|goal|instructions?|purpose|name|"
            r"job|system prompt)"
            r" (?:is|are) (?:now|to (?:answer|say|output|promote|recommend|tell|print|reply|respond|"
            r"insert|praise)|:)",
            # Spoken to as a machine.
            rf"\b(?:if|since|because|as|when|while) you(?: are|'re) (?:an? |the |any |another )?{_MODEL}"
            r"(?= ?[,.:;!)]| (?:reading|that|which|who|and|or|summari[sz]|process|asked|tasked|then|you|"
            r"answering)|$)",
            rf"\bas an? (?:\w+ )?{_MODEL},? (?:please|you (?:must|should|shall|have to|need to|"
            rf"are (?:required|to)))\b",
            rf"{_START}(?:dear|hey|hi|hello|ok|okay|attention|listen,?|to all|all|yo) (?:all )?{_MODEL}"
            r"(?: reading this| readers?)? ?[,:!-]",
            rf"{_START}{_MODEL}(?: reading this)? ?[,:!-] (?:please|you|ignore|do|don't|always|never|say|"
            rf"reply|answer|"
            r"respond|output|print|stop|forget|disregard|write|add|include|tell|cite|mention|quote|rate)\b",
            rf"\b{_MODEL} {_SOON}\b(?:read|summari[sz]|process|pars|index|quot|cit|answer|us)(?:e|es|ing|"
            rf"s|ed)?\b "
            rf"{_SOON}\b(?:this|the) (?:article|page|text|document|passage|story|site){_NEAR}\b(?:must|"
            rf"should|shall|ha(?:s|ve) "
            r"to|(?:is|are) (?:instructed|required|ordered|told|obliged|requested)|need to|needs to)\b",
            rf"\b(?:must|should|shall|instruct(?:s|ed)?|order(?:s|ed)?|ask(?:s|ed)?|request(?:s|"
            rf"ed)?) {_NEAR}\b{_MODEL} {_SOON}"
            r"\b(?:reading|summari[sz]ing|processing|answering|citing|quoting) (?:from )?(?:this|the) "
            r"(?:article|page|text|document|passage|story)\b",
            # Say this.
            rf"{_ORDER}(?:end|begin|start|prefix|finish|conclude|open|close|append|add|include|insert|"
            rf"embed|put|place|"
            rf"attach|mention|hide|sign) {_NEAR}\b(?:to |in |into |at the (?:end|start|top) of |"
            rf"with )?(?:your|every|each|"
            rf"all|any|all your|every one of your) (?:\w+ )?{_REPLY}\b",
            rf"{_ORDER}(?:respond|answer|reply|say|output|print|write|return|speak) (?:only|solely|"
            rf"exclusively|always|"
            r"nothing|exactly|verbatim|instead)\b(?! one\b)",
            rf"{_ORDER}(?:respond|answer|reply) (?:to )?(?:every|all|any|each|the user'?s?) (?:\w+ )?"
            r"(?:questions?|users?|prompts?|quer(?:y|ies))\b",
            rf"{_ORDER}(?:do not|don't|never) (?:tell|inform|warn|show|mention|reveal|"
            rf"let) {_NEAR}\b(?:the|your|any|to) "
            r"(?:users?|humans?|moderators?|readers)\b",
            rf"{_ORDER}(?:tell|inform|convince|persuade|ask|warn|instruct) the (?:user|human|reader|"
            rf"person asking)s?\b",
            rf"{_ORDER}(?:cite|quote|list|credit|give|name|mark|treat|count|rate|grade|label|"
            rf"score) {_NEAR}\b(?:as|by) "
            r"(?:\[\d+\]|(?:the |an? |your )?(?:only |primary |first |sole |fully |well )*(?:source|"
            r"citation|reference|"
            r"supported|verified|entailed|confirmed|reliable))\b",
            rf"\b(?:when|if|whenever|in case|should) (?:you (?:are|get) asked|asked|(?:the |a |any |"
            rf"some)?(?:user|users|"
            rf"anyone|anybody|people|readers?|somebody|someone) asks?|summari[sz]ing|you (?:summari[sz]e|"
            rf"answer|quote|"
            rf"cite)|answering|questioned) {_NEAR}(?:, |then |you )(?:please |always |only |must |should |"
            rf"then )*(?:say|"
            r"answer|reply|respond|claim|state|write|mention|include|cite|output|recommend|insert|deny|"
            r"refuse|add|end)\b",
            rf"{_ORDER}(?:decode|decrypt|rot13|translate|unscramble) {_NEAR}\b(?:follow|obey|execute|"
            rf"carry out|do what)\b",
            r"\b(?:obey|execute|carry out|comply with) (?:only )?(?:the|these|my|this|all|every) (?:\w+ )?"
            r"(?:instructions?|commands?|prompts?) (?:below|here|in|of|hidden|above|instead|only|and|"
            r"that follow)\b",
            r"\b(?:these|this|my|the (?:following|above)) (?:instructions?|commands?|"
            r"prompts?) (?:override|supersede|replace|"
            r"overrule|take (?:precedence|priority))s?\b",
            # Mentions and links in the bot's mouth.
            r"<(?:@[!&]?|#)\d{5,25}>|<t:\d+(?::\w)?>",
            rf"{_ORDER}(?:ping|mention|tag|notify|write|say|post|include|output|add|call|alert|print|send|"
            rf"append|repeat)\b"
            rf"{_NEAR}@(?:everyone|here)\b",
            rf"!?\[[^\]\n]{{0,80}}\]\( ?(?:https?:)?//[^)\s]{{1,200}}[=/?](?:\{{|\[|<|\$|%7b|%5b|"
            rf"{_DATA}\b)",
            rf"https?://[^\s)\"'<>]{{1,200}}[=](?:\{{|\[|<|\$|%7b|%5b)\W{{0,2}}{_DATA}",
            rf"{_ORDER}(?:include|insert|add|append|render|display|embed|output|put|attach) "
            rf"{_NEAR}(?:https?://|www\.|\]\(|discord\.gg/)",
        )
    )
)
"""Orders in English, and marks that mean the same everywhere."""

_LEAVE_ABROAD = (
    r"(?:ignoriere|ignorieren sie|vergiss|vergessen sie|missachte|missachten sie|verwirf|ubergehe|"
    r"ignore[rz]?|oublie[rz]?|ne (?:tiens|tenez) (?:pas|aucun) compte (?:de|des)|neglige[rz]?|"
    r"ignora|ignoren|olvida|olvide|descarta|descarte|no hagas caso (?:de|a)|haz caso omiso (?:de|a)|"
    r"dimentica|"
    r"esqueca|desconsidere|negeer|vergeet)"
)
_ORDERS_ABROAD = (
    r"(?:anweisung\w*|instruktion\w*|vorgabe\w*|regeln|befehle?|richtlinien|instructions?|consignes?|"
    r"regles|"
    r"directives?|ordres|instrucciones|ordenes|reglas|indicaciones|directrices|istruzioni|regole|"
    r"instrucoes|regras|"
    r"instructies|opdrachten|prompts?)"
)
ORDERS_ABROAD = re.compile(
    "|".join(
        (
            rf"\b{_LEAVE_ABROAD} (?:[\w']+ ){{0,3}}?(?:vorherig|vorangegangen|vorhergehend|obig|bisherig|"
            rf"fruher|ander|"
            rf"vorig|eerder|bovenstaand)\w* (?:\w+ )?{_ORDERS_ABROAD}\b",
            rf"\b{_LEAVE_ABROAD} (?:[\w']+ ){{0,4}}?{_ORDERS_ABROAD} (?:\w+ )?(?:precedent|anterieur|"
            rf"ci-dessus|recu|donnee|"
            r"anterior|previ|de arriba|recibid|precedent|oben|zuvor|acima)\w*",
            rf"{_START}{_LEAVE_ABROAD} (?:alles?|tout|todo|tutto|tudo),? (?:\w+ )?(?:oben|bisher|davor|"
            rf"vorher|was|ce qui|ce "
            r"que|lo (?:anterior|que|de)|quanto|o que)\b",
            r"\b(?:du bist|sie sind|tu es|vous etes|eres|usted es|sei|voce e) (?:jetzt|nun|ab (?:jetzt|"
            r"sofort)|nicht "
            rf"langer|maintenant|desormais|ahora|ora|adesso|agora) (?:\w+ ){{0,3}}?{_MODELS_ABROAD}\b",
            r"\b(?:ahora eres|a partir de ahora,? (?:eres|responde|contesta|di|seras)|"
            r"a partir de maintenant,? (?:tu|vous) "
            r"\w+|ab (?:jetzt|sofort) (?:antworte\w*|bist du|sind sie|sagst du|schreibst du|gibst du)|"
            r"desormais,? (?:tu|vous) "
            r"(?:es|etes|reponds|repondez|dois|devez))\b",
            rf"\b(?:wenn|falls|sofern|da) (?:du|sie) (?:eine?|das) {_MODELS_ABROAD} (?:bist|sind)|"
            rf"\bsi (?:tu es|vous etes|"
            rf"eres|usted es) (?:une?|una?) {_MODELS_ABROAD}\b|\bse (?:sei|voce e) (?:una?|"
            rf"uma?) {_MODELS_ABROAD}\b",
            rf"{_START}(?:antworte|antworten sie|schreibe?|sage?|gib|reponds|repondez|dis|dites|ecris|"
            rf"ecrivez|responde|"
            r"responda|contesta|conteste|escribe|escriba|di|rispondi|responda)(?: auf jede frage|"
            r" a (?:toute|chaque|toutes "
            r"les|cada|todas las) \w+)? (?:nur|ausschliesslich|ausschlieblich|immer|stets|uniquement|"
            r"seulement|toujours|"
            r"exclusivement|solo|unicamente|siempre|solamente|sempre|apenas)\b",
            rf"{_START}(?:beende|beginne|beginnen sie|beenden sie|termine[rz]?|commence[rz]?|"
            rf"finis(?:sez)?|ajoute[rz]?|inclu"
            r"s|incluez|termina|termine|comienza|empieza|anade|incluye|inserta|fuge|"
            r"fugen sie) (?:[^.!?]{0,60} )?"
            r"(?:jede[rns]?|deine[rn]?|ihre[rn]?|chaque|toutes? (?:tes|vos)|ta|votre|tes|vos|cada|tu|tus|"
            r"todas tus|sus?) "
            r"(?:antwort(?:en)?|zusammenfassung(?:en)?|reponses?|resumes?|respuestas?|resumen(?:es)?)\b",
            rf"{_START}(?:verrate|zeige?|nenne|gib|revele[rz]?|montre[rz]?|affiche[rz]?|donne[rz]?|revela|"
            rf"muestra|imprime|da)"
            r" (?:[\w']+ ){0,3}?(?:system-?prompt|systemanweisung|prompt (?:systeme|del sistema|secret)|"
            r"instructions (?:"
            r"systeme|secretes|cachees)|instrucciones (?:del sistema|secretas|ocultas))\b",
            r"(?:忽略|無視|无视|忘记|忘記)[^。！？]{0,8}(?:之前|以上|上述|先前|所有|前面)[^。！？]{0,8}(?:指令|指示|提示|说明|命令|規則|规则)",
            r"(?:以前|上記|これまで|前)の[^。！？]{0,6}(?:指示|命令|指令|プロンプト)[^。！？]{0,4}(?:無視|忘れ)",
            r"\b(?:игнорируи|игнорируи?те|забудь|забудьте)\b[^.!?]{0,30}(?:предыдущ|прежн|вышеуказанн|"
            r"все)\w*[^.!?]{0,12}"
            r"(?:инструкц|указани|команд|правил)",
        )
    )
)
"""The same in German, French, Spanish, and the opening order in some others; accents are folded away."""

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
