"""The words that announce speech: who "said", "according to" whom.

Kept apart from the rules that use them, because lists grow and rules should not.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SPEECH = _words(
    """
    accuse acknowledge add address admit advise affirm agree allege announce answer argue ask assert
    assure attack bemoan blame blast boast brag call caution characterize chant charge chide cite
    claim clarify coach comment commend compare complain conclude concede condemn confess confide
    confirm congratulate contend continue contrast counter criticize declare decline decry
    demand demur denounce deny deride describe dismiss dispute dub echo elaborate emphasize encourage
    estimate exclaim exhort explain express gush hint identify implore indicate inform insist
    instruct interject joke jest label lament laud laugh lecture liken mock muse mention mutter
    note object observe offer opine plead pledge portray praise predict proclaim promise propose
    protest pronounce question quip quote recall recite recommend recount refer reflect
    reiterate reject remark remember remind repeat reply report request respond retort reveal ridicule
    roar scoff scold scream shout sigh sing slam specify speculate stress state suggest summarize
    swear taunt testify thank threaten toast tout trumpet tweet underline underscore urge vow
    wail warn whisper wonder yell brand celebrate caption pray preach lambaste
    assail seethe
    """
)
_IRREGULAR = _words(
    """
    said says saying told tells telling wrote writes writing written spoke speaks speaking thought thinks
    believes believed felt feels found finds puts put shot reads sang sings swore meant means pointed
    points cried cries replied replies denied denies testified testifies implied implies texted texts
    emailed emails spelled sums summed quoted argues began
    """
)


def _forms(verb: str) -> set[str]:
    if verb.endswith("e"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in "aeou":
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    forms = {verb, verb + "s", verb + "ed", verb + "ing"}
    if verb[-1] in "shx":
        forms.add(verb + "es")
    if verb[-1] in "btgprl" and verb[-2] in "aeiou":
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms


BASE_VERBS = _SPEECH | _words(
    "say tell write speak think believe feel find put read sing mean point post rate name"
)
"""Base forms, which are verbs only after "to", "will" and the like; else "report" is a noun."""

SPEECH_VERBS: frozenset[str] = BASE_VERBS | _IRREGULAR.union(*(_forms(verb) for verb in _SPEECH))
"""Every form of verbs that announce speech or a judgement put in words."""

AUXILIARIES = _words(
    """
    has have had is are was were be been being do does did will would can could may might must should
    also then later once often never always again even just only still further reportedly recently
    repeatedly famously twice first really quickly initially not to n't don't didn't
    """
)
"""Words that may stand between a subject and its verb."""

PRONOUNS = _words(
    """
    he she they it we i who
    """
)
"""Pronouns that can be the subject of speech."""

PREPOSITIONS = _words(
    """
    of for at in on from with by to about after before during over under against between among through
    since until while when near into like within without despite amid via inside outside following
    upon than as if because though although whether where when while
    """
)
"""Words that open a phrase in which no subject stands."""

BREAKS = _words(
    """
    and or but so yet that which whose nor
    """
)
"""Words at which a clause may begin."""

TITLES = _words(
    """
    mr mrs ms miss dr sen rep gov gen lt col sgt capt rev prof president senator representative governor
    general judge justice chairman chairwoman secretary minister chancellor speaker mayor king queen
    prince princess sir lord lady dame pope father sister brother officer detective chief sheriff
    ambassador congressman congresswoman leader director commissioner prime vice deputy former attorney
    counsel captain colonel sergeant professor doctor coach supreme ayatollah sheikh imam rabbi bishop
    archbishop cardinal aide spokesman spokeswoman spokesperson councillor councilor cllr councilman
    councilwoman alderman treasurer headteacher headmaster vicar inspector superintendent constable
    lieutenant corporal admiral commander baroness duchess taoiseach
    """
)
"""Words that come before a name without being part of it, lower case, without full stops."""

NAME_LINK = _words(
    """
    de da del della van von der den bin ibn al el la le al- du dos ten ter
    """
)
"""Lower-case words inside names."""

DETERMINERS = _words(
    """
    the a an one his her their its our this that these those some many several most two three both
    another all few other no every each
    """
)
"""Words that open a noun phrase."""

GROUPS = _words(
    """
    police officials critics supporters republicans democrats aides analysts experts investigators
    prosecutors lawyers authorities researchers scientists organizers residents protesters students
    people others someone everyone conservatives liberals
    """
)
"""Plurals that speak without an article before them."""

DAYS = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december today yesterday tonight tomorrow
    """
)
"""Capitalized words that tell when, not who."""

NOT_NAMES = _words(
    """
    the a an in on at but and or so if when while after before as for from with by to this that these
    those there here it its however meanwhile still yet then also what why how who whom where which not
    no yes although though because since until during despite according of instead now perhaps even
    asked later earlier last next some many most all both each every one two three likewise similarly
    ironically somewhere
    """
)
"""Words that are capitalized only because a sentence begins with them."""

SUBORDINATORS = _words(
    """
    when while if because though although whether where as after before since until unless once
    """
)
"""Words that open a clause beside the main one."""

STRONG_VERBS = _words(
    """
    said says say saying told tells tell telling wrote writes write writing added adds adding asked asks
    asking tweeted tweets tweeting replied replies responded responds declared declares noted notes
    noting stated states stating explained explains continued continues concluded concludes recalled
    recalls insisted insists argued argues arguing warned warns warning
    """
)
"""Verbs that almost always announce what somebody said."""

ROLE_ENDINGS = tuple(
    sorted(
        _words(
            """
        er or ist man woman ian ant ent ee yst ary chief aide police campaign widow executive expert
        official captain coach veteran attorney candidate hopeful delegate counsel secretary general
        founder mother father wife husband student
            """
        )
    )
)
"""Endings of words for what somebody is, such as may stand inside "Northwind lawyer Ann Lee"."""

BEFORE_BASE = _words(
    """
    to will would can could may might must should shall did do does not n't i we they you who and don't
    didn't doesn't won't wouldn't couldn't let's
    """
)
"""Words after which a base form is a verb."""

INVERTING_VERBS = STRONG_VERBS - _words(
    "saying telling told tells tell writing adding asking tweeting arguing warning stating noting say"
) | _words(
    "announced quipped joked yelled shouted cried exclaimed remarked observed according reads read chanted"
)
"""Verbs that may stand before their subject: "…," said Ann Lee."""
