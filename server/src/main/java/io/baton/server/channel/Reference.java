package io.baton.server.channel;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a line in chat is about: {@code PAY-1042.7} or {@code 1042.7} is a step of a case, {@code PAY-1042} the one of it that
 * waits for whoever writes. It stands first or behind the first word: further on it would be part of what is said.
 *
 * @param key null where only numbers were written
 * @param step 0 where none was
 */
record Reference(@Nullable String key, long caseId, int step, String before, String after) {

    private static final Pattern LINE = Pattern.compile(
            "\\s*(?<before>(?:\\p{L}\\S*\\s+)??)#?(?:(?<prefix>[a-z]{2,5})-)?(?<case>[1-9]\\d{0,17})(?:\\.(?<step>[1-9]\\d{0,8}))?"
                    + "(?=[\\s,:;!]|\\.(?![\\p{L}\\d])|$)[\\s,:;.!–-]*(?<after>.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Of a line; empty where it says none. */
    static Optional<Reference> in(String line) {
        var found = LINE.matcher(line);
        if (!found.matches() || (found.group("prefix") == null && found.group("step") == null)) {
            return Optional.empty();
        }
        var prefix = found.group("prefix");
        var step = found.group("step");
        return Optional.of(new Reference(
                prefix == null ? null : prefix + "-" + found.group("case"),
                Long.parseLong(found.group("case")),
                step == null ? 0 : Integer.parseInt(step),
                found.group("before").strip(),
                found.group("after").strip()));
    }

    /** What is said about it: where the reference stood between two words may have been a pause, as in "stuck: no access". */
    List<String> sentences() {
        var one = (before + " " + after).strip();
        return before.isEmpty() || after.isEmpty()
                ? List.of(one)
                : Stream.of(one, before + ": " + after).toList();
    }
}
