package io.baton.server.replies;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How people say things in one language, as patterns of {@link Text#pattern}. A sentence must match from end to end.
 * {@code {thing}} is what is meant ("the invoice"), {@code {yes}} and {@code {no}} are words before the sentence,
 * {@code {why}} a reason after a comma or a word such as "because", {@code {because}} one after such a word,
 * {@code {date}} and {@code {address}} themselves.
 */
record Language(String code, Map<Saying, List<Pattern>> sentences, Small small, DateWords dates) {

    /** What stands around a sentence and says nothing: {@code closings} begin a signature. */
    record Small(String greetings, String addressed, String courtesies, String closings) {}

    /** The parts that sentences are made of. */
    record Parts(String thing, String yes, String no, String because) {}

    private static final String ADDRESS = "(?:[\\p{L}.'\"-]{1,40}(?: [\\p{L}.'\"-]{1,40}){0,3} ?[<(\\[] ?)?(?:mailto:)?"
            + "(?<address>[^\\s<>()\\[\\],;:@\"]{1,64}@[^\\s<>()\\[\\],;:@\"]{1,190}\\.[a-z]{2,24})(?: ?[>)\\]])?"
            + "(?: ?[<(\\[]mailto:[^\\s<>]{3,260}[>)\\]])?(?: \\([\\p{L} .'-]{1,60}\\))?";

    static Language of(String code, Parts parts, Small small, DateWords dates, Map<Saying, List<String>> sentences) {
        var compiled = new EnumMap<Saying, List<Pattern>>(Saying.class);
        sentences.forEach((saying, patterns) -> compiled.put(
                saying,
                patterns.stream()
                        .map(pattern -> Text.pattern(fill(pattern, parts) + "[\\s.!;,)]*"))
                        .toList()));
        return new Language(code, compiled, small, dates);
    }

    private static String fill(String pattern, Parts parts) {
        var because = "[-\\s,;:.!(]*\\b(?:" + parts.because() + ")(?:\\b|(?<='))[\\s,:]*(?<reason>\\S.*)";
        var why = "(?:" + because + "|\\s*[-,;:.!(][-\\s,;:.!(]*(?<explained>\\S.*))";
        return pattern.replace("{why}", why)
                .replace("{because}", because)
                .replace("{thing}", "(?:" + parts.thing() + ")")
                .replace("{yes}", "(?:(?:" + parts.yes() + ")[-,.!\\s]+){0,2}")
                .replace("{no}", "(?:(?:no|nein|non) ?[-,.!][-,.!\\s]*|(?:" + parts.no() + ")[-,.!\\s]+){0,2}")
                .replace("{date}", "(?<date>\\S[^?]{0,80}?)")
                .replace("{address}", ADDRESS);
    }
}
