package io.baton.server.replies;

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

/** French sentences. "Huit jours" is left out: it means a week. */
final class French {

    private static final String NOUNS =
            "(?:facture|paiement|demande|commande|montant|contrat|offre|devis|modification|tâche|étape|dossier|livraison"
                    + "|documents?|formulaire|fichiers?|correction|données|réponse|marchandise)";

    private static final Language.Parts PARTS = new Language.Parts(
            "cela|ça|ceci|le tout|celle-ci|celui-ci|(?:la|le|les|l'|cette|ce|ces|votre|vos|notre|mon|ma) ?" + NOUNS
                    + "(?: (?:corrigée?s?|signée?s?|manquante?s?|définitive?s?))?",
            "oui|ok|okay|d'accord|bien|très bien|parfait|c'est bon|entendu|vu|bien reçu|avec plaisir",
            "désolée?|malheureusement|hélas",
            "parce que|parce qu'|car|puisque|à cause (?:de|du|des|d')|en raison (?:de|du|des|d')|motif ?:|raison ?:");

    private static final Language.Small SMALL = new Language.Small(
            "bonjour|bonsoir|salut|coucou|chère?s?|hello|madame|monsieur",
            "à tous|à toutes|à tous et à toutes|tous|toutes|toute l'équipe|l'équipe|madame|monsieur|mme|m|messieurs|mesdames|collègues?|docteur",
            "(?:un grand |mille )?merci(?: beaucoup| bien| encore| d'avance| par avance| à vous| à tous)?"
                    + "(?: pour (?:la|le|ce|cette|votre|ton|vos) (?:relance|rappel|information|info|message|mail|e-?mail|aide|patience|retour|réponse|compréhension|facture))?"
                    + "|(?:toutes )?(?:mes|nos) excuses(?: pour (?:le|ce|mon) retard)?|désolée?(?: (?:pour|de) (?:le|ce|mon|la) (?:retard|réponse tardive))?"
                    + "|(?:bonne|belle) (?:journée|soirée|semaine|fin de journée|réception|continuation)(?: à vous| à tous)?|bon (?:week-?end|après-midi)"
                    + "|(?:bien )?cordialement|salutations|bien à vous|cdlt|cdt|à bientôt|à plus",
            "(?:bien |très )?cordialement|(?:sincères |meilleures )?salutations(?: distinguées| les meilleures)?|bien à (?:vous|toi)|cdlt|cdt|à bientôt|amicalement"
                    + "|merci(?: beaucoup| d'avance| par avance| et (?:bonne|belle) journée)?|(?:bonne|belle) (?:journée|soirée|réception)"
                    + "|(?:je vous prie d'agréer|veuillez agréer).{0,100}|respectueusement|sincèrement");

    private static final DateWords DATES = new DateWords(
            List.of(
                    "lundi|lun\\.",
                    "mardi|mar\\.",
                    "mercredi|mer\\.",
                    "jeudi|jeu\\.",
                    "vendredi|ven\\.",
                    "samedi|sam\\.",
                    "dimanche|dim\\."),
            List.of(
                    "janvier|janv",
                    "février|févr?",
                    "mars",
                    "avril|avr",
                    "mai",
                    "juin",
                    "juillet|juil",
                    "août",
                    "septembre|sept?",
                    "octobre|oct",
                    "novembre|nov",
                    "décembre|déc"),
            List.of("une?", "deux", "trois", "quatre", "cinq", "six", "sept", "(?!)", "neuf", "dix"),
            "d'ici(?: à| au| le)?|jusqu'(?:au|à)|pour(?: le)?|le|au plus tard(?: le)?|d'ici la|avant la fin de",
            "au plus tard|ou (?:avant|plus tôt)|(?:au )?matin|après-midi|soir|dans la (?:matinée|journée|soirée)|en fin de journée|sans faute|fin de journée"
                    + "|s'il (?:vous|te) plaît|svp",
            "(?:à )?midi",
            List.of(
                    new Form(TODAY, "aujourd'hui(?: même)?|ce soir|cet après-midi|dans la journée"),
                    new Form(TOMORROW, "demain"),
                    new Form(OVERMORROW, "après[- ]demain"),
                    new Form(WEEKDAY, "{weekday}"),
                    new Form(THIS, "ce {weekday}"),
                    new Form(THIS, "{weekday} de cette semaine"),
                    new Form(NEXT, "{weekday} prochain"),
                    new Form(NEXT, "{weekday} qui vient"),
                    new Form(WEEKDAY_OF_NEXT_WEEK, "{weekday} de la semaine prochaine"),
                    new Form(WEEKDAY_OF_NEXT_WEEK, "la semaine prochaine,? (?:le )?{weekday}"),
                    new Form(IN_DAYS, "(?:dans|sous|d'ici)(?: les)? {n} jours?"),
                    new Form(IN_WORKING_DAYS, "(?:dans|sous|d'ici) {n} jours? (?:ouvrés?|ouvrables?)"),
                    new Form(IN_WEEKS, "(?:dans|sous|d'ici) {n} semaines?"),
                    new Form(END_OF_WEEK, "(?:la |en )?fin de (?:la |cette )?semaine"),
                    new Form(END_OF_NEXT_WEEK, "(?:la |en )?fin de (?:la )?semaine prochaine"),
                    new Form(END_OF_MONTH, "(?:la |en )?fin (?:de ce|du|de) mois"),
                    new Form(END_OF_MONTH, "(?:la )?fin {month}"),
                    new Form(DATE, "(?:{weekday},? )?(?:le )?{day}(?:er)? {month}(?: {year})?"),
                    new Form(DATE, "le {day}(?:er)?"),
                    new Form(DATE, "{weekday},? (?:le )?{day}(?:er)?")));

