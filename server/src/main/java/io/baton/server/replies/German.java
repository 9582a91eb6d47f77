package io.baton.server.replies;

import static io.baton.server.replies.DateWords.Kind.COMING;
import static io.baton.server.replies.DateWords.Kind.DATE;
import static io.baton.server.replies.DateWords.Kind.END_OF_MONTH;
import static io.baton.server.replies.DateWords.Kind.END_OF_NEXT_WEEK;
import static io.baton.server.replies.DateWords.Kind.END_OF_WEEK;
import static io.baton.server.replies.DateWords.Kind.IN_DAYS;
import static io.baton.server.replies.DateWords.Kind.IN_WEEKS;
import static io.baton.server.replies.DateWords.Kind.IN_WORKING_DAYS;
import static io.baton.server.replies.DateWords.Kind.NEXT;
import static io.baton.server.replies.DateWords.Kind.OVERMORROW;
import static io.baton.server.replies.DateWords.Kind.THIS;
import static io.baton.server.replies.DateWords.Kind.TODAY;
import static io.baton.server.replies.DateWords.Kind.TOMORROW;
import static io.baton.server.replies.DateWords.Kind.WEEKDAY;
import static io.baton.server.replies.DateWords.Kind.WEEKDAY_OF_NEXT_WEEK;

import io.baton.server.replies.DateWords.Form;
import java.util.List;
import java.util.Map;

/** German sentences. "Morgen" alone is none: it may be a greeting. */
final class German {

    private static final String NOUNS =
            "(?:rechnung|zahlung|anfrage|bestellung|auftrag|betrag|vertrag|angebot|änderung|aufgabe|vorgang|fall"
                    + "|lieferung|unterlagen|dokument|dokumente|formular|datei|dateien|ware|daten|korrektur|antrag|antwort)";

    private static final Language.Parts PARTS = new Language.Parts(
            "das|dies|es|ihn|sie|ihnen das|dir das|ihnen diese|euch das|(?:den|die|das|dem|der|diesen|diese|dieses|ihre|ihren|unsere|ihnen die|ihnen den"
                    + "|ihnen das) (?:(?:korrigierte|neue|fehlende|unterschriebene|aktualisierte)[nrs]? )?" + NOUNS,
            "ja|jawohl|ok|okay|gut|gerne|gern|klar|alles klar|in ordnung|passt|super|perfekt|geprüft|prima|alles gut|sieht gut aus",
            "leider|sorry|entschuldigung|tut mir leid|bedaure",
            "weil|da|denn|wegen|aufgrund|grund ?:|begründung ?:");

    private static final Language.Small SMALL = new Language.Small(
            "hallo|hi|hey|guten (?:morgen|tag|abend)|moin(?: moin)?|servus|grüezi|grüß gott|liebe|lieber|sehr geehrte|sehr geehrter|werte|werter"
                    + "|liebes",
            "zusammen|alle|team|herr|frau|dr|damen und herren|kollege|kollegin|kollegen|kolleginnen und kollegen|miteinander",
            "(?:vielen |herzlichen |besten |lieben )?dank(?:e)?(?: schön| sehr| nochmals| im voraus| vorab| dir| ihnen| euch)?"
                    + "(?: (?:für|fuer) (?:die|ihre|deine|eure|den|das) (?:(?:schnelle|freundliche|nette|kurze) )?(?:erinnerung|info|information|nachricht|e?-?mail"
                    + "|hilfe|geduld|rückmeldung|hinweis|nachfrage|unterstützung|antwort|mühe|rechnung))?"
                    + "|(?:sorry|entschuldigung|entschuldigen sie)(?: (?:für|fuer) die (?:späte (?:antwort|rückmeldung)|verspätung|verzögerung))?"
                    + "|(?:einen )?(?:schönen|schoenen|guten) (?:tag|abend|feierabend)(?: noch| wünsche ich)?|(?:ein )?(?:schönes|gutes) wochenende"
                    + "|(?:eine )?(?:schöne|gute) woche(?: noch)?"
                    + "|(?:mit )?(?:freundlich|best|herzlich|lieb|viel|schön)(?:e|en) grüße?n?|gruß|grüße|lg|vg|mfg|bg",
            "(?:mit )?(?:den )?(?:freundlich|best|herzlich|lieb|viel|schön|sonnig)(?:e|en) grüße?n?(?: aus \\p{L}{2,20})?"
                    + "|(?:freundlicher |lieber |schöner |bester )?gruß|grüße(?: aus \\p{L}{2,20})?|mfg|vg|lg|bg|hg|beste grüße"
                    + "|(?:vielen |herzlichen |besten )?dank(?:e)?(?: im voraus| und (?:viele|beste|liebe) grüße)?|danke schön|hochachtungsvoll"
                    + "|(?:einen )?schönen (?:tag|abend)(?: noch)?|(?:ein )?schönes wochenende");

