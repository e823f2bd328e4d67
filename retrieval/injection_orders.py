"""How orders to language models are worded in English, and marks that mean the same everywhere."""

from retrieval.injection_words import (
    DATA,
    DO,
    EARLIER,
    FAR,
    INSTRUCTIONS,
    LEAVE,
    LIMITS,
    MODEL,
    MUST,
    NEAR,
    REPLY,
    SAY,
    SOON,
    START,
    THIS,
    any_of,
)

_LEAVE_WHAT_YOU_WERE_TOLD = (
    rf"\b{LEAVE} (?:all |any |each |every )?(?:of )?(?:the |your |my |its |these |those )?(?:[\w-]+ )?"
    rf"{EARLIER} (?:[\w-]+ )?{INSTRUCTIONS}\b",
    rf"\b{LEAVE} (?:all |any )?(?:of )?(?:the |your |these )?(?:[\w-]+ )?(?:{INSTRUCTIONS}|rules|context|"
    rf"text)"
    r" (?:above|before|given|you (?:were|have been|got|received))\b",
    rf"{DO}{LEAVE} (?:all|everything|anything|whatever|what|the (?:above|rest|question|user|article|"
    rf"passages?|"
    r"excerpts?|sources?|context))(?: (?:of|that|is|was|it|the|this|in))*(?: (?:above|before|you (?:were|"
    r"have|"
    r"just|read|learned|got)|your|earlier|previously|so far|said|asks?|asked|and|instead)\b| you know[.,;:!]"
    r"|[.,;:!])",
    rf"{DO}(?:forget|ignore|disregard|drop) (?:all |about )?(?:of )?your (?:\w+ )?{LIMITS}\b",
    rf"\b(?:override|overrule|supersede|replace|cancel)s? (?:all (?:of )?)?your (?:\w+ )?{LIMITS}\b",
    r"\b(?:these|this|my|the (?:following|above)) (?:instructions?|commands?|prompts?) (?:override|supersede|"
    r"replace|overrule|take (?:precedence|priority))s?\b",
    r"\b(?:all|everything|each word) (?:of )?(?:the )?(?:preceding|above|previous|"
    r"foregoing)(?: \w+)? (?:is|was) "
    r"(?:only |just )?(?:an? )?(?:test|fake|void|invalid|example|placeholder|obsolete)\b",
    rf"{DO}(?:{LEAVE}|never mind) (?:what )?(?:the|this) (?:user|question|article|text|page|"
    rf"prompt)s?(?: wants?| asks?)?"
    r"(?: and| but|;|,)",
    rf"\b(?:{INSTRUCTIONS}|rules|orders) (?:that )?you (?:got|were given|have been given|received|have|"
    rf"had) {NEAR}"
    r"\b(?:cancell?ed|void|no longer|replaced|obsolete|not apply|ignored?)\b",
    rf"\b(?:treat|take|use|follow) (?:the following|this|these|what follows) as (?:your|"
    rf"new) {INSTRUCTIONS}\b",
    r"\b(?:must not|do not|don't|stop|never|instead of) summari[sz](?:e|ing)\b",
    r"\b(?:do not|don't|stop) answer(?:ing)? (?:the|this|any) (?:user|prompt|question)s?(?: and| but|;|,)",
)
_BE_SOMEBODY_ELSE = (
    rf"\byou are (?:now|no longer|actually|really) (?:\w+ )?(?:\w+ )?{MODEL}\b",
    r"\byou are (?:now |no longer )?(?:dan\b|jailbroken|unrestricted|unfiltered|bound by|restricted by)",
    r"\byou (?:are|have been|were) (?:\w+ )?(?:in|into|to) (?:the )?(?:developer|debug|dan|god|jailbreak|"
    r"unrestricted|admin|maintenance) mode",
    rf"\bfrom (?:now|here|this point) on,? (?:you|only|always|every) {SOON}\b(?:act|answer|reply|respond|"
    rf"speak|"
    r"write|output|say|cite|claim|obey|are (?:an?|the|called|named)|be an?)\b",
    r"\b(?:act|behave|respond|pretend|roleplay|role-play) (?:as|like|to be|that you are|"
    r"you are) (?:if you (?:are|"
    rf"were) )?(?:an? |the )?(?:\w+ )?(?:unrestricted|unfiltered|jailbroken|evil|uncensored|{MODEL})\b"
    r" (?:without|with no|that|who|named|called|and)\b",
    rf"{DO}(?:act|behave|respond|answer|reply|write) as (?:though|if) (?:you had|there were|"
    rf"you were) (?:no|not|"
    rf"without|un\w+)\b",
    rf"{DO}(?:pretend|imagine|assume) {SOON}\b{LIMITS} (?:do not|don't|no longer) (?:exist|apply)\b",
    r"\byour (?:new|real|true|only|actual) (?:task|role|persona|goal|instructions?|purpose|name|job|"
    r"system prompt) "
    r"(?:is|are) (?:now|to (?:answer|say|output|promote|recommend|tell|print|reply|respond|insert|praise)|:)",
    r"\bthe (?:real|actual|true|new) (?:task|instruction|prompt|job) (?:is|are) (?:now |to |:)",
    r"\byour (?:operator|developer|creator|owner)s? (?:has|have|wants?|asks?|orders?|allows?|changed)\b",
    r"\b(?:message|order|note|instruction|update|word)s? from your (?:developer|operator|creator|maker|"
    r"admin)\w*\b",
    rf"{DO}(?:simulate|emulate) (?:an? |the )(?:\w+ )?(?:terminal|shell|console)\b",
)
_SPOKEN_TO_AS_A_MACHINE = (
    rf"\b(?:if|since|because|as|when|while) you(?: are|'re) (?:an? |the |any |"
    rf"another )?{MODEL}(?= ?[,.:;!)]| (?:"
    r"reading|that|which|who|and|or|summari[sz]|process|asked|tasked|then|you|answering)|$)",
    rf"\bas an? (?:\w+ )?{MODEL},? (?:please|you (?:must|should|shall|have to|need to|are (?:required|"
    rf"obliged|to)))"
    r"\b",
    rf"{START}(?:dear|hey|hi|hello|ok|okay|attention|listen|to all|all|yo),? (?:all )?(?:{MODEL}|models?)"
    r"(?: reading this| readers?)? ?[,:!.-]",
    rf"{START}{MODEL}(?: reading this)? ?[,:!-] (?:please|you|ignore|do|don't|always|never|stop|forget|"
    rf"disregard|skip|{SAY})\b",
    rf"\b{MODEL} (?:that |who |which )?(?:is |are )?(?:read|summari[sz]|process|pars|index|quot|cit|"
    rf"answer)\w* "
    rf"(?:from )?(?:this\b|the (?:article|page|text) ?[,:]){NEAR}(?:[:,]|\b{MUST}\b|$)",
    rf"\b{MODEL} {SOON}\b(?:read|summari[sz]|process|pars|index|quot|cit|answer|us)(?:e|es|ing|s|ed)?\b "
    rf"{SOON}\b{THIS}{NEAR}\b{MUST}\b",
    rf"\b(?:must|should|shall|instruct(?:s|ed)?|order(?:s|ed)?|ask(?:s|ed)?|request(?:s|"
    rf"ed)?) {NEAR}\b{MODEL} {SOON}"
    rf"\b(?:reading|summari[sz]ing|processing|answering|citing|quoting) (?:from )?{THIS}\b",
    rf"\b{MODEL} {MUST} {SAY} {NEAR}\b(?:this|our) (?:\w+ )?(?:article|page|product|paper|company|author|"
    rf"site|"
    r"manuscript|study|book|stock|brand|service)\b",
    rf"\bif (?:an? |any |some |the )?{MODEL} (?:reads?|sees?|finds?|summari[sz]es?|cites?|"
    rf"is reading) (?:this|it)\b",
    rf"\bif you are (?:reading|summari[sz]ing|answering|processing|quoting|"
    rf"citing) (?:from )?{THIS}[^.!?]{{0,20}}?(?:, |: )"
    rf"(?:please |then )?(?:stop|ignore|skip|{SAY})\b",
    rf"{DO}stop being an? (?:\w+ )?{MODEL}\b",
    rf"\b(?:any|every|all|each|to the) (?:{MODEL}|robots?|machines?|crawlers?) (?:that |which |"
    rf"who )?(?:reads?|reading|"
    rf"index\w*|summari[sz]\w+|process\w*|cites?|citing|quot\w+|sees?|seeing) {THIS}\b",
    rf"\b(?:{MODEL}|robots|machines|crawlers) reading this\b",
    rf"\b{MODEL} (?:is|are) (?:asked|requested|told|ordered|instructed|required|invited) to (?:recommend|"
    rf"praise|"
    r"promote|rank|link|prefer|cite this|mention this)\b",
    rf"{START}{MODEL}, (?:if you|switch|speak|give|make|skip|praise|translate|act|pretend|obey)\b",
    rf"\b(?:summari[sz]es?|answers?|reads?|processe?s?) {SOON}\bwith (?:an? )?{MODEL} ?:",
)
_SAY_THIS = (
    rf"{DO}(?:end|begin|start|prefix|finish|conclude|open|close|append|add|include|insert|embed|put|place|"
    rf"attach|"
    rf"mention|hide|sign) {NEAR}\b(?:to |in |into |at the (?:end|start|top) of |with )?(?:your|every|each|"
    rf"all|any|"
    rf"all your|every one of your) (?:\w+ )?{REPLY}\b",
    rf"\bin (?:your|every|each|all|all your) (?:\w+ )?{REPLY},? {SAY} (?:the|this|that|a|an|our|only|"
    rf"nothing)\b",
    rf"\b(?:your|every|each) (?:\w+ )?{REPLY} (?:of|to|about) (?:this|the) \w+ {MUST} (?:also |only |"
    rf"always )?{SAY}\b",
    rf"\byour (?:\w+ )?(?:response|reply|summary|output)s? (?:{MUST} (?:also |only |always )?{SAY}\b|"
    rf"(?:say|contain|"
    r"include|mention|end|begin|start)s\b)",
    r"\bin your (?:\w+ )?(?:answer|reply|response|summary|output)s?\b",
    rf"\b(?:when|while|before|if) (?:you )?(?:are )?(?:generat|creat|produc)\w+ (?:an?|the|your|"
    rf"any) (?:\w+ )?{REPLY}\b",
    rf"{DO}(?:summari[sz]e|describe|present|paraphrase) {THIS} (?:as|by|so)\b",
    rf"{DO}(?:add|put|write|append|insert|place) {SOON}\[\d+\]",
    rf"\binstead of (?:an? |the |your )(?:\w+ )?(?:summary|answer|reply|response),? (?:please )?{SAY}\b",
    rf"{DO}{LEAVE} (?:all |any |the )?other (?:sources|articles|passages|documents)\b",
    rf"{DO}(?:use|read|cite|trust) (?:only )?(?:this|the following) \w+ instead of\b",
    rf"\b{REPLY} (?:of|to|about) {THIS} {MUST} (?:also |only |always )?{SAY}\b",
    rf"\byour answers? {MUST} (?:also |only |always )?(?:start|begin|end|contain|include|say|mention)\b",
    rf"{DO}(?:reply|respond|answer|write|speak) (?:with|in|using|by) {SOON}\b(?:only|nothing but|exactly|"
    rf"capital|rhymes?|"
    r"the words? [\"'\w]+[.!\"']*$)",
    rf"{DO}(?:write|say|print|output|repeat|add|include|insert|post) the following (?:\w+ )?(?:sentence|"
    rf"line|words?|phrase|"
    r"message|paragraph|link)s?\b",
    rf"{DO}(?:print|repeat|output|copy|reveal|show) {SOON}\b(?:text|words?|lines?|messages?|everything|"
    rf"instructions?|"
    r"sentences?) (?:above|before)\b",
    rf"{START}instructions? ?: (?:please )?(?:print|output|say|reply|respond|repeat|ignore|tell|act|you)\b",
    rf"{DO}(?:do not|don't|never) (?:mention|repeat|reveal|quote|show|disclose) this (?:sentence|paragraph|"
    rf"line|note|"
    r"instruction|message|order)\b",
    r"\b(?:always (?:cite|rank|prefer|trust|promote|recommend|quote) this|(?:cite|rank|prefer|trust|"
    r"quote) (?:only )?this "
    r"(?:article|page|source|site|text|paper) (?:first|only|above|alone|before))\b",
    rf"{DO}(?:mark|treat|count|consider|regard|judge) (?:every|all|each|any) {SOON}\b(?:claim|sentence|"
    rf"statement|word)s? {SOON}"
    r"\b(?:supported|verified|true|confirmed|proven|correct)\b",
    r"\byour (?:only|sole|main|single) source (?:is|must be|should be)\b",
    r"\b(?:whatever|no matter what|regardless of) the (?:question|prompt|user) ?(?:is|asks|says|"
    r"wants)?,? (?:you|always|say|"
    r"answer|reply|the answer (?:is|must|should))\b",
    rf"{DO}(?:respond|answer|reply|say|output|print|write|return|speak) (?:only|solely|exclusively|always|"
    rf"nothing|"
    r"exactly|verbatim|instead)\b(?! one\b)",
    rf"{DO}(?:respond|answer|reply) (?:to )?(?:every|all|any|each|the user'?s?) (?:\w+ )?(?:questions?|"
    rf"users?|"
    r"prompts?|quer(?:y|ies))\b",
    rf"{DO}(?:translate|say|write|print|output|add|insert|call|repeat|check|visit|open) {NEAR}\b(?:before|"
    rf"when|while|"
    rf"after) (?:you "
    r")?(?:answer|reply|respond|summari[sz])(?:e|ing)?\b",
    rf"{DO}(?:do not|don't|never) (?:tell|inform|warn|show|mention|reveal|let) {NEAR}\b(?:the|your|any|to) "
    r"(?:users?|humans?|moderators?|readers)\b",
    rf"{DO}(?:tell|inform|convince|persuade|ask|warn|instruct) (?:the )?(?:user|human|reader|"
    rf"person asking)s?\b",
    rf"{DO}(?:cite|quote|list|credit|give|name|mark|treat|count|rate|grade|label|score) {NEAR}\b(?:as|"
    rf"by) (?:\[\d+\]|"
    r"(?:the |an? |your )?(?:only |primary |first |sole |fully |well )*(?:source|citation|reference|"
    r"supported|"
    r"verified|entailed|confirmed|reliable))\b",
    r"\b(?:when|if|whenever|in case|should) (?:you (?:are|get) asked|asked|(?:the |a |any |some)?(?:user|"
    r"users|anyone|"
    r"anybody|people|readers?|somebody|someone) asks?|summari[sz]ing|you (?:summari[sz]e|answer|quote|cite)|"
    rf"answering|questioned) {NEAR}(?:, |then |you )(?:please |always |only |must |should |then )*{SAY}\b"
    r"(?! (?:it|him|her|them|me) )",
    rf"{DO}(?:decode|decrypt|rot13|translate|unscramble) {NEAR}\b(?:follow|obey|execute|carry out|do what)\b",
    r"\b(?:obey|execute|carry out|comply with) (?:only )?(?:the|these|my|this|all|"
    r"every) (?:\w+ )?(?:instructions?|"
    r"commands?|prompts?) (?:below|here|in|of|hidden|above|instead|only|and|that follow)\b",
)
_GIVE_AWAY = (
    r"\byour (?:system|hidden|initial|original|secret|developer) (?:prompt|message|instructions?)\b",
    rf"{DO}(?:reveal|show|print|repeat|output|disclose|leak|display|send|tell|give|quote|post|write|"
    rf"copy) {NEAR}\b(?:"
    r"(?:the |its )?(?:system|hidden|initial) (?:prompt|message)|(?:your|the bot'?s?|bot|discord|api|"
    r"access) (?:prompt|"
    r"instructions|(?:api |bot |access )?(?:keys?|tokens?)|environment variables?|credentials?))\b",
    rf"{DO}(?:send|forward|post|leak|upload|print|output|append|"
    rf"include) {SOON}\b(?:the users?'?s? (?:\w+ )?(?:question|"
    r"message|data|conversation|name|id)s?|(?:the|this|our) (?:conversation|chat)(?: history| so far|"
    r" log)?)\b",
    rf"{DO}(?:forget|erase|reset|clear|delete|reveal|show|print|list|repeat) (?:all |every |the |this |"
    rf"our |your ){{1,2}}"
    r"(?:earlier |previous |whole |entire |full )?(?:conversation|chat|messages|context|history|memory)\b",
    rf"{DO}(?:use|call|invoke|run|open) (?:your|the) (?:\w+ )?(?:browser|search|code|memory|web|"
    rf"function) tools?\b",
)
_PING_AND_LINK = (
    r"<(?:@[!&]?|#)\d{5,25}>|<t:\d+(?::\w)?>",
    rf"{DO}(?:ping|mention|tag|notify|write|say|post|include|output|add|call|alert|print|send|append|"
    rf"repeat)\b{NEAR}"
    r"@(?:everyone|here)\b",
    rf"{DO}(?:ping|mention|tag|notify) (?:the |all |every )?(?:moderator|admin|member|user|everyone|"
    rf"everybody)",
    rf"{DO}(?:post|send|paste|share|put) (?:this|that|the following|a) (?:link|url|address|message|text|"
    rf"invite)s? (?:in|to|into) "
    r"(?:the|this|every|all) (?:channel|chat|server|thread)s?\b",
    rf"!?\[[^\]\n]{{0,80}}\]\( ?(?:https?:)?//[^)\s]{{1,200}}[=/?](?:\{{|\[|<|\$|%7b|%5b|{DATA}\b)",
    rf"https?://[^\s)\"'<>]{{1,200}}[=](?:\{{|\[|<|\$|%7b|%5b)\W{{0,2}}{DATA}",
    rf"{DO}(?:include|insert|add|append|render|display|embed|output|put|attach) {FAR}"
    r"(?:https?://|www\.|\]\(|discord\.gg/)",
)
ORDERS = any_of(
    (
        *_LEAVE_WHAT_YOU_WERE_TOLD,
        *_BE_SOMEBODY_ELSE,
        *_SPOKEN_TO_AS_A_MACHINE,
        *_SAY_THIS,
        *_GIVE_AWAY,
        *_PING_AND_LINK,
    )
)
