package io.baton.server.replies;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Understands a short text that says one thing. Every word of it has to be accounted for: greeting and thanks at the ends,
 * and between them one sentence of one language, from end to end. Nothing is searched for within a text.
 */
final class Grammar {

    private static final int CORE_CHARACTERS_MAX = 500;
    private static final int REASON_CHARACTERS_MAX = 400;
    private static final int REASON_LETTERS_MIN = 3;
    private static final int PEELS_MAX = 8;

    static final List<Language> LANGUAGES =
            List.of(English.LANGUAGE, German.LANGUAGE, French.LANGUAGE, Spanish.LANGUAGE);

    /** Promises and second thoughts: a reason that goes on with one of them says a second thing. */
    private static final Pattern MORE = Text.pattern(
            ".*(?:\\b(?:but|however|if|unless|otherwise|instead|i'll|i will|we'll|we will|you'll have|let me|kidding|joke|ignore|disregard|never mind|nevermind"
                    + "|aber|jedoch|wenn|falls|sofern|ansonsten|sonst|ich werde|wir werden|stattdessen|spaß|scherz|mais|si|sinon|je vais|nous allons|cependant|blague"
                    + "|pero|si no|voy a|vamos a|sino|sin embargo|broma)\\b|\\?).*");

    private static final Pattern NO_REASON = Text.pattern(
            "(?:no|not|never|nope|nein|nicht|nie|non|pas|jamais|nunca|yes|ja|oui|si|ok|okay|thanks|danke|merci|gracias|please|bitte)");

    private static final Pattern ADDRESS = Pattern.compile(".*\\S@\\S.*", Pattern.DOTALL);

    private static final Pattern START =
            Text.pattern("[\\s.,;:!)-]*(?:" + joined(Language.Small::courtesies) + ")(?=[\\s.,;:!)-]|$)[\\s.,;:!)-]*");

    private static final Pattern GREETING =
            Text.pattern("(?:" + joined(Language.Small::greetings) + ")(?=[\\s,!.:-]|$)");

    private static final Pattern ADDRESSED =
            Text.pattern("(?:" + joined(Language.Small::addressed) + ")(?:[ .]+.{1,40})?");

    private final Asked asked;
    private final Dates dates;
    private final Pattern end;

    Grammar(Asked asked, Dates dates, Mail.Sender sender) {
        this.asked = asked;
        this.dates = dates;
        var courtesies = joined(Language.Small::courtesies);
        var names =
                Signature.names(sender).stream().map(Pattern::quote).sorted().collect(Collectors.joining("|"));
        var name = names.isEmpty() ? "(?!)" : "(?:" + names + ")";
        this.end = Text.pattern(
                "(?:^|[\\s.,;:!()-]+)(?<=^|[\\s.,;:!()-])(?:(?:" + courtesies + ")(?:[ ,.!-]+" + name + "(?: " + name
                        + "){0,2})?|(?<=[.,;:!\\n-][\\s]{0,3})" + name + "(?: " + name + "){0,2})[\\s.,;:!)-]*$");
    }

    private static String joined(java.util.function.Function<Language.Small, String> part) {
        return LANGUAGES.stream().map(language -> part.apply(language.small())).collect(Collectors.joining("|"));
    }

    /** Empty where not every word is accounted for, or where two things are said. */
    Optional<Reply> understand(List<String> lines) {
        var core = core(lines);
        if (core.isEmpty() || core.length() > CORE_CHARACTERS_MAX) {
            return Optional.empty();
        }
        var replies = new ArrayList<Reply>();
        for (var language : ordered()) {
            for (var said : sayings(core, language)) {
                if (replies.stream().noneMatch(other -> same(other, said))) {
                    replies.add(said);
                }
            }
        }
        return replies.size() == 1
                ? Optional.of(replies.getFirst())
                        .filter(reply -> asked.possible().contains(reply.act()))
                : Optional.empty();
    }

    /** The same act, though another language may cut its reason elsewhere. */
    private static boolean same(Reply one, Reply other) {
        return switch (one) {
            case Reply.Promise _, Reply.Propose _, Reply.Pass _ -> one.equals(other);
            default -> one.act() == other.act();
        };
    }

    private List<Language> ordered() {
        var codes =
                asked.languages().stream().map(java.util.Locale::getLanguage).toList();
        return LANGUAGES.stream()
                .sorted(java.util.Comparator.comparingInt(language -> {
                    int place = codes.indexOf(language.code());
                    return place < 0 ? codes.size() : place;
                }))
                .toList();
    }

    // What stands around the sentence

    /** What is left without greeting, thanks and the name below. */
    String core(List<String> lines) {
        return core(String.join("\n", lines).strip());
    }

    private String core(String text) {
        var core = withoutGreeting(text);
        for (int i = 0; i < PEELS_MAX; i++) {
            var folded = Text.fold(core);
            var before = START.matcher(folded);
            var after = end.matcher(folded);
            if (before.lookingAt()) {
                core = core.substring(before.end());
            } else if (after.find()) {
                core = core.substring(0, after.start())
                        + (after.start() == 0 ? "" : trailingDot(folded, after.start()));
            } else {
                break;
            }
        }
        return core.strip();
    }

    /** The dot of "3.12." is part of the date. */
    private static String trailingDot(String folded, int at) {
        return at < folded.length() && folded.charAt(at) == '.' ? "." : "";
    }