    private static final String DAYPART = "(?:vormittag|nachmittag|mittag|abend|früh)?";

    private static final DateWords DATES = new DateWords(
            List.of(
                    "montag|mo\\.",
                    "dienstag|di\\.",
                    "mittwoch|mi\\.",
                    "donnerstag|do\\.",
                    "freitag|fr\\.",
                    "samstag|sonnabend|sa\\.",
                    "sonntag|so\\."),
            List.of(
                    "januar|jänner|jan",
                    "februar|feb",
                    "märz|mrz",
                    "april|apr",
                    "mai",
                    "juni|jun",
                    "juli|jul",
                    "august|aug",
                    "september|sept?",
                    "oktober|okt",
                    "november|nov",
                    "dezember|dez"),
            List.of("einem|einer|ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
            "bis(?: spätestens)?(?: zum| am)?|spätestens(?: bis)?(?: zum| am)?|am|zum|per|bis(?: zu)?",
            "spätestens|oder früher|(?:am )?(?:vormittag|nachmittag|abend|mittag)|früh|vormittags|nachmittags|abends|mittags|bitte|sicher|fix"
                    + "|im laufe des tages|erledigt",
            "um zwölf|zum mittag",
            List.of(
                    new Form(TODAY, "heute(?: noch)?|noch heute"),
                    new Form(TOMORROW, "morgen"),
                    new Form(OVERMORROW, "übermorgen"),
                    new Form(WEEKDAY, "{weekday}" + DAYPART),
                    new Form(THIS, "(?:diesen|dieser) {weekday}" + DAYPART),
                    new Form(THIS, "{weekday} dieser woche"),
                    new Form(COMING, "(?:den |der )?(?:kommenden|kommender) {weekday}" + DAYPART),
                    new Form(NEXT, "(?:den |der )?(?:nächsten|nächster) {weekday}" + DAYPART),
                    new Form(
                            WEEKDAY_OF_NEXT_WEEK, "{weekday} (?:der )?(?:nächster|nächsten|kommender|kommenden) woche"),
                    new Form(
                            WEEKDAY_OF_NEXT_WEEK,
                            "(?:in der )?(?:nächste|nächsten|kommende|kommenden) woche,? (?:am )?{weekday}"),
                    new Form(IN_DAYS, "(?:in|innerhalb von)(?: den nächsten)? {n} tag(?:en|e)?"),
                    new Form(IN_WORKING_DAYS, "(?:in|innerhalb von) {n} (?:werktag|arbeitstag)(?:en|e)?"),
                    new Form(IN_WEEKS, "(?:in|innerhalb von) {n} wochen?"),
                    new Form(END_OF_WEEK, "ende (?:der|dieser) woche|(?:noch )?diese woche noch|noch diese woche"),
                    new Form(END_OF_NEXT_WEEK, "ende (?:der )?(?:nächster|nächsten|kommender|kommenden) woche"),
                    new Form(END_OF_MONTH, "(?:ende (?:des|dieses) monats|monatsende|ende des monats)"),
                    new Form(END_OF_MONTH, "ende {month}"),
                    new Form(DATE, "(?:{weekday},? )?(?:den |dem |der )?{day}\\.? {month}(?: {year})?"),
                    new Form(DATE, "(?:{weekday},? )?(?:den |dem )?{day}\\.")));

    private static final String SELF = "(?: (?:von (?:mir|uns|meiner seite|unserer seite)|meinerseits|unsererseits))?";
    private static final String TERMIN =
            "(?: (?:das|es|den termin|die frist|die fälligkeit|die lieferung|den liefertermin))?";
    private static final String VERBS =
            "(?:schicke|schicken|sende|senden|liefere|liefern|erledige|erledigen|bezahle|bezahlen|zahle|zahlen|mache|machen|überweise|überweisen"
                    + "|lade|reiche|habe|haben|korrigiere|korrigieren)";
    private static final String PREFIXED = "(?: (?:ab|fertig|zu|hoch|nach|ein))?";
    private static final String INFINITIVES =
            "(?:schicken|senden|liefern|erledigen|zahlen|bezahlen|machen|überweisen|nachreichen|einreichen|fertigstellen|hochladen|haben"
                    + "|korrigieren|abschließen|zuschicken|zusenden)";
    private static final String VALID_UNTIL =
            "(?=bis|am|zum|in|heute|morgen|über|ende|spätestens|per|diese|kommende|nächste|noch|\\p{L}+tag)";

    static final Language LANGUAGE = Language.of(
            "de",
            PARTS,
            SMALL,
            DATES,
            Map.ofEntries(
                    Map.entry(
                            Saying.APPROVE,
                            List.of(
                                    "{yes}(?:hiermit )?(?:freigegeben|genehmigt|bewilligt|freigabe(?: erteilt)?|freigeben|genehmigen|ist freigegeben|ist genehmigt)"
                                            + SELF,
                                    "{yes}(?:{thing}|" + NOUNS + ")(?: ist| sind| wird)?(?: hiermit)?" + SELF
                                            + " (?:freigegeben|genehmigt|bewilligt)",
                                    "{yes}(?:hiermit )?(?:von mir|von uns)(?: aus)? (?:freigegeben|genehmigt|bewilligt)",
                                    "{yes}(?:hiermit )?(?:ich |wir )?(?:genehmige|genehmigen|bewillige|bewilligen)(?: ich| wir)?(?: hiermit)?(?: {thing})?",
                                    "{yes}(?:hiermit )?(?:ich |wir )?(?:gebe|geben)(?: ich| wir)?(?: hiermit)?(?: {thing})?(?: hiermit)? frei",
                                    "{yes}(?:ich erteile|hiermit erteile ich)(?: hiermit)? (?:die|meine) freigabe",
                                    "{yes}meine freigabe (?:hast du|haben sie|habt ihr)")),
                    Map.entry(
                            Saying.AGREE,
                            List.of(
                                    "{yes}(?:angenommen|akzeptiert)" + SELF,
                                    "{yes}(?:ich |wir )?(?:akzeptiere|akzeptieren)(?: {thing})?",
                                    "{yes}(?:ich |wir )?(?:nehme|nehmen)(?: ich| wir)?(?: {thing})? an")),
                    Map.entry(
                            Saying.TAKE,
                            List.of(
                                    "{yes}(?:{thing} )?(?:ich |wir )?(?:übernehme|übernehmen)(?: ich| wir)?(?: {thing})?(?: gerne| gern)?",
                                    "{yes}(?:ich|wir) (?:kümmere|kümmern) (?:mich|uns)(?: darum| drum)?(?: gerne| gern)?",
                                    "{yes}(?:mache|mach) ich(?: gerne| gern)?")),
                    Map.entry(
                            Saying.REFUSE,
                            List.of(
                                    "{no}(?:hiermit )?(?:abgelehnt|ablehnung|ablehnen)(?:{why})?",
                                    "{no}(?:{thing}|" + NOUNS + ")(?: ist| sind| wird)? abgelehnt(?:{why})?",
                                    "{no}(?:hiermit )?(?:ich |wir )?(?:lehne|lehnen|muss|müssen)(?: ich| wir)?(?: {thing})?(?: leider)? (?:ab|ablehnen)(?:{why})?")),
                    Map.entry(Saying.REJECT, List.of("{no}(?:zurückgewiesen|ich weise {thing} zurück)(?:{why})?")),
                    Map.entry(
                            Saying.NOT_MINE,
                            List.of("{no}(?:ich|wir) (?:kann|können) {thing}(?: leider)? nicht übernehmen(?:{why})?")),
                    Map.entry(
                            Saying.DATE,
                            List.of(
                                    "(?!morgen[\\s.!]*$){yes}{date}",
                                    "{yes}(?:ich|wir) " + VERBS + "(?: {thing})?(?: (?:ihnen|dir|euch))? " + VALID_UNTIL
                                            + "{date}" + PREFIXED,
                                    "{yes}(?:{thing} )?" + VERBS + " (?:ich|wir)(?: {thing})?(?: (?:ihnen|dir|euch))? "
                                            + VALID_UNTIL + "{date}" + PREFIXED,
                                    "{yes}(?:ich|wir) (?:werde|werden|kann|können)(?: {thing})? (?<date>\\S[^?]{2,60}?) "
                                            + INFINITIVES,
                                    "{yes}(?:{thing} )?(?:kommt|kommen|folgt|folgen|ist fertig|sind fertig|wird geliefert|erledigt|fertig|lieferung|zahlung) "
                                            + VALID_UNTIL + "{date}",
                                    "{yes}(?:bekommen|erhalten) sie(?: {thing})? {date}",
                                    "{yes}sie (?:bekommen|erhalten) {thing} {date}",
                                    "{yes}(?:zusage|versprochen|zugesagt|termin)[ :]+{date}")),
                    Map.entry(
                            Saying.PROPOSE,
                            List.of(
                                    "{no}(?:ich|wir) schlagen? (?<date>\\S[^?]{2,60}?) vor(?:{because})?",
                                    "{no}(?:vorschlag|neuer termin|neues datum|terminvorschlag|vorschlage)[ :]+{date}(?:{because})?",
                                    "{no}(?:geht|ginge|passt|wäre|klappt)(?: es)?(?: auch)? (?<date>\\S[^?]{2,60}?)(?: möglich)? ?\\?",
                                    "{no}wie wäre es (?:mit )?{date} ?\\?",
                                    "{no}(?:lieber|besser|stattdessen|erst) {date}(?:{because})?",
                                    "{no}(?<date>\\S[^?]{2,60}?)(?: wäre| ist| passt| ginge)? (?:besser|stattdessen)(?:{because})?",
                                    "{no}(?:bitte )?(?:auf|verschieben(?: auf)?|verlängern(?: bis)?)(?: den)? {date}(?:{because})?",
                                    "{no}(?:bitte )?(?:(?:das|es|den termin|die frist|die fälligkeit|die lieferung) )?(?:auf|bis)(?: den| zum)? (?<date>\\S[^?]{2,60}?) (?:verschieben|verlängern)"
                                            + "(?:{because})?",
                                    "{no}(?:können|könnten) (?:wir|sie)" + TERMIN
                                            + " auf(?: den)? (?<date>\\S[^?]{2,60}?) (?:verschieben|verlegen) ?\\?",
                                    "{no}(?:ich|wir) (?:brauche|brauchen|benötige|benötigen)(?: noch)?(?: (?:mehr )?zeit)? (?=bis)(?<date>\\S[^?]{2,60}?)")),
                    Map.entry(
                            Saying.STUCK,
                            List.of(
                                    "{no}(?:(?:ich bin|wir sind|es|das|ich|wir|hänge|hängt|stecke|stecken) ){0,2}(?:blockiert|hängt|hänge|hängen|stecke|steckt|stecken fest"
                                            + "|steckt fest|stecke fest|fest)(?: fest)?{why}",
                                    "{no}(?:(?:ich bin|wir sind|es ist|das ist) )?blockiert durch (?<reason>.+)",
                                    "{no}(?:ich|wir) (?:komme|kommen)(?: hier)? nicht weiter{why}",
                                    "{no}(?:komme|kommen)(?: hier)? nicht weiter{why}",
                                    "{no}(?:ich|wir) (?:kann|können)(?: hier)? nicht (?:weitermachen|weiterarbeiten|fortfahren){why}")),
                    Map.entry(
                            Saying.PASS,
                            List.of(
                                    "{no}(?:bitte )?(?:(?:leite|leiten|gib|geben|reiche|übergib|übergeben)(?: sie)?(?: {thing})?|weiterleiten|weitergeben|weiterreichen)"
                                            + " an(?: (?:meinen kollegen|meine kollegin|den kollegen|die kollegin))? {address}(?: weiter)?(?:{why})?",
                                    "{no}(?:bitte )?(?:{thing} )?an(?: (?:meinen kollegen|meine kollegin|den kollegen|die kollegin))? {address}"
                                            + " (?:weiterleiten|weitergeben|weiterreichen|übergeben)(?:{why})?",
                                    "{no}(?:weitergabe|weiter) an {address}(?:{why})?")),
                    Map.entry(
                            Saying.SEND_BACK,
                            List.of(
                                    "{no}(?:(?:ich|wir) (?:gebe|geben|schicke|schicken|sende|senden)(?: {thing})? )?zurück{why}",
                                    "{no}(?:geht )?zurück an (?:absender|sie){why}",
                                    "{no}zurückgegeben{why}",
                                    "{no}zurückgeschickt{why}")),
                    Map.entry(
                            Saying.UNDO,
                            List.of(
                                    "(?:bitte )?(?:rückgängig|rückgängig machen|zurücknehmen)(?: bitte)?",
                                    "(?:bitte )?(?:meine (?:letzte )?antwort|das) (?:rückgängig machen|zurücknehmen)(?: bitte)?",
                                    "(?:ich )?nehme (?:ich )?(?:das|meine antwort) zurück"))));

    private German() {}
}
