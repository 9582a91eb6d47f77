package io.baton.engine.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How intricate an expression is, told from its characters before it is parsed. FEEL's grammar makes the parser look
 * ahead exponentially far where constructs nest (twenty {@code for}s within one another take minutes) and quadratically
 * in long chains, and the parser has no limit of its own. What stands after a comma starts anew, so a long list or
 * context of ordinary expressions is not intricate.
 */
final class Intricacy {

    /** Halves of a level, since a {@code for … in} costs more than a bracket. */
    private static final int HALVES_PER_LEVEL = 2;

    private final String source;
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int outerHalves;
    private int halves;
    private int loopHeads;
    private int words;
    private int names;
    private @Nullable String complaint;

    private Intricacy(String source) {
        this.source = source;
    }

    static @Nullable String complaint(String source) {
        var intricacy = new Intricacy(source);
        intricacy.scan();
        return intricacy.complaint;
    }

    private void scan() {
        int i = 0;
        while (i < source.length() && complaint == null) {
            char c = source.charAt(i);
            int end = i + 1;
            if (c == '"') {
                end = endOfString(i);
                word("");
            } else if (c == '(' || c == '[' || c == '{') {
                open();
            } else if (c == ')' || c == ']' || c == '}') {
                close();
            } else if (c == ',') {
                comma();
            } else if (Character.isLetterOrDigit(c) || c == '_') {
                end = endOfWord(i);
                word(source.substring(i, end));
            } else if (c == '.') {
                name();
            }
            if (c != '.' && !Character.isWhitespace(c) && !Character.isLetterOrDigit(c) && c != '_') {
                names = 0;
            }
            i = end;
        }
    }

    private void open() {
        outer.push(loopHeads);
        outer.push(halves);
        outerHalves += halves + HALVES_PER_LEVEL;
        halves = 0;
        loopHeads = 0;
        check();
    }

    /** Within {@code for a in b, c in d return …} a comma begins nothing new. */
    private void comma() {
        if (loopHeads == 0) {
            halves = 0;
            words = 0;
        }
    }

    private void close() {
        if (!outer.isEmpty()) {
            halves = outer.pop();
            loopHeads = outer.pop();
            outerHalves -= halves + HALVES_PER_LEVEL;
        }
    }

    private void word(String word) {
        halves += switch (word) {
            case "if", "not", "in", "between" -> 2;
            case "for", "some", "every" -> 3;
            case "function" -> 4;
            default -> 0;
        };
        loopHeads += switch (word) {
            case "for", "some", "every" -> 1;
            case "return", "satisfies" -> loopHeads > 0 ? -1 : 0;
            default -> 0;
        };
        if (++words > Limits.CHAIN_MAX) {
            complaint = "the expression has more than " + Limits.CHAIN_MAX + " words in a row without a comma";
        }
        check();
    }

    private void name() {
        if (++names > Limits.PATH_MAX) {
            complaint = "the expression has a path of more than " + Limits.PATH_MAX + " names";
        }
    }

    private void check() {
        if (outerHalves + halves > Limits.NESTING_MAX * HALVES_PER_LEVEL) {
            complaint = "the expression nests more than " + Limits.NESTING_MAX + " levels deep";
        }
    }

    private int endOfString(int start) {
        int i = start + 1;
        while (i < source.length() && source.charAt(i) != '"') {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, source.length());
    }

    private int endOfWord(int start) {
        int i = start;
        while (i < source.length() && (Character.isLetterOrDigit(source.charAt(i)) || source.charAt(i) == '_')) {
            i++;
        }
        return i;
    }
}
