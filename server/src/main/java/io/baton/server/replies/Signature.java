package io.baton.server.replies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells a signature from what is said. It is cut off only where every line of it looks like one: a name, a role, a number,
 * an address. A sentence below the greeting stays, and so does a word that could change the meaning of what stands above.
 */
final class Signature {

    private static final int LINES_MAX = 20;
    private static final int LINE_CHARACTERS_MAX = 120;
    private static final int ROLE_WORDS_MAX = 8;
    private static final int NAME_WORDS_MAX = 4;

    /** Written by a client, not by a person. */
    private static final Pattern DEVICE = Text.pattern(
            "(?:sent|envoyé|enviado|gesendet|von|get|télécharge[rz]|télécharger|obtener|obtén|hol dir|holen sie sich"
                    + "|diese nachricht wurde von|enviado desde|von meinem|von unterwegs|envoyé de(?:puis)?)\\b.{0,40}"
                    + "(?:iphone|ipad|android|smartphone|mobile|mobil|móvil|handy|telefon|mobiltelefon|outlook|galaxy|samsung|blackberry|yahoo|gmail|gmx"
                    + "|web\\.de|proton|tablet|thunderbird|mail)\\b.{0,80}");

    /** Words that could turn round what stands above them. */
    static final Pattern DOUBT = Text.pattern(
            ".*(?:\\b(?:but|if|unless|only|not|no(?! ?\\.?\\d)|never|however|except|until|wait|hold|stop|instead|p\\.?s|provided|cancel|wrong|kidding|joke"
                    + "|ignore|disregard|please|aber|wenn|falls|nur|nicht|kein\\w*|nie|jedoch|sofern|außer|erst|bitte|doch|mais|si|sauf|pas|jamais|seulement|cependant"
                    + "|pero|solo|salvo|nunca|espera\\w*|todavia)\\b|n't|\\?).*");

    /** Words of an act, in any language. */
    static final Pattern ACT = Text.pattern(
            ".*\\b(?:approv|unapprov|disapprov|accept|reject|declin|refus|undo|freigeb|freigegeben|freigabe|genehmig|bewillig|abgelehn|ablehn|lehne"
                    + "|angenommen|akzeptier|approuv|désapprouv|valide[rsz]?\\b|validé|accord\\b|annul|aprob|aprueb|autoriz|acept|rechaz|rejet|stuck|blocked|blockier"
                    + "|bloqu|zurückgewiesen).*");

    private static final Set<String> SMALL_WORDS = Set.of(
            "of and for the de del des du la le les et y e von van der den zu und fur tel mobile mob phone fax office direct ext t m f w d p o c mobil telefon email e-mail mail web a l i i.a i.v ppa gmbh ag kg co ltd inc llc sa sas sarl sl plc bv & / | at in @"
                    .split(" "));

    /** First words of a role, after which small letters are usual. */
    private static final Pattern ROLE = Text.pattern(
            "(?:head|manager|director|directeur|directrice|directora?|responsable|jef[ea]|chef|leiter(?:in)?|assistante?|asistente|comptable|contable"
                    + "|gerente|responsible|accounts?|accounting|finance|procurement|purchasing|sales|senior|junior|sachbearbeiter(?:in)?|buchhaltung|einkauf|vertrieb|service|departamento"
                    + "|département|service|équipe|team|abteilung|acheteuse|acheteur|compras|cuentas)\\b.*");

    private static final Pattern REACHED = Pattern.compile(
            "(?:https?://|www\\.)\\S+|\\S+@\\S+|\\b[\\w-]+\\.(?:com|de|fr|es|net|org|eu|io|co\\.uk|example)\\b\\S*|[+(]?\\d[\\d\\s()/.-]*");

    private final Pattern closing;
    private final Set<String> names;
    private final Dates dates;
    private final List<Language> languages;

    Signature(Mail.Sender sender, Dates dates, List<Language> languages) {
        this.names = names(sender);
        this.dates = dates;
        this.languages = languages;
        var closings =
                languages.stream().map(language -> language.small().closings()).collect(Collectors.joining("|"));
        this.closing = Text.pattern("[-\\s]*(?:" + closings + ")[\\s,.!:;)-]*");
    }

    /** Folded words of the sender's name and address. */
    static Set<String> names(Mail.Sender sender) {
        int at = sender.address().indexOf('@');
        var local = at < 0 ? "" : sender.address().substring(0, at);
        return Arrays.stream((Text.fold(Text.clean(sender.name())) + " " + local).split("[^\\p{L}]+", -1))
                .filter(word -> word.length() >= 2)
                .collect(Collectors.toSet());
    }

    /** What stands above the signature, without the lines that clients add. */
    List<String> cut(List<String> lines) {
        var kept = new ArrayList<>(lines);
        kept.removeIf(line -> DEVICE.matcher(Text.fold(line).strip()).matches());
        for (int i = 0; i < kept.size(); i++) {
            var line = kept.get(i).strip();
            boolean marked = line.equals("--") || line.equals("—") || line.equals("- -");
            var below = kept.subList(i + 1, kept.size()).stream()
                    .filter(next -> !next.isBlank())
                    .toList();
            boolean begins = marked
                    || (closing.matcher(Text.fold(line)).matches() && !line.isEmpty())
                    || (isName(line) && i > 0);
            if (begins
                    && below.size() <= LINES_MAX
                    && below.stream().allMatch(next -> marked ? isHarmless(next) : isSignature(next))) {
                return List.copyOf(kept.subList(0, i));
            }
        }
        return List.copyOf(kept);
    }

    private boolean isHarmless(String line) {
        var folded = Text.fold(line);
        return !DOUBT.matcher(folded).matches()
                && !ACT.matcher(folded).matches()
                && languages.stream().noneMatch(language -> dates.names(folded.strip(), language));
    }

    private boolean isSignature(String line) {
        if (line.length() > LINE_CHARACTERS_MAX || !isHarmless(line)) {
            return false;
        }
        var rest = REACHED.matcher(line).replaceAll(" ").strip();
        var words = Arrays.stream(rest.split("[\\s,;:|/·•()\\[\\]<>*_-]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        return words.stream().allMatch(this::isCapitalised)
                || (ROLE.matcher(Text.fold(rest)).matches() && words.size() <= ROLE_WORDS_MAX)
                || closing.matcher(Text.fold(line)).matches();
    }

    private boolean isCapitalised(String word) {
        var folded = Text.fold(word).replaceFirst("\\.$", "");
        return !Character.isLowerCase(word.codePointAt(0)) || SMALL_WORDS.contains(folded) || names.contains(folded);
    }

    /** The sender's own name, in full or in part, or its initials. */
    private boolean isName(String line) {
        var words = Arrays.stream(Text.fold(line).split("[^\\p{L}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty() || words.size() > NAME_WORDS_MAX || !line.matches("[-–—\\s]*[\\p{L}\\s,.'-]+")) {
            return false;
        }
        return names.containsAll(words) || (words.stream().allMatch(word -> word.length() == 1) && isInitials(words));
    }

    private boolean isInitials(List<String> words) {
        return words.stream().allMatch(word -> names.stream().anyMatch(name -> name.startsWith(word)));
    }
}
