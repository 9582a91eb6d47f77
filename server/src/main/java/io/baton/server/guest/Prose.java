package io.baton.server.guest;

import io.baton.engine.expression.Expression;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a form: the Markdown that the shipped forms use (headings, paragraphs, quotations, lists, bold, italics),
 * with {@code {{FEEL}}} in it. The Markdown is read first and the values are put in afterwards, so a value is never
 * Markdown, and the template escapes what is HTML.
 */
public final class Prose {

    private static final Pattern PIECE = Pattern.compile("\\*\\*(.+?)\\*\\*|[*_](\\S(?:.*?\\S)?)[*_]");
    private static final Pattern PLACE = Pattern.compile("\\{\\{(.*?)}}");

    private Prose() {}

    public enum Kind {
        HEADING,
        PARAGRAPH,
        QUOTATION,
        LIST
    }

    /** {@code lines} are the items of a list; else there is one. */
    public record Block(Kind kind, List<List<Span>> lines) {
        public Block {
            lines = List.copyOf(lines);
        }
    }

    public record Span(String text, boolean strong, boolean emphasis) {}

    static List<Block> of(String markdown, SequencedMap<String, @Nullable Object> values, Instant now) {
        var blocks = new ArrayList<Block>();
        for (var part : markdown.replace("\r", "").split("\n\\s*\n")) {
            var text = part.strip();
            if (!text.isEmpty()) {
                blocks.add(block(text, values, now));
            }
        }
        return blocks.stream().filter(Prose::saysSomething).toList();
    }

    private static boolean saysSomething(Block block) {
        return block.lines().stream()
                .flatMap(List::stream)
                .anyMatch(span -> !span.text().isBlank());
    }

    private static Block block(String text, SequencedMap<String, @Nullable Object> values, Instant now) {
        if (text.startsWith("#")) {
            return one(Kind.HEADING, text.replaceFirst("^#+\\s*", ""), values, now);
        }
        if (text.startsWith(">")) {
            return one(Kind.QUOTATION, text.replaceAll("(?m)^>\\s?", ""), values, now);
        }
        if (text.lines().allMatch(line -> line.matches("\\s*[-*] .*"))) {
            return new Block(
                    Kind.LIST,
                    text.lines()
                            .map(line -> spans(line.replaceFirst("\\s*[-*] ", ""), values, now))
                            .toList());
        }
        return one(Kind.PARAGRAPH, text, values, now);
    }

    private static Block one(Kind kind, String text, SequencedMap<String, @Nullable Object> values, Instant now) {
        return new Block(kind, List.of(spans(text.replace('\n', ' '), values, now)));
    }

    private static List<Span> spans(String text, SequencedMap<String, @Nullable Object> values, Instant now) {
        var spans = new ArrayList<Span>();
        var piece = PIECE.matcher(text);
        int at = 0;
        while (piece.find()) {
            if (isInsidePlace(text, piece.start())) {
                continue;
            }
            add(spans, text.substring(at, piece.start()), false, false, values, now);
            var strong = piece.group(1);
            add(spans, strong == null ? piece.group(2) : strong, strong != null, strong == null, values, now);
            at = piece.end();
        }
        add(spans, text.substring(at), false, false, values, now);
        return spans;
    }

    private static boolean isInsidePlace(String text, int at) {
        return text.lastIndexOf("{{", at) > text.lastIndexOf("}}", at);
    }

    private static void add(
            List<Span> spans,
            String text,
            boolean strong,
            boolean emphasis,
            SequencedMap<String, @Nullable Object> values,
            Instant now) {
        var filled = fill(text, values, now);
        if (!filled.isEmpty()) {
            spans.add(new Span(filled, strong, emphasis));
        }
    }

    /** What cannot be computed from what the reader may see is left out. */
    static String fill(String text, SequencedMap<String, @Nullable Object> values, Instant now) {
        return PLACE.matcher(text).replaceAll(place -> {
            var expression = FormReader.compiled(place.group(1));
            var value =
                    expression != null && expression.evaluate(values, now) instanceof Expression.Result.Value(var found)
                            ? found
                            : null;
            return Matcher.quoteReplacement(plain(value));
        });
    }

    static String plain(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            case List<?> list ->
                String.join(", ", list.stream().map(Prose::plain).toList());
            case Map<?, ?> _ -> "";
            case Object other -> String.valueOf(other);
        };
    }
}
