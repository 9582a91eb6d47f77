package io.baton.server.replies;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * One form for what people type in many: small letters without accents, straight quotes. Folding keeps every character's
 * place, so what is found in the folded text can be cut out of the written one.
 */
final class Text {

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\n\\t]]");

    private Text() {}

    /** Composed letters, plain spaces, line feeds; nothing invisible. */
    static String clean(String text) {
        var lines = text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace('\u2028', '\n')
                .replace('\u2029', '\n');
        var composed = Normalizer.normalize(lines, Normalizer.Form.NFC).replaceAll("[¡¿]", "");
        return INVISIBLE.matcher(composed).replaceAll("").replaceAll("[\\p{Zs}\\t]", " ");
    }

    /** Of a clean text; as long as it. */
    static String fold(String text) {
        var folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            folded.append(fold(text.charAt(i)));
        }
        return folded.toString();
    }

    private static char fold(char c) {
        return switch (c) {
            case '\u2018', '\u2019', '\u201a', '\u02bc', '\u00b4', '`' -> '\'';
            case '\u201c', '\u201d', '\u201e', '\u00ab', '\u00bb' -> '"';
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212' -> '-';
            case '\u00df', '\u1e9e' -> '\u00df';
            default ->
                Character.toLowerCase(
                        c < 0x80 || Character.isSurrogate(c)
                                ? c
                                : Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD)
                                        .charAt(0));
        };
    }

    /**
     * A pattern over folded text, as people would write it: a space is any white space, a space with {@code ?} may be missing,
     * and an umlaut may be typed as two letters.
     */
    static Pattern pattern(String written) {
        var spelled = written.replace("ä", "(?:a|ae)")
                .replace("ö", "(?:o|oe)")
                .replace("ü", "(?:u|ue)")
                .replace("ß", "(?:ß|ss)");
        return Pattern.compile(folded(spelled), Pattern.DOTALL);
    }

    /** Accents go, but classes such as {@code \\S} and group names keep their case. */
    private static String folded(String pattern) {
        var folded = new StringBuilder(pattern.length() + 40);
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == ' ' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '?') {
                folded.append("\\s*");
                i++;
            } else {
                folded.append(c == ' ' ? "\\s+" : c < 0x80 || c == 'ß' ? String.valueOf(c) : String.valueOf(fold(c)));
            }
        }
        return folded.toString();
    }
}