    private static final String SELF =
            "(?: (?:par (?:mes|nos) soins|de (?:mon|notre) côté|pour (?:moi|nous|ma part)))?";
    private static final String VERBS =
            "(?:enverrai|enverrons|envoie|envoyons|livrerai|livrerons|livre|livrons|ferai|ferons|fais|aurai|aurons|terminerai|fournirai"
                    + "|fournirons|paierai|paierons|transmettrai|transmettrons|transmets|dépose|déposerai|corrige|corrigerai)";
    private static final String REST = "(?: (?:plutôt|à la place))?(?: s'il (?:vous|te) plaît|,? svp)?(?:{because})?";

    static final Language LANGUAGE = Language.of(
            "fr",
            PARTS,
            SMALL,
            DATES,
            Map.ofEntries(
                    Map.entry(
                            Saying.APPROVE,
                            List.of(
                                    "{yes}(?:approuvée?s?|approuver|validée?s?|valider|bon pour accord|bon à payer)"
                                            + SELF,
                                    "{yes}(?:c'est |{thing} (?:est|sont) )(?:approuvée?s?|validée?s?)" + SELF,
                                    "{yes}(?:j'approuve|je valide|nous approuvons|nous validons|je l'approuve|je la valide|je le valide)(?: {thing})?"
                                            + SELF,
                                    "{yes}(?:je donne|nous donnons|vous avez) (?:mon|notre) (?:accord|approbation|feu vert)")),
                    Map.entry(
                            Saying.AGREE,
                            List.of(
                                    "{yes}(?:acceptée?s?|accepter|j'accepte|nous acceptons|je l'accepte)(?: {thing})?"
                                            + SELF,
                                    "{yes}c'est acceptée?")),
                    Map.entry(
                            Saying.TAKE,
                            List.of(
                                    "{yes}(?:je|on|nous) (?:m'en|s'en|nous en) (?:occupe|charge|occupons|chargeons)",
                                    "{yes}je (?:prends?|le prends|la prends|prends {thing})(?: en charge)?")),
                    Map.entry(
                            Saying.REJECT,
                            List.of(
                                    "{no}(?:rejetée?s?|rejeter|rejet)(?: {thing})?(?:{why})?",
                                    "{no}(?:je rejette|nous rejetons)(?: {thing})?(?:{why})?",
                                    "{no}{thing} (?:est|sont) rejetée?s?(?:{why})?")),
                    Map.entry(
                            Saying.REFUSE,
                            List.of(
                                    "{no}(?:refusée?s?|refuser|refus)(?: {thing})?(?:{why})?",
                                    "{no}(?:je refuse|nous refusons|je décline|nous déclinons)(?: {thing})?(?:{why})?",
                                    "{no}{thing} (?:est|sont) refusée?s?(?:{why})?")),
                    Map.entry(
                            Saying.NOT_MINE,
                            List.of("{no}je ne peux pas (?:m'en (?:occuper|charger)|prendre (?:{thing}))(?:{why})?")),
                    Map.entry(
                            Saying.DATE,
                            List.of(
                                    "{yes}{date}",
                                    "{yes}(?:je|nous)(?: vous| te)?(?: l'| la | le | les )?(?:l')?" + " ?" + VERBS
                                            + "(?: {thing})? (?<date>\\S[^?]{2,60}?)",
                                    "{yes}vous (?:aurez|recevrez) {thing} {date}",
                                    "{yes}vous l'aurez {date}",
                                    "{yes}(?:ce|cela|ça|{thing}) sera (?:fait|prêt|livré|envoyé|payé|disponible|terminé)e?s? {date}",
                                    "{yes}(?:ce sera|ça sera|prêt|promis|livraison|fait) (?:pour )?{date}")),
                    Map.entry(
                            Saying.PROPOSE,
                            List.of(
                                    "{no}(?:je|nous) propos(?:e|ons)(?: plutôt)?[ :]+{date}" + REST,
                                    "{no}(?:proposition|nouvelle date|date proposée)[ :]+{date}" + REST,
                                    "{no}plutôt {date}" + REST.replace("(?: (?:plutôt|à la place))?", ""),
                                    "{no}{date},? (?:plutôt|à la place)"
                                            + REST.replace("(?: (?:plutôt|à la place))?", ""),
                                    "{no}(?:est-il possible de|peut-on|pouvons-nous|pourrait-on|pouvez-vous|pourriez-vous) (?:reporter|décaler|repousser)(?: {thing}| la date"
                                            + "| l'échéance)? (?:au|à|jusqu'au|jusqu'à)(?: le)? ?{date} ?\\?",
                                    "{no}(?:de |veuillez )?(?:reporter|décaler|repousser)(?: {thing}| la date| l'échéance)? (?:au|à|jusqu'au|jusqu'à) {date}"
                                            + REST,
                                    "{no}(?:j'ai|nous avons) besoin (?:de temps |d'un délai )?(?=jusqu){date}" + REST,
                                    "{no}{date} (?:serait (?:mieux|possible|préférable)|me convient mieux|nous convient mieux|m'arrange(?:rait)? mieux)(?:{because})?")),
                    Map.entry(
                            Saying.STUCK,
                            List.of(
                                    "{no}(?:(?:je suis|nous sommes|on est|c'est|toujours) ){0,2}(?:bloquée?s?|coincée?s?)(?: (?:ici|sur ce point|là-dessus))?{why}",
                                    "{no}(?:(?:je suis|nous sommes|on est|c'est|toujours) ){0,2}(?:bloquée?s?) (?:par|à cause d[eu]s?) (?<reason>.+)",
                                    "{no}(?:je ne peux pas|nous ne pouvons pas|impossible de) (?:continuer|avancer|poursuivre){why}")),
                    Map.entry(
                            Saying.PASS,
                            List.of(
                                    "{no}(?:veuillez |de |prière de )?(?:transmettre|transférer|passer|déléguer|confier|réaffecter)(?: {thing})? à(?: (?:mon|ma|notre) collègue)? {address}(?:{why})?",
                                    "{no}(?:je|nous) (?:transmets|transmettons|passe|délègue|confie|transfère)(?: {thing})? à(?: (?:mon|ma|notre) collègue)? {address}(?:{why})?",
                                    "{no}(?:transmettez|passez|confiez|transférez)(?:-le|-la| {thing})? à(?: (?:mon|ma|notre) collègue)? {address}(?:{why})?")),
                    Map.entry(
                            Saying.SEND_BACK,
                            List.of(
                                    "{no}(?:je (?:vous )?|nous (?:vous )?)?(?:renvoie|renvoyons|retourne|retournons|renvoyer|retourner|renvoyée?|retournée?)(?: {thing})?{why}",
                                    "{no}retour à l'(?:expéditeur|envoyeur){why}")),
                    Map.entry(
                            Saying.UNDO,
                            List.of(
                                    "(?:veuillez |d')?(?:annuler|annulez|annule)(?: (?:ma (?:dernière )?réponse|cela|ça))?(?: (?:svp|s'il vous plaît))?"))));

    private French() {}
}
