"""How such orders are worded in German, French and Spanish, and the opening order in some others.

Accents are folded away before.
"""

from retrieval.injection_words import MODELS_ABROAD, START, any_of

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
ORDERS_ABROAD = any_of(
    (
        rf"\b{_LEAVE_ABROAD} (?:[\w']+ ){{0,3}}?(?:vorherig|vorangegangen|vorhergehend|obig|bisherig|"
        rf"fruher|ander|"
        rf"vorig|eerder|bovenstaand)\w* (?:\w+ )?{_ORDERS_ABROAD}\b",
        rf"\b{_LEAVE_ABROAD} (?:[\w']+ ){{0,4}}?{_ORDERS_ABROAD} (?:\w+ )?(?:precedent|anterieur|"
        rf"ci-dessus|recu|donnee|"
        r"anterior|previ|de arriba|recibid|precedent|oben|zuvor|acima)\w*",
        rf"{START}{_LEAVE_ABROAD} (?:alles?|tout|todo|tutto|tudo),? (?:\w+ )?(?:oben|bisher|davor|"
        rf"vorher|was|ce qui|ce "
        r"que|lo (?:anterior|que|de)|quanto|o que)\b",
        r"\b(?:du bist|sie sind|tu es|vous etes|eres|usted es|sei|voce e) (?:jetzt|nun|ab (?:jetzt|"
        r"sofort)|nicht "
        rf"langer|maintenant|desormais|ahora|ora|adesso|agora) (?:\w+ ){{0,3}}?{MODELS_ABROAD}\b",
        r"\b(?:ahora eres|a partir de ahora,? (?:eres|responde|contesta|di|seras)|"
        r"a partir de maintenant,? (?:tu|vous) "
        r"\w+|ab (?:jetzt|sofort) (?:antworte\w*|bist du|sind sie|sagst du|schreibst du|gibst du)|"
        r"desormais,? (?:tu|vous) "
        r"(?:es|etes|reponds|repondez|dois|devez))\b",
        rf"{START}{_LEAVE_ABROAD} (?:alle )?(?:deine|ihre|eure|tes|vos|tus|sus|vuestras|le tue|as suas|"
        rf"suas|je) "
        rf"(?:\w+ )?{_ORDERS_ABROAD}\b",
        r"\b(?:antworte|antworten sie) auf (?:alle|jede|samtliche) fragen?\b|"
        r"\brepond\w+ a (?:toutes les|chaque) "
        r"questions?\b|\b(?:responde|responda|contesta|conteste) a (?:todas las|cada) preguntas?\b",
        rf"{START}{_LEAVE_ABROAD} (?:\w+ ){{0,2}}(?:obig|vorherig|vorangegangen|bisherig)\w* \w+",
        rf"{START}(?:antworte|antworten sie|schreibe?|sprich|sprechen sie) [^.!?]{{0,25}}?\b(?:nur noch|"
        rf"ausschliesslich)\b",
        r"\b(?:wenn|falls) (?:dich |sie )?(?:jemand|ein nutzer|der nutzer|"
        r"ein benutzer) [^.!?]{0,30}?fragt,? (?:sag|sagen sie|"
        r"antworte)\w*\b|\bsi (?:un|l')? ?utilisateur [^.!?]{0,40}?,? (?:dis|dites|repond\w+)\b",
        r"\bsi (?:un|el) usuario [^.!?]{0,40}?,? (?:di|diga|responde|contesta)\b|\bcuando (?:resumas|"
        r"respondas|contestes)\b",
        rf"{START}(?:a partir de ahora|de ahora en adelante),? (?:hablas|habla|actuas|actua|eres|respondes|"
        rf"seras)\b",
        rf"{START}{MODELS_ABROAD}, (?:bitte|por favor|s'il|ignor\w+)\b",
        rf"{START}(?:systeme|sistema|assistent|asistente) ?: (?:tu|du|vous|sie|eres|ignor\w+)\b",
        rf"{START}{_LEAVE_ABROAD} (?:[\w']+ ){{0,2}}(?:texte?|artikel|article|articulo) (?:ci-dessus|oben|"
        rf"anterior|de arriba)\b",
        rf"{START}{_LEAVE_ABROAD} (?:bitte )?(?:alle|toutes les|todas las) {_ORDERS_ABROAD}\b",
        rf"{START}(?:no resumas|ne resume[sz]? pas|fasse (?:diesen|den) \w+ nicht zusammen)\b",
        rf"{START}{_LEAVE_ABROAD} (?:ce qui precede|lo anterior|das (?:obige|vorherige|vorangegangene)|"
        rf"quanto "
        r"precede)\b",
        r"\b(?:das|alles) (?:vorherige|obige|bisherige|vorangegangene) (?:gilt nicht|ist (?:ungultig|"
        r"hinfallig))\b",
        rf"\b{MODELS_ABROAD},? [^.!?]{{0,30}}?\b(?:diesen (?:text|artikel)|diese seite|ce texte|"
        rf"cet article|cette page"
        r"|este (?:texto|articulo)|esta pagina)\b[^.!?]{0,40}?\b(?:sollen|mussen|soll|muss|doivent|"
        r"doit|deben?)\b",
        rf"\b{MODELS_ABROAD} (?:sollen|mussen|soll|muss|doivent|doit|"
        rf"deben?) [^.!?]{{0,60}}?\b(?:diese[srnm]? (?:"
        r"produkt|artikel|text|seite|firma)|ce(?:t|tte)? (?:produit|article|texte|page|entreprise)|"
        r"est[ea] (?:producto|"
        r"articulo|texto|pagina|empresa))\b",
        rf"{START}(?:a|aux|an|para|alla|ai) (?:(?:tous|toutes|todos|todas|alle|los|las|les|le|"
        rf"la) ){{0,2}}"
        rf"{MODELS_ABROAD} ?[:!]",
        rf"{START}(?:sag|sage|sagen sie|erzahle?|dis|dites|di|diga|dile|digale)(?: dem| der| a l'| au|"
        rf" al| a la)? ?(?:"
        r"nutzer\w*|benutzer\w*|anwender\w*|utilisat\w+|usuari[oa]s?)\b",
        rf"\b(?:wenn|falls|sofern|da) (?:du|sie) (?:eine?|das) {MODELS_ABROAD} (?:bist|sind)|"
        rf"\bsi (?:tu es|vous etes|"
        rf"eres|usted es) (?:une?|una?) {MODELS_ABROAD}\b|\bse (?:sei|voce e) (?:una?|"
        rf"uma?) {MODELS_ABROAD}\b",
        rf"{START}(?:antworte|antworten sie|schreibe?|sage?|gib|reponds|repondez|dis|dites|ecris|"
        rf"ecrivez|responde|"
        r"responda|contesta|conteste|escribe|escriba|di|rispondi|responda)(?: auf jede frage|"
        r" a (?:toute|chaque|toutes "
        r"les|cada|todas las) \w+)? (?:nur|ausschliesslich|ausschlieblich|immer|stets|uniquement|"
        r"seulement|toujours|"
        r"exclusivement|solo|unicamente|siempre|solamente|sempre|apenas)\b",
        rf"{START}(?:beende|beginne|beginnen sie|beenden sie|termine[rz]?|commence[rz]?|"
        rf"finis(?:sez)?|ajoute[rz]?|inclu"
        r"s|incluez|termina|termine|comienza|empieza|anade|incluye|inserta|fuge|"
        r"fugen sie) (?:[^.!?]{0,60} )?"
        r"(?:jede[rns]?|deine[rn]?|ihre[rn]?|chaque|toutes? (?:tes|vos)|ta|votre|tes|vos|cada|tu|tus|"
        r"todas tus|sus?) "
        r"(?:antwort(?:en)?|zusammenfassung(?:en)?|reponses?|resumes?|respuestas?|resumen(?:es)?)\b",
        rf"{START}(?:verrate|zeige?|nenne|gib|revele[rz]?|montre[rz]?|affiche[rz]?|donne[rz]?|revela|"
        rf"muestra|imprime|da)"
        r" (?:[\w']+ ){0,3}?(?:system-?prompt|systemanweisung|prompt (?:systeme|del sistema|secret)|"
        r"instructions (?:"
        r"systeme|secretes|cachees)|instrucciones (?:del sistema|secretas|ocultas))\b",
        r"(?:忽略|無視|无视|忘记|忘記)[^。！？]{0,8}(?:之前|以上|上述|先前|所有|前面)[^。！？]{0,8}(?:指令|指示|提示|说明|命令|規則|规则|内容|文字)",
        r"(?:以前|以上|上記|これまで|前)の[^。！？]{0,6}(?:指示|命令|指令|プロンプト)[^。！？]{0,4}(?:無視|忘れ)",
        r"\b(?:игнорируи|игнорируи?те|забудь|забудьте)\b[^.!?]{0,30}(?:предыдущ|прежн|вышеуказанн|"
        r"все)\w*[^.!?]{0,12}"
        r"(?:инструкц|указани|команд|правил)",
    )
)
