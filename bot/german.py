"""What the bot says, in German. A key is the English text exactly as the code has it; see ``words.py``."""

from bot.german_commands import COMMANDS
from bot.german_notices import NOTICES

MONTHS = {"Mar": "März", "May": "Mai", "Oct": "Okt", "Dec": "Dez"}
COUNTED = {
    "answer": ("Antwort", "Antworten"),
    "article": ("Artikel", "Artikel"),
    "call": ("Aufruf", "Aufrufe"),
    "channel": ("Kanal", "Kanäle"),
    "character": ("Zeichen", "Zeichen"),
    "claim": ("Behauptung", "Behauptungen"),
    "more sentence": ("weiterer Satz", "weitere Sätze"),
    "other article": ("anderer Artikel", "andere Artikel"),
    "page": ("Seite", "Seiten"),
    "passage": ("Abschnitt", "Abschnitte"),
    "quotation": ("Zitat", "Zitate"),
    "sentence": ("Satz", "Sätze"),
}
_CARDS = {
    "Open": "Öffnen",
    "Quotes": "Zitate",
    "Sources": "Quellen",
    "More": "Mehr",
    "Wrong?": "Falsch?",
    "Follow up": "Nachfragen",
    "Continue in a thread": "Im Thread weiter",
    "Show passage": "Stelle zeigen",
    "Retry": "Noch einmal",
    "More passages": "Mehr Stellen",
    "Add to the library": "In die Bibliothek",
    "Remove it": "Entfernen",
    "Delete it all": "Alles löschen",
    "Key quotes": "Wichtige Zitate",
    "Ask about this": "Danach fragen",
    "Understood as: {words}": "Verstanden als: {words}",
    "{articles} in {library}": "{articles} in {library}",
    "**I found nothing in {where} that answers this.**": "**Ich habe in {where} keine Antwort darauf gefunden.**",
    "**{name} is empty.** Add a first article with `/article add`, then ask again.": (
        "**Hier ist noch kein Artikel.** Füge mit `/article add` einen ersten Artikel hinzu und frag dann noch einmal."
    ),
    "**{name} is empty.** Add a first article with `/article add`, then check again.": (
        "**Hier ist noch kein Artikel.** Füge mit `/article add` einen ersten Artikel hinzu und prüfe dann noch einmal."
    ),
    ", asked only those {narrowed}": ", gefragt nur die {narrowed}",
    "The nearest passages:": "Am nächsten kommen:",
    "+ {left}: press Quotes.": "+ {left}: drück auf Zitate.",
    "+ {left} more: press Sources.": "+ {left} weitere: drück auf Quellen.",
    "That sentence goes on, and more may follow: press Quotes.": (
        "Der Satz geht weiter, und vielleicht folgen noch welche: drück auf Zitate."
    ),
    "Worded by a language model, each sentence checked against the words behind it · ": (
        "Von einem Sprachmodell formuliert, jeder Satz an seinen Belegen geprüft · "
    ),
    "Worded by a language model, checked against the words behind it, then translated · ": (
        "Von einem Sprachmodell formuliert, an den Belegen geprüft, dann übersetzt · "
    ),
    "The answer before it was translated:": "Die Antwort vor der Übersetzung:",
    "only this article was asked": "nur dieser Artikel wurde gefragt",
    "The exact words": "Der genaue Wortlaut",
    "What was read for this": "Was dafür gelesen wurde",
    "Quotations": "Zitate",
    "(and so on)": "(und so weiter)",
    " · page {page} of {pages}": " · Seite {page} von {pages}",
    "read, not cited": "gelesen, nicht zitiert",
    "cited as ": "zitiert als ",
    "From the library's own copy, whatever became of the page.": (
        "Aus der eigenen Kopie der Bibliothek, was auch aus der Seite geworden ist."
    ),
    "The article behind {shown} was removed from the library, and its words with it.": (
        "Der Artikel hinter {shown} wurde aus der Bibliothek entfernt und mit ihm seine Worte."
    ),
    "✓ the words carry the sentence · ✗ they do not": "✓ die Worte belegen den Satz · ✗ sie tun es nicht",
    "The articles that were read are no longer in the library.": (
        "Die gelesenen Artikel sind nicht mehr in der Bibliothek."
    ),
    "The article has changed since; these were its words.": (
        "Der Artikel hat sich seitdem geändert; so lautete er damals."
    ),
    "**I found no such words in quotation marks.** Try fewer words, or only a speaker.": (
        "**Solche Worte habe ich in keinem Zitat gefunden.** Versuch es mit weniger Worten oder nur mit dem Namen."
    ),
    "All {count} quotations": "Alle {count} Zitate",
    "behind: {said}": "Beleg für: {said}",
    "**At length** · {how_much}": "**Ausführlich** · {how_much}",
    "in the articles' own sentences": "in den Sätzen der Artikel",
    "the articles say no more that answers this": "mehr sagen die Artikel dazu nicht",
    "Read, and not cited:": "Gelesen und nicht zitiert:",
    "Drafted by the language model, left out because no article says it:": (
        "Vom Sprachmodell entworfen, weggelassen, weil kein Artikel es sagt:"
    ),
    "Sources from {first} to {last}": "Quellen von {first} bis {last}",
    "The sources give no date": "Die Quellen nennen kein Datum",
    "Sources of {day}": "Quellen vom {day}",
    "one": "eine",
    ", {some} with {copies}": ", {some} mit {copies}",
    "{number} independent sources": "{number} unabhängige Quellen",
    "1 copy": "1 Kopie",
    "{number} copies": "{number} Kopien",
    " · p. ": " · S. ",
    "{number} articles of 1 source": "{number} Artikel einer Quelle",
    "1 source": "1 Quelle",
    " with {copies}": " mit {copies}",
    "This article is not in the library; I read it for this summary and kept nothing.": (
        "Dieser Artikel ist nicht in der Bibliothek; ich habe ihn nur hierfür gelesen und nichts behalten."
    ),
    "published {day}": "vom {day}",
    "the article gives no date": "der Artikel nennt kein Datum",
    "The article's own sentences": "Die Sätze des Artikels",
    "Worded by a language model": "Von einem Sprachmodell formuliert",
    "by {author}": "von {author}",
    "{mine} min instead of {whole}": "{mine} statt {whole} Minuten",
    "**{claims} checked** against {articles}": "**{claims} geprüft** an {articles}",
    "supported": "belegt",
    "contradicted": "widersprochen",
    "not in the articles": "nicht in den Artikeln",
    "“Not in the articles” does not mean false: only that they do not settle it.": (
        "„Nicht in den Artikeln“ heißt nicht falsch: nur, dass sie es nicht entscheiden."
    ),
    "I checked the first {checked}; {more} more are not checked.": (
        "Ich habe die ersten {checked} geprüft; {more} weitere nicht."
    ),
    " · “{}” here, “{}” there": " · hier „{}“, dort „{}“",
    "{answers} so far cited it and will no longer show its words. ": (
        "{answers} haben ihn bisher zitiert und zeigen seine Worte dann nicht mehr. "
    ),
    "Its text and its earlier texts are deleted for good. To keep it, dismiss this message.": (
        "Sein Text und seine früheren Texte werden endgültig gelöscht. Um ihn zu behalten, schließ diese Nachricht."
    ),
    "Added: {passages}.": "Hinzugefügt: {passages}.",
    "I had this article already; nothing changed.": "Diesen Artikel hatte ich schon; nichts hat sich geändert.",
    "Replaced the earlier version: {passages} now.": "Die frühere Fassung ist ersetzt: jetzt {passages}.",
    "{status} Its id in {library} is {id}.": "{status} In {library} heißt er {id}.",
    "**{title}** is no longer in {library}.": "**{title}** ist nicht mehr in {library}.",
    "Next: `/ask` a question about it, or `/summarize` it.": (
        "Als Nächstes: mit `/ask` danach fragen oder ihn mit `/summarize` zusammenfassen."
    ),
    "**Remove {title}?**": "**{title} entfernen?**",
}
_NOTICES = {
    " and others": " und anderen",
    " You can change that with `/settings`.": " Ändern kannst du das mit `/settings`.",
    "This server wants me in {places} only. Ask me there.": "Hier soll ich nur in {places} sprechen. Frag mich dort.",
    "Ask me something about the articles, as in “@me who paid for the bridge?”, or use `/help`.": (
        "Frag mich etwas zu den Artikeln, etwa „@ich wer hat die Brücke bezahlt?“, oder nimm `/help`."
    ),
    "This answer is hidden until a moderator has looked at it.": (
        "Diese Antwort ist verborgen, bis jemand aus der Moderation sie angesehen hat."
    ),
    "**This answer is hidden** until a moderator has looked at it.": (
        "**Diese Antwort ist verborgen**, bis jemand aus der Moderation sie angesehen hat."
    ),
    "This answer is too old or not from this server. Please ask again.": (
        "Diese Antwort ist zu alt oder nicht von diesem Server. Bitte frag noch einmal."
    ),
    "My library cannot be used just now. Whoever runs me finds the reason under {number}.": (
        "Meine Bibliothek ist gerade nicht zu gebrauchen. Wer mich betreibt, findet den Grund unter {number}."
    ),
    "This command has changed. Restart Discord (Ctrl+R), then try again.": (
        "Dieser Befehl hat sich geändert. Lade Discord neu (Strg+R) und versuch es noch einmal."
    ),
    "One of the options cannot be used as it stands. Choose it again from the list.": (
        "Eine der Angaben ist so nicht zu gebrauchen. Wähl sie noch einmal aus der Liste."
    ),
    "Something went wrong on my side. Please try again; if it stays, report error {number}.": (
        "Bei mir ist etwas schiefgegangen. Bitte versuch es noch einmal; bleibt es, melde den Fehler {number}."
    ),
    "Continue in {thread}: mention me there to ask on.": "Weiter in {thread}: erwähn mich dort, um nachzufragen.",
    "I may not open threads here. Ask a moderator to allow me Create Public Threads.": (
        "Ich darf hier keine Threads öffnen. Bitte die Moderation, mir „Öffentliche Threads erstellen“ zu erlauben."
    ),
    "There is a thread under this answer already.": "Unter dieser Antwort gibt es schon einen Thread.",
    "A thread can only be opened under an answer that everybody sees.": (
        "Ein Thread geht nur unter einer Antwort auf, die alle sehen."
    ),
    "You can ask again in {seconds} s.": "In {seconds} s kannst du wieder fragen.",
    "This server has asked all its questions of this hour. The next is free in {seconds} s.": (
        "Dieser Server hat seine Fragen für diese Stunde gestellt. Die nächste ist in {seconds} s frei."
    ),
    "You can {deed} again in {seconds} s.": "In {seconds} s kannst du wieder {deed}.",
    "ask": "fragen",
    "do this": "das tun",
    "add an article": "einen Artikel hinzufügen",
    "press this": "das drücken",
    "the permission Manage Messages": "die Berechtigung „Nachrichten verwalten“",
    "your {articles}": "deinen {articles}",
    "the {articles} of this server": "den {articles} dieses Servers",
    "this server's library": "der Bibliothek dieses Servers",
    "your library": "deiner Bibliothek",
    "the role {role}": "die Rolle {role}",
    "a role that this server has chosen": "eine Rolle, die dieser Server gewählt hat",
    " or ": " oder ",
    "{what} here takes {needed}. Ask somebody who has it.": "{what} braucht hier {needed}. Frag jemanden mit ihr.",
    "Adding articles": "Artikel hinzuzufügen",
    "Removing articles": "Artikel zu entfernen",
    "1 question is ahead of yours.": "Vor deiner ist noch 1 Frage.",
    "{ahead} questions are ahead of yours.": "Vor deiner sind noch {ahead} Fragen.",
    "Yours is next.": "Deine ist die nächste.",
    "Looking …": "Ich sehe nach …",
    "I am being restarted. Please ask again in a minute.": (
        "Ich werde gerade neu gestartet. Bitte frag in einer Minute noch einmal."
    ),
    "I was restarted before this was done. Please ask again.": (
        "Ich wurde neu gestartet, bevor das fertig war. Bitte frag noch einmal."
    ),
    "I was restarted before this was answered. Press **Retry** within a day.": (
        "Ich wurde neu gestartet, bevor das beantwortet war. Drück innerhalb eines Tages auf **Noch einmal**."
    ),
    "Writing … only sentences that the articles carry are shown.": (
        "Ich schreibe … gezeigt werden nur Sätze, die die Artikel belegen."
    ),
    "Thank you. Your report is kept; moderators find it under `/reports`.": (
        "Danke. Deine Meldung ist aufgehoben; die Moderation findet sie unter `/reports`."
    ),
    "Thank you. A moderator has looked at this answer before and left it; your report is kept for them.": (
        "Danke. Die Moderation hat diese Antwort schon angesehen und stehen lassen; deine Meldung bleibt aufgehoben."
    ),
    "The answer is hidden.": "Die Antwort ist verborgen.",
    "I found no claim in that text: I check sentences that say how something is, "
    "not questions, greetings or opinions.": (
        "In diesem Text habe ich keine Behauptung gefunden: ich prüfe Sätze, die sagen, wie etwas ist, "
        "keine Fragen, Grüße oder Meinungen."
    ),
}
_FORMS = {
    "Ask about this article": "Nach diesem Artikel fragen",
    "Ask about this message": "Nach dieser Nachricht fragen",
    "Question": "Frage",
    "Add an article": "Einen Artikel hinzufügen",
    "Title": "Titel",
    "Text": "Text",
    "As it was published": "Wie er erschienen ist",
    "I answer from the links and files of the message, or from its words if it has none.": (
        "Ich antworte aus den Links und Dateien der Nachricht, ohne solche aus ihren Worten."
    ),
    "Correct an article": "Einen Artikel berichtigen",
    "Words such as “it” or “she” are understood by the answer above.": (
        "Worte wie „er“ oder „sie“ verstehe ich aus der Antwort darüber."
    ),
    "And who paid for it?": "Und wer hat es bezahlt?",
    "What is wrong?": "Was stimmt nicht?",
    "What is wrong with this answer?": "Was stimmt an dieser Antwort nicht?",
    "The last one hides it at once, until a moderator has looked.": (
        "Das Letzte verbirgt sie sofort, bis die Moderation sie angesehen hat."
    ),
    "In your own words": "In deinen Worten",
    "The quote does not carry the sentence": "Das Zitat belegt den Satz nicht",
    "It does not answer the question": "Sie beantwortet die Frage nicht",
    "The article is wrong or out of date": "Der Artikel ist falsch oder veraltet",
    "It should not be shown here": "Sie sollte hier nicht stehen",
}
_SETTINGS = {
    "**Settings of this server**": "**Einstellungen dieses Servers**",
    "Saved.": "Gespeichert.",
    "Saved. Articles older than that are removed within a day.": (
        "Gespeichert. Ältere Artikel werden innerhalb eines Tages entfernt."
    ),
    "Saved. Articles that are in the library already stay.": (
        "Gespeichert. Artikel, die schon in der Bibliothek sind, bleiben."
    ),
    "Settings take the permission Manage Server. Ask somebody who has it.": (
        "Einstellungen brauchen die Berechtigung „Server verwalten“. Frag jemanden mit ihr."
    ),
    "**Who may add articles:** ": "**Wer Artikel hinzufügen darf:** ",
    "everybody": "alle",
    "who may manage messages, and these roles": "wer Nachrichten verwalten darf, und diese Rollen",
    "**Where I speak:** ": "**Wo ich spreche:** ",
    "only in these channels": "nur in diesen Kanälen",
    "everywhere": "überall",
    "**Where moderators are told of reports:** ": "**Wo die Moderation von Meldungen erfährt:** ",
    "in this channel": "in diesem Kanal",
    "where Discord tells them, or the owner": "wo Discord sie benachrichtigt, oder bei wem der Server gehört",
    "**Articles are kept** ": "**Artikel bleiben** ",
    "for ever": "für immer",
    "for 30 days": "30 Tage",
    "for 90 days": "90 Tage",
    "for half a year": "ein halbes Jahr",
    "for a year": "ein Jahr",
    "for {days} days": "{days} Tage",
    "Keep articles ": "Artikel behalten: ",
    "My language: ": "Meine Sprache: ",
    "As Discord is set": "wie in Discord eingestellt",
    "English": "Englisch",
    "Deutsch": "Deutsch",
    "**Answers** are for the asker alone unless the asker says otherwise": (
        "**Antworten** sieht nur, wer fragt, wenn die Frage es nicht anders sagt"
    ),
    "**Answers** are public unless the asker says otherwise": (
        "**Antworten** sehen alle, wenn die Frage es nicht anders sagt"
    ),
    " · **Questions:** {pace} · **Sources:** {sources}": " · **Fragen:** {pace} · **Quellen:** {sources}",
    "{number} at once a person, then one every {seconds} s": (
        "{number} auf einmal je Person, dann alle {seconds} s eine"
    ),
    ", {number} an hour for all": ", {number} je Stunde für alle",
    "all sites": "alle Seiten",
    "only ": "nur ",
    "not ": "nicht ",
    "{shown} and {more} more": "{shown} und {more} weitere",
    "Make answers public": "Antworten öffentlich",
    "Make answers private": "Antworten privat",
    "Let only some add": "Nur einige fügen hinzu",
    "Let everybody add": "Alle fügen hinzu",
    "Limits …": "Grenzen …",
    "Sources …": "Quellen …",
    "Roles that may add and remove articles": "Rollen, die hinzufügen und entfernen dürfen",
    "Channels in which I speak; none: all": "Kanäle, in denen ich spreche; keiner: alle",
    "Channel for the moderators": "Kanal für die Moderation",
    "off": "aus",
    "Link companion: {companion} (/companion) · Scheduled digest: /digest schedule": (
        "Link-Begleiter: {companion} (/companion) · Regelmäßiger Überblick: /digest schedule"
    ),
    " of {budget}": " von {budget}",
    "Language model today: {tokens} tokens, {calls}": "Sprachmodell heute: {tokens} Tokens, {calls}",
    "Limits": "Grenzen",
    "Questions a person may ask at once": "Fragen, die jemand auf einmal stellen darf",
    "1 to 100; empty: as whoever runs me has set it": "1 bis 100; leer: wie es mein Betreiber gesetzt hat",
    "Seconds after which one more is free": "Sekunden, nach denen eine weitere frei ist",
    "0 to 3,600; empty: as whoever runs me has set it": "0 bis 3.600; leer: wie es mein Betreiber gesetzt hat",
    "Questions an hour, of all members together": "Fragen je Stunde, von allen zusammen",
    "Empty or 0: no limit": "Leer oder 0: keine Grenze",
    "Only from these sites": "Nur von diesen Seiten",
    "One a line, as example.org; all below it count too. Empty: from every site.": (
        "Eine je Zeile, etwa example.org; alles darunter zählt mit. Leer: von allen."
    ),
    "Never from these": "Nie von diesen",
}
GERMAN: dict[str, str] = {**_CARDS, **_NOTICES, **NOTICES, **_FORMS, **_SETTINGS, **COMMANDS}
