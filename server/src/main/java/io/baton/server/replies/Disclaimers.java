package io.baton.server.replies;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Notices that companies append to every mail. A paragraph is one only where it begins like one and speaks like a lawyer;
 * further such paragraphs belong to it.
 */
final class Disclaimers {

    private static final Pattern BEGINNING = Text.pattern(
            "(?:[*_-]{0,3} ?)(?:confidentiality|confidential|disclaimer|legal notice|aviso legal|avis de confidentialité|vertraulichkeit"
                    + "|rechtlicher hinweis|hinweis:|advertencia|(?:caution|warning|external).{0,20}this|this (?:e-?mail|message|communication|transmission)|the information (?:in|contained)"
                    + "|if you (?:are not|have received)|diese (?:e-?mail|nachricht|mitteilung)|der inhalt dieser|ce (?:message|courriel|mail|courrier)|cet e-?mail|le contenu de (?:ce|cet)"
                    + "|este (?:mensaje|correo|e-?mail)|la información contenida).{20,}");

    private static final Pattern LEGAL = Text.pattern(
            ".*\\b(?:recipients?|confidential|liabilit\\w+|intended|privileged|vertraulich\\w*|empfänger\\w*|haftung|destinataires?|confidentiel\\w*"
                    + "|destinatario|confidencial)\\b.*");

    private static final Pattern CUSTOM = Text.pattern(
            "(?:p )?(?:please )?(?:consider (?:the|our) environment|think before you print|virus-free|virenfrei|sin virus|garanti sans virus"
                    + "|bitte denken sie an die umwelt|bitte prüfen sie,? ob (?:diese|sie)|pensez à l'environnement|avant d'imprimer|antes de imprimir).{0,120}");

    private Disclaimers() {}

    static List<String> removed(List<String> lines) {
        var kept = new ArrayList<String>();
        boolean seen = false;
        for (int from = 0; from < lines.size(); ) {
            int to = from;
            while (to < lines.size() && !lines.get(to).isBlank()) {
                to++;
            }
            var paragraph = Text.fold(String.join(" ", lines.subList(from, to))).strip();
            boolean notice = (LEGAL.matcher(paragraph).matches()
                            && (seen || BEGINNING.matcher(paragraph).matches()))
                    || CUSTOM.matcher(paragraph).matches();
            seen |= notice;
            if (!notice || paragraph.startsWith(">")) {
                kept.addAll(lines.subList(from, Math.min(to + 1, lines.size())));
            }
            from = to + 1;
        }
        return kept;
    }
}
