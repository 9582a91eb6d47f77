package io.baton.engine.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Strings that both sides know, written as their number: the ids of a process's nodes and flows, in document order. The
 * list of a process version never changes, because its file never does.
 */
public final class Words {

    public static final Words NONE = new Words(List.of());

    private final List<String> words;
    private final SequencedMap<String, Integer> numbers = new LinkedHashMap<>();

    public Words(List<String> words) {
        this.words = List.copyOf(words);
        for (var word : words) {
            numbers.putIfAbsent(word, numbers.size());
        }
        if (numbers.size() != words.size()) {
            throw new IllegalArgumentException("a word is listed twice");
        }
    }

    /** -1 for a string that is not listed. */
    int number(String word) {
        return numbers.getOrDefault(word, -1);
    }

    String word(int number) {
        if (number >= words.size()) {
            throw new MalformedException("word " + number + " of " + words.size());
        }
        return words.get(number);
    }
}
