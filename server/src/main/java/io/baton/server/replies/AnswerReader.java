package io.baton.server.replies;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a reply as the answer to the one question of a form. Sure is only what can be nothing else: a number alone, a code
 * alone, a label of the choice, a full date that has come. All other text that may be the answer is one in doubt: its
 * author confirms it.
 */
final class AnswerReader {

    /** What goes into a field by mail. */
    static final int CHARACTERS_MAX = 1_000;

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:[.,]\\d+)?");
    private static final Pattern ANY_NUMBER =
            Pattern.compile("(?<![\\p{L}\\d.,:/+-])\\d+(?:[.,]\\d+)?(?![\\p{L}\\d:/]|[.,-]\\d)");

    /** A point before three digits may part thousands, and "+1" agrees. */
    private static final Pattern UNCLEAR = Pattern.compile("[-+].*|\\d+[.,]\\d{3}|0\\d+.*");

    /** Letters and digits with signs between, no word of any language. */
    private static final Pattern CODE =
            Pattern.compile("(?=[^\\d]*\\d)[\\p{L}\\d](?:[\\p{L}\\d./_#-]{0,38}[\\p{L}\\d])?");

    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)");
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,2})\\. ?(\\d{1,2})\\. ?(\\d{4})");

    /** Words that answer many a question, and so none for sure. */
    private static final Pattern SHORT = Text.pattern(
            "(?:yes|no|ja|nein|oui|non|si|ok|okay|k|fine|done|thanks|thank you|danke|merci|gracias|erledigt|fait|hecho|approved|rejected)");

    private AnswerReader() {}

    /** {@code act} is what the sentence asks for, if it asks for something. */
    static Optional<Reply.Answer> read(Wanted wanted, String core, @Nullable Reply act, Dates dates) {
        var text = core.strip().replaceFirst("[\\s.!;]+$", "");
        if (text.isEmpty() || text.length() > CHARACTERS_MAX || text.contains("?")) {
            return Optional.empty();
        }
        return switch (wanted.kind()) {
            case NUMBER -> number(text, act, dates);
            case DATE -> date(core.strip(), text, act, dates);
            case CHOICE -> choice(wanted.labels(), text, act);
            case TEXT -> act != null ? Optional.empty() : text(core.strip(), text, dates);
        };
    }

    private static Optional<Reply.Answer> number(String text, @Nullable Reply act, Dates dates) {
        if (NUMBER.matcher(text).matches()) {
            var sure = act == null && !UNCLEAR.matcher(text).matches() && !mayBeADay(text, dates);
            return Optional.of(new Reply.Answer(text, sure));
        }
        if (act != null) {
            return Optional.empty();
        }
        var found = ANY_NUMBER.matcher(text).results().toList();
        return found.size() == 1 ? Optional.of(new Reply.Answer(found.getFirst().group(), false)) : Optional.empty();
    }

    /** "1.5" is the first of May to many. */
    private static boolean mayBeADay(String text, Dates dates) {
        return Grammar.LANGUAGES.stream()
                .anyMatch(language -> dates.names(text, language) || dates.names(text + ".", language));
    }

    /** A day that is still to come may as well be a promise. */
    private static Optional<Reply.Answer> date(String core, String text, @Nullable Reply act, Dates dates) {
        var full = full(text);
        if (full != null) {
            return Optional.of(new Reply.Answer(full.toString(), act == null && !full.isAfter(dates.today())));
        }
        var folded = Text.fold(core);
        return Grammar.LANGUAGES.stream()
                .map(language -> dates.read(folded, language))
                .flatMap(Optional::stream)
                .filter(day -> day.time() == null)
                .map(day -> day.date().toString())
                .distinct()
                .findFirst()
                .map(day -> new Reply.Answer(day, false));
    }

    private static @Nullable LocalDate full(String text) {
        var iso = ISO.matcher(text);
        var dotted = DOTTED.matcher(text);
        try {
            return iso.matches() ? date(iso, 1, 2, 3) : dotted.matches() ? date(dotted, 3, 2, 1) : null;
        } catch (DateTimeException e) {
            return null; // 31 February
        }
    }

    private static LocalDate date(Matcher found, int year, int month, int day) {
        return LocalDate.of(
                Integer.parseInt(found.group(year)),
                Integer.parseInt(found.group(month)),
                Integer.parseInt(found.group(day)));
    }

    private static Optional<Reply.Answer> choice(List<String> labels, String text, @Nullable Reply act) {
        var said = Text.fold(Text.clean(text)).replaceAll("\\s+", " ");
        var meant = labels.stream()
                .filter(label -> Text.fold(Text.clean(label))
                        .strip()
                        .replaceAll("\\s+", " ")
                        .replaceFirst("[.!]+$", "")
                        .equals(said))
                .toList();
        return meant.size() == 1
                ? Optional.of(new Reply.Answer(
                        meant.getFirst(), act == null && !SHORT.matcher(said).matches()))
                : Optional.empty();
    }

    private static Optional<Reply.Answer> text(String core, String text, Dates dates) {
        if (SHORT.matcher(Text.fold(text)).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                CODE.matcher(text).matches() && !mayBeADay(Text.fold(text), dates)
                        ? new Reply.Answer(text, true)
                        : new Reply.Answer(core, false));
    }
}
