package io.baton.server.replies;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sentences that say nothing Baton knows, and heaps of words among which are those of acts. */
final class RandomWords {

    private static final List<String> PLAIN = List.of(
            "the",
            "warehouse",
            "printer",
            "was",
            "moved",
            "our",
            "customer",
            "wrote",
            "a",
            "letter",
            "about",
            "blue",
            "boxes",
            "maybe",
            "it",
            "needs",
            "der",
            "Drucker",
            "steht",
            "im",
            "Keller",
            "und",
            "wir",
            "haben",
            "gestern",
            "telefoniert",
            "la",
            "machine",
            "est",
            "en",
            "panne",
            "notre",
            "client",
            "el",
            "camión",
            "llegó",
            "tarde",
            "nuestro",
            "cliente",
            "colour",
            "numbers",
            "weather");

    private static final List<String> KNOWN = List.of(
            "approved",
            "not",
            "rejected",
            "freigegeben",
            "nicht",
            "abgelehnt",
            "approuvé",
            "pas",
            "refusé",
            "aprobado",
            "rechazado",
            "Thursday",
            "morgen",
            "jeudi",
            "mañana",
            "stuck",
            "if",
            "wenn",
            "pass",
            "to",
            "anna@example.com",
            "accept",
            "undo",
            "yes",
            "no");

    private RandomWords() {}

    /** Five to nine words, which begin no signature and name no day. */
    static String sentence(Random random) {
        return words(random, PLAIN, 5 + random.nextInt(5)) + ".";
    }

    /** Three to nine words, at least two of which are no words of an act. */
    static String text(Random random) {
        var words = new java.util.ArrayList<>(
                List.of(words(random, KNOWN, 1 + random.nextInt(4)).split(" ")));
        for (var plain : words(random, PLAIN, 2 + random.nextInt(4)).split(" ")) {
            words.add(random.nextInt(words.size() + 1), plain);
        }
        return String.join(random.nextBoolean() ? " " : "\n", words);
    }

    private static String words(Random random, List<String> from, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> from.get(random.nextInt(from.size())))
                .collect(Collectors.joining(" "));
    }
}
