package io.baton.server.guest;

import io.baton.engine.Obstacle;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.Answers.Why;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads which act a form of the page asks for. {@code act} is null where something is wrong with it. */
record SentAct(@Nullable Act act, SequencedMap<String, Problem> problems) {

    static final String ANSWER = "answer";
    static final String ACCEPT = "accept";
    static final String DECLINE = "decline";
    static final String SEND_BACK = "send-back";
    static final String PROMISE = "promise";
    static final String PROPOSE = "propose";
    static final String STUCK = "stuck";
    static final String PASS_ON = "pass-on";
    static final String ASK = "ask";
    static final String OTHER_TIME = "other-time";
    static final String TAKE_BACK = "take-back";

    // What can be done about an appointment
    static final String MOVE = "move";
    static final String RELEASE = "release";

    /** The field with the time that is chosen instead. */
    static final String SLOT = "slot";

    /** "Thursday" is kept until its last minute. */
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59);

    static String word(Map<String, List<String>> sent) {
        var words = sent.getOrDefault("act", List.of());
        return words.isEmpty() ? ANSWER : words.getFirst();
    }

    /** The names and values of the form's own fields. */
    static Map<String, List<String>> fields(Map<String, List<String>> sent) {
        var fields = new LinkedHashMap<String, List<String>>();
        sent.forEach((name, texts) -> {
            if (name.startsWith(FormView.PREFIX)) {
                fields.put(name.substring(FormView.PREFIX.length()), texts);
            }
        });
        return fields;
    }

    /** The time that was chosen instead of the one that is booked; null where none was. */
    static @Nullable Instant slot(Map<String, List<String>> sent) {
        var texts = sent.getOrDefault(FormView.PREFIX + SLOT, List.of());
        try {
            return texts.isEmpty() ? null : Instant.parse(texts.getFirst());
        } catch (DateTimeException e) {
            return null;
        }
    }

    static SentAct of(Map<String, List<String>> sent, ZoneId zone) {
        var read = new Reading(sent, zone);
        var act = read.act(word(sent));
        return new SentAct(read.problems.isEmpty() ? act : null, read.problems);
    }

    private static final class Reading {

        private final Map<String, List<String>> sent;
        private final ZoneId zone;
        private final SequencedMap<String, Problem> problems = new LinkedHashMap<>();

        Reading(Map<String, List<String>> sent, ZoneId zone) {
            this.sent = sent;
            this.zone = zone;
        }

        private @Nullable Act act(String word) {
            return switch (word) {
                case ACCEPT -> new Act.Accept();
                case DECLINE -> new Act.Decline(reason());
                case SEND_BACK -> new Act.SendBack(reason());
                case PROMISE -> new Act.Promise(date());
                case PROPOSE -> new Act.Propose(date(), reason());
                case STUCK -> new Act.Stuck(obstacle(), reason());
                case ASK -> new Act.Ask(reason());
                case OTHER_TIME -> new Act.OtherTime(moment(), reason());
                case TAKE_BACK -> new Act.TakeBack();
                case PASS_ON -> new Act.PassOn(text("email"), optional("name"), reason());
                default -> new Act.Answer(fields(sent));
            };
        }

        private String text(String name) {
            var text = optional(name);
            if (text == null) {
                problems.put(name, new Problem(Why.REQUIRED, null));
                return "";
            }
            return text;
        }

        private @Nullable String optional(String name) {
            var texts = sent.getOrDefault(name, List.of());
            var text = texts.isEmpty() ? "" : texts.getFirst().strip();
            if (text.length() > GuestActs.REASON_CHARACTERS_MAX) {
                problems.put(name, new Problem(Why.TOO_LONG, String.valueOf(GuestActs.REASON_CHARACTERS_MAX)));
            }
            return text.isEmpty() || text.indexOf('\0') >= 0 ? null : text;
        }

        private String reason() {
            return text("reason");
        }

        private Instant date() {
            var text = text("date");
            try {
                return LocalDate.parse(text).atTime(END_OF_DAY).atZone(zone).toInstant();
            } catch (DateTimeException e) {
                problems.putIfAbsent("date", new Problem(Why.NOT_A_DATE, null));
                return Instant.EPOCH;
            }
        }

        private Instant moment() {
            var text = text("moment");
            try {
                return LocalDateTime.parse(text).atZone(zone).toInstant();
            } catch (DateTimeException e) {
                problems.putIfAbsent("moment", new Problem(Why.NOT_A_DATE, null));
                return Instant.EPOCH;
            }
        }

        private Obstacle obstacle() {
            return switch (text("kind")) {
                case "QUESTION" -> Obstacle.QUESTION;
                case "MISSING_INPUT" -> Obstacle.MISSING_INPUT;
                case "DECISION" -> Obstacle.DECISION;
                case "OTHER" -> Obstacle.OTHER;
                default -> {
                    problems.putIfAbsent("kind", new Problem(Why.NOT_A_CHOICE, null));
                    yield Obstacle.OTHER;
                }
            };
        }
    }
}
