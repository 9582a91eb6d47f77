package io.baton.server.insight;

import io.baton.engine.Case;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The words by which a case is found: of its title and of every value of its variables, without accents and in lower case;
 * and as marks what may get another name later (its process, its people and parties). A word has letters and digits only, so
 * that no mark is one.
 */
public final class SearchWords {

    /** What comes after is not searched. */
    public static final int WORDS_MAX = 300;

    static final int WORD_LENGTH_MAX = 40;

    private static final int TEXT_LENGTH_MAX = 4_000;

    private static final int DEPTH_MAX = 20;

    /** Letters that Unicode does not take apart, as people type them who do not have them. */
    private static final Map<Integer, String> WRITTEN =
            Map.of((int) 'ø', "o", (int) 'ł', "l", (int) 'đ', "d", (int) 'ß', "ss", (int) 'æ', "ae", (int) 'œ', "oe");

    private final LinkedHashSet<String> words = new LinkedHashSet<>();

    private SearchWords() {}

    /** Of a case that is over: {@code people} and {@code parties} had a step of it. */
    public static SequencedSet<String> ofFinished(
            Case state, String process, Collection<String> people, Collection<String> parties) {
        var words = of(state, process);
        new TreeSet<>(people).forEach(id -> words.add(person(id)));
        new TreeSet<>(parties).forEach(key -> words.add(party(key)));
        return words.words;
    }

    /** Of an open case, to which its steps are still to be added. */
    static SearchWords of(Case state, String process) {
        var words = new SearchWords();
        words.add(process(process));
        words.add(person(state.owner()));
        words.addText(state.title());
        words.addValue(state.variables());
        return words;
    }

    static String process(String key) {
        return "#" + key;
    }

    static String person(String id) {
        return "@" + id;
    }

    static String party(String key) {
        return "&" + key;
    }

    void addText(@Nullable String text) {
        if (text != null) {
            in(text).forEach(this::add);
        }
    }

    void add(String word) {
        if (words.size() < WORDS_MAX) {
            words.add(word.replace(' ', '_'));
        }
    }

    void addValue(Object value) {
        addValue(value, DEPTH_MAX);
    }

    private void addValue(@Nullable Object value, int depth) {
        if (depth == 0 || words.size() >= WORDS_MAX) {
            return;
        }
        switch (value) {
            case null -> {}
            case List<?> list -> list.forEach(each -> addValue(each, depth - 1));
            case Map<?, ?> map -> map.values().forEach(each -> addValue(each, depth - 1));
            case Boolean _ -> {} // true and false are in too many cases to be looked for
            default -> addText(OpenCase.text(value));
        }
    }

    /** All words, each after a space, so that a text search for a space and a beginning finds it. */
    String line() {
        return " " + String.join(" ", words) + " ";
    }

    /** The words of a text, in its order. */
    static List<String> in(String text) {
        var cut = text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) : text;
        var plain = Normalizer.normalize(cut, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var found = new LinkedHashSet<String>();
        var word = new StringBuilder();
        for (int i = 0; i <= plain.length(); ) {
            int letter = i < plain.length() ? plain.codePointAt(i) : ' ';
            i += Character.charCount(letter);
            if (Character.isLetterOrDigit(letter)) {
                if (word.length() < WORD_LENGTH_MAX) {
                    word.append(WRITTEN.getOrDefault(letter, Character.toString(letter)));
                }
            } else if (Character.getType(letter) != Character.NON_SPACING_MARK && !word.isEmpty()) {
                found.add(word.toString());
                word.setLength(0);
            }
        }
        return List.copyOf(found);
    }
}
