package io.baton.server.replies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table of replies: each body of {@code replies/*.txt}, written by hand, comes from three mail clients. What is
 * understood is what the table says or a message for a person; never another act.
 */
class RepliesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T09:30:00Z");
    private static final LocalDate DUE = LocalDate.parse("2026-12-04");
    private static final Set<Act> ALWAYS =
            EnumSet.of(Act.PROMISE, Act.PROPOSE, Act.STUCK, Act.PASS, Act.SEND_BACK, Act.UNDO);

    private static final Map<String, Integer> KINDS = Map.ofEntries(
            Map.entry("accept", 16),
            Map.entry("approve", 46),
            Map.entry("back", 10),
            Map.entry("decline", 6),
            Map.entry("message", 293),
            Map.entry("pass", 12),
            Map.entry("promise", 65),
            Map.entry("propose", 26),
            Map.entry("question", 27),
            Map.entry("reject", 30),
            Map.entry("stuck", 20),
            Map.entry("undo", 8));

    record Body(String language, String expected, String text) {}

    private record Sent(Body body, Client client, Reply understood) {
        @Override
        public String toString() {
            return body.language() + " " + client + ": " + body.text().replace("\n", " / ") + " → " + understood
                    + ", not " + body.expected();
        }
    }

    @Test
    void noReplyIsEverAWrongAct() throws IOException {
        var all = everyReply();
        assertThat(bodies().stream().distinct()).hasSizeGreaterThanOrEqualTo(500);
        assertThat(all.stream().filter(sent -> sent.understood().act() != null && !isExpected(sent)))
                .isEmpty();
    }

    @Test
    void nearlyAllThatAPersonWouldUnderstandIsUnderstood() throws IOException {
        var acts = everyReply().stream()
                .filter(sent -> !isNote(sent.body().expected()))
                .toList();
        var missed = acts.stream().filter(sent -> !isExpected(sent)).toList();
        System.out.printf("Replies: %d of %d acts understood%n", acts.size() - missed.size(), acts.size());
        missed.forEach(sent -> System.out.println("  missed: " + sent));
        assertThat(missed.size()).isLessThan(acts.size() / 20);
    }

    /** So that the table does not shrink where it is weak; and how much of each kind is understood, one line each. */
    @Test
    void theTableHasEnoughOfEachKind() throws IOException {
        var kinds = new TreeMap<String, Integer>();
        bodies().forEach(body -> kinds.merge(kind(body), 1, Integer::sum));
        assertThat(kinds).isEqualTo(new TreeMap<>(KINDS));
        var understood = new TreeMap<String, Integer>();
        everyReply().stream()
                .filter(sent ->
                        isNote(sent.body().expected()) ? sent.understood().act() == null : isExpected(sent))
                .forEach(sent -> understood.merge(kind(sent.body()), 1, Integer::sum));
        understood.forEach((kind, count) ->
                System.out.printf("Replies: %s, %d of %d%n", kind, count, 3 * kinds.getOrDefault(kind, 0)));
        assertThat(understood.keySet()).isEqualTo(kinds.keySet());
    }

    private static String kind(Body body) {
        return body.expected().replaceFirst("[ :].*", "");
    }

    @Test
    void aQuestionIsAQuestion() throws IOException {
        assertThat(everyReply().stream()
                        .filter(sent -> sent.body().expected().equals("question")
                                && !(sent.understood() instanceof Reply.Question)))
                .isEmpty();
    }

    /** Whatever stands beside an act, it is that act or none. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anUnknownSentenceNeverMakesAnotherAct(long seed) throws IOException {
        var random = new Random(seed);
        var bodies = bodies();
        var wrong = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            var body = bodies.get(random.nextInt(bodies.size()));
            var lines = new ArrayList<>(List.of(body.text().split("\n", -1)));
            lines.add(random.nextInt(lines.size() + 1), RandomWords.sentence(random));
            var text = String.join("\n", lines);
            var sent = understand(new Body(body.language(), body.expected(), text), Client.any(random));
            var original = understand(body, sent.client()).understood().act();
            var found = sent.understood().act();
            if (found != null && found != original) {
                wrong.add(sent.toString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void randomWordsAreNeverAnAct(long seed) throws IOException {
        var random = new Random(seed);
        var wrong = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            var body = new Body(
                    List.of("en", "de", "fr", "es").get(random.nextInt(4)), "message", RandomWords.text(random));
            var sent = understand(body, Client.any(random));
            if (sent.understood().act() != null) {
                wrong.add(sent.toString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    // What was understood

    private static List<Sent> everyReply() throws IOException {
        var all = new ArrayList<Sent>();
        for (var body : bodies()) {
            for (var client : Client.forBody(all.size() / 3)) {
                all.add(understand(body, client));
            }
        }
        return all;
    }

    private static Sent understand(Body body, Client client) {
        var by = Correspondent.of(body.language());
        var mail = Replies.read(client.send(by, body.text()));
        var work = Replies.understand(mail, asked(by, Act.APPROVE, Act.REJECT));
        var offer = Replies.understand(mail, asked(by, Act.ACCEPT, Act.DECLINE));
        boolean isOffer =
                body.expected().startsWith("accept") || body.expected().startsWith("decline");
        // What is no act may be none of either step.
        return new Sent(body, client, isOffer || (work.act() == null && isNote(body.expected())) ? offer : work);
    }

    private static Asked asked(Correspondent by, Act yes, Act no) {
        var possible = EnumSet.copyOf(ALWAYS);
        possible.add(yes);
        possible.add(no);
        return new Asked(possible, DUE, NOW, ZoneId.of("Europe/Berlin"), List.of(by.language().locale));
    }

    private static boolean isNote(String expected) {
        return expected.equals("message") || expected.equals("question");
    }

    private static boolean isExpected(Sent sent) {
        var expected = sent.body().expected();
        return switch (sent.understood()) {
            case Reply.Approve _ -> expected.equals("approve");
            case Reply.Accept _ -> expected.equals("accept");
            case Reply.Undo _ -> expected.equals("undo");
            case Reply.Reject(var reason) -> expected.equals(("reject: " + reason).strip());
            case Reply.Decline(var reason) -> expected.equals("decline: " + reason);
            case Reply.Stuck(var reason) -> expected.equals("stuck: " + reason);
            case Reply.SendBack(var missing) -> expected.equals("back: " + missing);
            case Reply.Pass(var address, var reason) ->
                expected.equals("pass " + address + (reason.isEmpty() ? "" : ": " + reason));
            case Reply.Promise(var day, var time) -> expected.equals("promise " + day + at(time));
            case Reply.Propose(var day, var time, var reason) ->
                expected.equals("propose " + day + at(time) + (reason.isEmpty() ? "" : ": " + reason));
            case Reply.Answer _ -> false;
            case Reply.Question _, Reply.Message _, Reply.Automatic _, Reply.Bounce _ -> isNote(expected);
        };
    }

    private static String at(@org.jspecify.annotations.Nullable LocalTime time) {
        return time == null ? "" : " " + time;
    }

    // The table

    static List<Body> bodies() throws IOException {
        var bodies = new ArrayList<Body>();
        for (var language : List.of("en", "de", "fr", "es")) {
            var file = Objects.requireNonNull(RepliesTest.class.getResourceAsStream("/replies/" + language + ".txt"));
            try (file) {
                var parts = new String(file.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ", -1);
                Stream.of(parts).skip(1).forEach(part -> {
                    int end = part.indexOf('\n');
                    bodies.add(new Body(
                            language,
                            part.substring(0, end).strip(),
                            part.substring(end + 1).strip()));
                });
            }
        }
        return bodies;
    }
}
