"""What the bot says in a single line, in German: refusals, and what became of a press of a button."""

NOTICES = {
    "The data of a server takes the permission Manage Server.": (
        "Für die Daten eines Servers braucht es das Recht „Server verwalten“."
    ),
    "That button is for somebody else, or for another server. Use `/privacy` yourself.": (
        "Dieser Knopf ist für jemand anderen oder für einen anderen Server. Benutze selbst `/privacy`."
    ),
    "Settings take the permission Manage Server. Ask somebody who has it.": (
        "Für Einstellungen braucht es das Recht „Server verwalten“. Frag jemanden, der es hat."
    ),
    "Deciding on reports takes the permission Manage Messages.": (
        "Um über Meldungen zu entscheiden, braucht es das Recht „Nachrichten verwalten“."
    ),
    "Choosing channels takes the permission Manage Server. Ask somebody who has it.": (
        "Um Kanäle auszuwählen, braucht es das Recht „Server verwalten“. Frag jemanden, der es hat."
    ),
    "Choose an article, or “all” for every page that is old; not both.": (
        "Wähle einen Artikel oder „all“ für alle alten Seiten, nicht beides."
    ),
    "I can read pinned messages only in the channels of a server I am in.": (
        "Angepinnte Nachrichten kann ich nur in Kanälen eines Servers lesen, auf dem ich bin."
    ),
    "You may not read that channel, so I do not read it for you.": (
        "Du darfst diesen Kanal nicht lesen, also lese ich ihn auch nicht für dich."
    ),
    "Give one thing at a time: an address, a file, or pasted text.": (
        "Gib nur eines auf einmal an: eine Adresse, eine Datei oder eingefügten Text."
    ),
    "There is no article to export yet.": "Es gibt noch keinen Artikel zum Exportieren.",
    "There was nothing to delete.": "Es gab nichts zu löschen.",
    "**Deleted:** {named}, and everything made from them.": (
        "**Gelöscht:** {named} und alles, was daraus entstanden ist."
    ),
    "The file holds everything, for your eyes only. Save it: this message goes.": (
        "In der Datei ist alles, nur für deine Augen. Speichere sie: Diese Nachricht verschwindet."
    ),
    "The files hold everything, for your eyes only. Save them: this message goes.": (
        "In den Dateien ist alles, nur für deine Augen. Speichere sie: Diese Nachricht verschwindet."
    ),
    "Even packed, that is larger than the {limit} MB that Discord lets me attach here. "
    "Whoever runs me can export it in a terminal: `footnote privacy export {option}`": (
        "Auch gepackt ist das größer als die {limit} MB, die Discord mich hier anhängen lässt. "
        "Wer mich betreibt, kann es im Terminal exportieren: `footnote privacy export {option}`"
    ),
    "Adding articles here takes {needed}.": "Um hier Artikel hinzuzufügen, braucht es: {needed}.",
    "Removing articles here takes {needed}.": "Um hier Artikel zu entfernen, braucht es: {needed}.",
    "The article behind [{number}] was removed from the library, and its words with it.": (
        "Der Artikel hinter [{number}] wurde aus der Bibliothek entfernt, und seine Worte mit ihm."
    ),
    "I may not write in <#{channel}>. Allow me to, then try again.": (
        "In <#{channel}> darf ich nicht schreiben. Erlaube es mir und versuch es dann noch einmal."
    ),
}
