package io.baton.server.channel;

import io.baton.server.words.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is told, in their language, before any channel has given it a shape. Plain text throughout: whoever makes
 * HTML of it escapes it.
 *
 * @param about the key of the case, or empty
 * @param items one line each for what a digest lists
 * @param due a date for the recipient's calendar
 */
public record Letter(
        Words words,
        String organisation,
        String about,
        String subject,
        String greeting,
        List<String> paragraphs,
        List<Fact> facts,
        List<Item> items,
        @Nullable String button,
        List<String> notes,
        String footer,
        @Nullable Due due) {

    /** Stands where the link will be, in all that is kept of a message. */
    public static final String LINK = "{{link}}";

    /** How much of a line of somebody's text a subject takes. */
    public static final int SUBJECT_CHARACTERS_MAX = 150;

    public record Fact(String name, String value) {}

    public record Item(String title, String detail, boolean overdue) {}

    /** For the recipient's calendar. An appointment takes their time, unless it is {@code off}; a date does not. */
    public record Due(Instant from, Instant to, String title, boolean isAppointment, boolean off) {

        public Due(Instant from, Instant to, String title) {
            this(from, to, title, false, false);
        }

        static Due appointment(Instant from, Instant to, String title, boolean off) {
            return new Due(from, to, title, true, off);
        }

        /** The half hour before it has to be done. */
        static Due by(Instant at, String title) {
            return new Due(at.minus(Duration.ofMinutes(30)), at, title);
        }
    }

    public Letter {
        paragraphs = List.copyOf(paragraphs);
        facts = List.copyOf(facts);
        items = List.copyOf(items);
        notes = List.copyOf(notes);
        subject = oneLine(subject);
        greeting = oneLine(greeting);
    }

    /** A subject is one line: a break in it would be another header. */
    private static String oneLine(String text) {
        var line = text.strip().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return line.length() <= SUBJECT_CHARACTERS_MAX
                ? line
                : line.substring(
                                0,
                                line.offsetByCodePoints(
                                        0, Math.min(SUBJECT_CHARACTERS_MAX, line.codePointCount(0, line.length()))))
                        + "…";
    }

    /** As plain text, with {@link #LINK} where the link goes. */
    public String text() {
        var text = new StringBuilder(greeting).append("\n\n");
        paragraphs.forEach(paragraph -> text.append(paragraph).append("\n\n"));
        items.forEach(item -> text.append("- ")
                .append(item.title())
                .append(", ")
                .append(item.detail())
                .append('\n'));
        facts.forEach(fact ->
                text.append(fact.name()).append(": ").append(fact.value()).append('\n'));
        if (!items.isEmpty() || !facts.isEmpty()) {
            text.append('\n');
        }
        if (button != null) {
            text.append(button).append(":\n").append(LINK).append("\n\n");
        }
        notes.forEach(note -> text.append(note).append("\n"));
        return text.append("-- \n").append(footer).append('\n').toString();
    }
}
