package io.baton.server.insight;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody looks for: each word they wrote has to be the beginning of a word of the case, or of the name of its process,
 * of a party, or of a person who has to do with it.
 */
public record SearchQuery(List<Word> words) {

    /** More words of a query are not looked at. */
    public static final int WORDS_MAX = 8;

    /** Of more processes, people, or parties whose names begin so, some are left out. */
    public static final int MEANINGS_MAX = 20;

    public record Word(String text, List<String> meanings) {

        /** What a line of {@link SearchWords} has somewhere if the case has the word. */
        List<String> inLine() {
            return Stream.concat(Stream.of(" " + text), meanings.stream().map(mark -> " " + mark + " "))
                    .toList();
        }

        String tsquery(String segment) {
            return Stream.concat(
                            Stream.of(lexeme(segment + text) + ":*"),
                            meanings.stream().map(mark -> lexeme(segment + mark)))
                    .collect(Collectors.joining(" | ", "(", ")"));
        }
    }

    public interface Meanings {
        Collection<String> processes(String beginning);

        Collection<String> people(String beginning);

        Collection<String> parties(String beginning);
    }

    public static SearchQuery of(String text, Meanings meanings) {
        var words = new ArrayList<Word>();
        for (var word : SearchWords.in(text).stream().limit(WORDS_MAX).toList()) {
            var marks = Stream.of(
                            meanings.processes(word).stream().map(SearchWords::process),
                            meanings.people(word).stream().map(SearchWords::person),
                            meanings.parties(word).stream().map(SearchWords::party))
                    .flatMap(each -> each.limit(MEANINGS_MAX))
                    .map(mark -> mark.replace(' ', '_'))
                    .toList();
            words.add(new Word(word, marks));
        }
        return new SearchQuery(List.copyOf(words));
    }

    /** Whether a word of the name begins so. */
    public static boolean named(String name, String beginning) {
        return SearchWords.in(name).stream().anyMatch(word -> word.startsWith(beginning));
    }

    /** Whether each word of the query is the beginning of one in these texts. */
    public boolean isIn(String... texts) {
        return !words.isEmpty()
                && words.stream().allMatch(word -> Stream.of(texts).anyMatch(text -> named(text, word.text())));
    }

    /** Whether one of the words is the beginning of one in the text. */
    public boolean touches(String text) {
        return words.stream().anyMatch(word -> named(text, word.text()));
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    String tsquery(String segment) {
        return words.stream().map(word -> word.tsquery(segment)).collect(Collectors.joining(" & ", "(", ")"));
    }

    private static String lexeme(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** Asks many lines of {@link SearchWords} whether they have all words, and learns which word is the rarest. */
    final class Lines {
        private final List<Word> order = new ArrayList<>(words);
        private final List<List<String>> sought;

        private Lines() {
            order.sort(Comparator.comparingInt((Word word) -> -word.text().length()));
            sought = order.stream().map(Word::inLine).collect(Collectors.toCollection(ArrayList::new));
        }

        /** The word that the last lines did not have is looked for first, so that hardly a line is read twice. */
        boolean match(String line) {
            for (int i = 0; i < sought.size(); i++) {
                if (!hasOne(line, sought.get(i))) {
                    Collections.swap(sought, 0, i);
                    Collections.swap(order, 0, i);
                    return false;
                }
            }
            return true;
        }

        /** As far as one can tell; to begin with, the longest. */
        Word rarest() {
            return order.getFirst();
        }
    }

    Lines lines() {
        return new Lines();
    }

    private static boolean hasOne(String line, List<String> texts) {
        for (var text : texts) {
            if (line.contains(text)) {
                return true;
            }
        }
        return false;
    }
}
