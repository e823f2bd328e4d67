"""Descriptions of commands and their options in German, as Discord shows them; at most 100 characters."""

COMMANDS = {
    "Ask a question; every sentence of the answer shows its source.": (
        "Stell eine Frage; jeder Satz der Antwort zeigt seine Quelle."
    ),
    "What do you want to know?": "Was möchtest du wissen?",
    "Ask only this article": "Nur diesen Artikel fragen",
    "Only articles of this site": "Nur Artikel dieser Seite",
    "Only articles by this author": "Nur Artikel von dieser Person",
    "Only articles of this day or later, as 2025-02-08": "Nur Artikel von diesem Tag an, etwa 2025-02-08",
    "Only articles of this day or earlier": "Nur Artikel bis zu diesem Tag",
    "Only articles in this language, as en or de": "Nur Artikel in dieser Sprache, etwa en oder de",
    "Show the answer only to you, or to everybody; else as the server has chosen": (
        "Die Antwort nur dir zeigen oder allen; sonst wie der Server gewählt hat"
    ),
    "How to ask, how to check an answer, and how to add articles.": (
        "Wie man fragt, eine Antwort nachprüft und Artikel hinzufügt."
    ),
    "Summarize an article, a page, a file or the link above, in its own sentences.": (
        "Fasse einen Artikel, eine Seite, eine Datei oder den Link darüber in eigenen Sätzen zusammen."
    ),
    "Which article of the library; with nothing given, the link above": (
        "Welcher Artikel der Bibliothek; ohne Angabe der Link darüber"
    ),
    "Or the address of a page or PDF; it is read and not kept": (
        "Oder die Adresse einer Seite oder PDF; gelesen, nicht behalten"
    ),
    "Or a file, such as .pdf or .docx; it is read and not kept": (
        "Oder eine Datei, etwa .pdf oder .docx; gelesen, nicht behalten"
    ),
    "How much of it; else medium": "Wie viel davon; sonst mittel",
    "What it should lean to: a question or a topic": "Worauf sie achten soll: eine Frage oder ein Thema",
    "Find who said what, or whether somebody really said it.": (
        "Finde, wer was gesagt hat und ob es wirklich jemand gesagt hat."
    ),
    "What the words are about": "Wovon die Worte handeln",
    "Who said them": "Wer sie gesagt hat",
    "Only in this article": "Nur in diesem Artikel",
    "Did they really say this? Paste the words": "Hat das jemand wirklich gesagt? Füg die Worte ein",
    "Show what one person is quoted on, story by story.": "Zeig, womit jemand zitiert wird, Thema für Thema.",
    "The name, in full or only the surname": "Der Name, ganz oder nur der Nachname",
    "The articles I answer from": "Die Artikel, aus denen ich antworte",
    "Add the links and files of a channel's pinned messages.": (
        "Füge die Links und Dateien der angepinnten Nachrichten eines Kanals hinzu."
    ),
    "Whose pinned messages; else this channel's": "Wessen angepinnte Nachrichten; sonst die dieses Kanals",
    "Get all articles with their exact texts as a file that `footnote import` reads.": (
        "Hol dir alle Artikel mit ihrem genauen Wortlaut als Datei für `footnote import`."
    ),
    "Read an article's page again and say what changed.": (
        "Lies die Seite eines Artikels noch einmal und sag, was sich geändert hat."
    ),
    "Which article's page to read again": "Welche Seite noch einmal gelesen wird",
    "All pages that nobody looked at for a while": "Alle Seiten, die lange niemand angesehen hat",
    "With all: for how many days; else 30": "Mit „all“: seit wie vielen Tagen; sonst 30",
    "Correct an article's title, author, date or address in a form.": (
        "Berichtige Titel, Autor, Datum oder Adresse eines Artikels."
    ),
    "Which article": "Welcher Artikel",
    "Show the texts an article had, what each new one changed, and what was corrected.": (
        "Zeig frühere Texte eines Artikels, was sich änderte und was berichtigt wurde."
    ),
    "Add an article: an address, a file, or pasted text.": (
        "Füge einen Artikel hinzu: Adresse, Datei oder eingefügter Text."
    ),
    "The address of a page, a file, or a feed": "Die Adresse einer Seite, einer Datei oder eines Feeds",
    "A file: .html, .txt, .md, .pdf, .docx, .epub, or a .zip of these": (
        "Eine Datei: .html, .txt, .md, .pdf, .docx, .epub oder ein .zip davon"
    ),
    "Paste the text into a form": "Den Text in ein Formular einfügen",
    "Opens a locked PDF; I do not keep it": "Öffnet eine gesperrte PDF; ich behalte es nicht",
    "Show the articles of the library, newest first.": "Zeig die Artikel der Bibliothek, die neuesten zuerst.",
    "Show what is known of an article: author, dates, copies, earlier texts.": (
        "Zeig, was von einem Artikel bekannt ist: Autor, Daten, Kopien, frühere Texte."
    ),
    "Take an article out of the library; you are asked once more.": (
        "Nimm einen Artikel aus der Bibliothek; du wirst noch einmal gefragt."
    ),
    "What many articles report, in their own words": "Was viele Artikel berichten, in ihren Worten",
    "Show what the articles report, a line a story, and where they disagree.": (
        "Zeig, was die Artikel berichten, je Thema eine Zeile, und wo sie sich widersprechen."
    ),
    "What it should be about; else everything": "Worum es gehen soll; sonst alles",
    "Have a digest of what is new posted daily or weekly.": (
        "Lass täglich oder wöchentlich einen Überblick über Neues erscheinen."
    ),
    "Where it is posted": "Wo er erscheint",
    "At which hour, from 0 to 23": "Zu welcher Stunde, von 0 bis 23",
    "Whose hour: a time zone, as Europe/Berlin": "Wessen Stunde: eine Zeitzone, etwa Europe/Berlin",
    "How often; else daily": "Wie oft; sonst täglich",
    "On which day, of a weekly one; else Monday": "An welchem Tag der Woche; sonst Montag",
    "End the digest that is posted by itself.": "Beende den Überblick, der von selbst erscheint.",
    "Show what happened when: sentences with a date, in order.": (
        "Zeig, was wann geschah: Sätze mit Datum, der Reihe nach."
    ),
    "What it should be about": "Worum es gehen soll",
    "Choose channels in which posted links are added with one reaction and no words.": (
        "Wähle Kanäle, in denen gepostete Links still hinzugefügt werden."
    ),
    "In which channel posted links are added quietly": "In welchem Kanal Links still hinzugefügt werden",
    "Whether they are; else on": "Ob sie es werden; sonst ja",
    "Answers that readers reported as wrong or not to be shown; you decide.": (
        "Antworten, die jemand gemeldet hat; du entscheidest."
    ),
    "Choose who may add, where I speak, limits, sources, and how long articles are kept.": (
        "Wähle, wer hinzufügt, wo ich spreche, Grenzen, Quellen und wie lange Artikel bleiben."
    ),
    "What I keep about you and this server; export or delete it.": (
        "Was ich über dich und diesen Server aufhebe; hol es dir oder lösch es."
    ),
}