    private String withoutGreeting(String text) {
        var folded = Text.fold(text);
        var found = GREETING.matcher(folded);
        if (!found.lookingAt()) {
            return text;
        }
        int stop = found.end();
        while (stop < text.length() && ",!:\n".indexOf(text.charAt(stop)) < 0) {
            stop++;
        }
        var addressed = text.substring(found.end(), stop).strip();
        int from = isAddressed(addressed) ? stop : found.end();
        var rest = text.substring(from).replaceFirst("^[\\s,!.:-]+", "");
        return rest.isEmpty() ? text : rest; // "Lieber Montag" greets nobody
    }

    /** Who is greeted: up to four names or words such as "team". */
    private static boolean isAddressed(String words) {
        var folded = Text.fold(words);
        return words.isEmpty()
                || (words.split("\\s+", -1).length <= 4
                        && !Signature.ACT.matcher(folded).matches()
                        && !Signature.DOUBT.matcher(folded).matches()
                        && (ADDRESSED.matcher(folded).matches()
                                || java.util.Arrays.stream(words.split("\\s+", -1))
                                        .allMatch(word -> Character.isUpperCase(word.codePointAt(0)))));
    }

    // The sentence

    private List<Reply> sayings(String core, Language language) {
        var folded = Text.fold(core);
        var replies = new ArrayList<Reply>();
        language.sentences()
                .forEach((saying, patterns) -> patterns.stream()
                        .map(pattern -> pattern.matcher(folded))
                        .filter(Matcher::matches)
                        .map(matcher -> reply(saying, matcher, core, language))
                        .filter(Optional::isPresent)
                        .map(Optional::get)
                        .findFirst()
                        .ifPresent(replies::add));
        return replies;
    }

    private Optional<Reply> reply(Saying saying, Matcher matcher, String core, Language language) {
        var reason = reason(matcher, core);
        if (reason == null) {
            return Optional.empty();
        }
        return switch (saying) {
            case APPROVE -> Optional.of(new Reply.Approve());
            case AGREE -> either(Act.APPROVE, Act.ACCEPT, new Reply.Approve(), new Reply.Accept());
            case TAKE -> Optional.of(new Reply.Accept());
            case REJECT ->
                Optional.of(
                        !can(Act.REJECT) && can(Act.DECLINE) ? new Reply.Decline(reason) : new Reply.Reject(reason));
            case REFUSE -> either(Act.REJECT, Act.DECLINE, new Reply.Reject(reason), new Reply.Decline(reason));
            case NOT_MINE -> Optional.of(new Reply.Decline(reason));
            case DATE -> day(matcher, core, language).flatMap(this::dated);
            case PROPOSE -> day(matcher, core, language).map(day -> new Reply.Propose(day.date(), day.time(), reason));
            case STUCK -> given(reason).map(Reply.Stuck::new);
            case PASS -> Optional.of(new Reply.Pass(matcher.group("address"), reason));
            case SEND_BACK -> given(reason).map(Reply.SendBack::new);
            case UNDO -> Optional.of(new Reply.Undo());
        };
    }

    private boolean can(Act act) {
        return asked.possible().contains(act);
    }

    private Optional<Reply> either(Act first, Act second, Reply one, Reply other) {
        return can(first) == can(second) ? Optional.empty() : Optional.of(can(first) ? one : other);
    }

    private static Optional<String> given(String reason) {
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /** A dot behind it may end the sentence or be the last of "3.12." */
    private Optional<Dates.Day> day(Matcher matcher, String core, Language language) {
        var text = matcher.group("date");
        int end = matcher.end("date");
        return dates.read(text, language)
                .or(() -> end < core.length() && core.charAt(end) == '.'
                        ? dates.read(text + ".", language)
                        : Optional.empty());
    }

    /** A day after the due date asks for another; one before it is a promise. */
    private Optional<Reply> dated(Dates.Day day) {
        boolean late = asked.due() != null && day.date().isAfter(asked.due());
        if ((late && can(Act.PROPOSE)) || !can(Act.PROMISE)) {
            return Optional.of(new Reply.Propose(day.date(), day.time(), ""));
        }
        return Optional.of(new Reply.Promise(day.date(), day.time()));
    }

    /** Empty without one; null where the words after the act are more than a reason. */
    private @Nullable String reason(Matcher matcher, String core) {
        var groups = matcher.namedGroups().keySet();
        var group = groups.contains("reason") && matcher.group("reason") != null
                ? "reason"
                : groups.contains("explained") && matcher.group("explained") != null ? "explained" : null;
        if (group == null) {
            return "";
        }
        var folded = matcher.group(group).strip();
        var written = core.substring(matcher.start(group), matcher.end(group))
                .strip()
                .replaceAll("\\s+", " ")
                .replaceFirst("[\\s.]+$", "");
        return isReason(folded) ? written : null;
    }

    private boolean isReason(String folded) {
        long letters = folded.codePoints().filter(Character::isLetter).count();
        var first = folded.split("[.!;:,\\n]", -1)[0].replaceAll("[^\\p{L}]", "");
        return letters >= REASON_LETTERS_MIN
                && folded.length() <= REASON_CHARACTERS_MAX
                && !NO_REASON.matcher(first).matches()
                && !Signature.ACT.matcher(folded).matches()
                && !MORE.matcher(folded).matches()
                && !ADDRESS.matcher(folded).matches()
                && !namesADayLater(folded);
    }

    /** A day in the sentence after the reason could be what is offered instead. */
    private boolean namesADayLater(String folded) {
        var sentences = folded.split("[.!;\\n]+\\s+", -1);
        return java.util.Arrays.stream(sentences)
                .skip(1)
                .anyMatch(sentence -> LANGUAGES.stream().anyMatch(language -> dates.mentions(sentence, language)));
    }
}
