package io.baton.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.replies.Act;
import io.baton.server.replies.Asked;
import io.baton.server.replies.Replies;
import io.baton.server.replies.Reply;
import io.baton.server.words.Words;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What chat tells people to write is understood when they write it, in each language. */
class HintsTest {

    private static final Map<String, String> REASONS = Map.of(
            "en", "the contract is missing",
            "de", "der Vertrag fehlt",
            "fr", "le contrat manque",
            "es", "falta el contrato");

    private static Asked asked(String language, Set<Act> possible) {
        var monday = Instant.parse("2026-11-02T08:00:00Z");
        return new Asked(possible, null, monday, ZoneOffset.UTC, List.of(Locale.forLanguageTag(language)));
    }

    /** The acts that the examples of a hint are understood as. */
    private static List<String> understood(String language, String hint, Set<Act> possible) {
        return Arrays.stream(hint.split("@Baton "))
                .skip(1)
                .map(example -> example.replaceFirst(" – .*$", "").replace("…", String.valueOf(REASONS.get(language))))
                .map(line -> Reference.in(line).orElseThrow().sentences().stream()
                        .map(sentence -> Replies.understand(sentence, "Tim", asked(language, possible))
                                .act())
                        .filter(act -> act != null)
                        .map(Act::name)
                        .findFirst()
                        .orElse("nothing"))
                .toList();
    }

    @Test
    void eachExampleIsUnderstood() {
        for (var language : Words.LANGUAGES) {
            var words = Words.of(language);
            var decision =
                    EnumSet.of(Act.ACCEPT, Act.APPROVE, Act.REJECT, Act.PROMISE, Act.PROPOSE, Act.STUCK, Act.SEND_BACK);
            assertThat(understood(language, words.say("chat.hint.decision", "@Baton", "PAY-1042.7"), decision))
                    .as(language)
                    .containsExactly("APPROVE", "REJECT");
            var task = EnumSet.of(Act.ACCEPT, Act.DECLINE, Act.PROMISE, Act.PROPOSE, Act.STUCK, Act.SEND_BACK);
            assertThat(understood(language, words.say("chat.hint.task", "@Baton", "1042.7"), task))
                    .as(language)
                    .containsExactly("PROMISE", "STUCK");
            assertThat(understood(language, words.say("chat.how", "@Baton"), decision))
                    .as(language)
                    .containsExactly("APPROVE", "REJECT", "PROMISE", "STUCK");
        }
    }

    @Test
    void aReferenceStandsFirstOrBehindTheFirstWord() {
        assertThat(Reference.in("approve PAY-1042.7")).contains(new Reference("PAY-1042", 1042, 7, "approve", ""));
        assertThat(Reference.in(" pay-1042: Friday ")).contains(new Reference("pay-1042", 1042, 0, "", "Friday"));
        assertThat(Reference.in("#1042.7, am 3.12.")).contains(new Reference(null, 1042, 7, "", "am 3.12."));
        assertThat(Reference.in("stuck 1042.7 because PAY-1 is open"))
                .contains(new Reference(null, 1042, 7, "stuck", "because PAY-1 is open"));
        for (var line : List.of(
                "",
                "approve",
                "approve 1042",
                "it contradicts PAY-1042",
                "1042.0",
                "0.1",
                "PAY-0",
                "PAY-1042.7x",
                "mail@PAY-1042",
                "99999999999999999999.1",
                "I approve PAY-1042.7")) {
            assertThat(Reference.in(line)).as(line).isEmpty();
        }
    }

    @Test
    void aLineIsUnderstoodLikeAMail() {
        var possible = EnumSet.allOf(Act.class);
        possible.remove(Act.ACCEPT);
        possible.remove(Act.DECLINE);
        var asked = asked("en", possible);
        assertThat(Replies.understand("pass to x@y.example", "Tim", asked))
                .isEqualTo(new Reply.Pass("x@y.example", ""));
        assertThat(Replies.understand("approved if the price is right", "Tim", asked))
                .isInstanceOf(Reply.Message.class);
        assertThat(Replies.understand("approved?", "Tim", asked)).isInstanceOf(Reply.Question.class);
        assertThat(Replies.understand("> approved", "Tim", asked).act()).isNull();
    }
}
