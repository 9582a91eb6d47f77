package io.baton.server.replies;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.replies.Wanted.Kind;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replies to a form with one field, from three mail clients each. What is sure is done, so it must never be anything but
 * the answer; what may be the answer is confirmed by its author; all else is a message or what it says it is.
 */
class AnswersTest {

    private static final Instant NOW = Instant.parse("2026-11-25T09:30:00Z");
    private static final List<String> PLACES = List.of("Online", "At your place", "Bei uns", "Ja");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NUMBER | 4711                                     | sure 4711
            NUMBER | Hello,\\n\\n4711\\n\\nBest regards\\nGrace Miller | sure 4711
            NUMBER | 12.755                                   | perhaps 12.755
            NUMBER | 4711.5                                   | sure 4711.5
            NUMBER | 47.11                                    | perhaps 47.11
            NUMBER | 1.5                                      | perhaps 1.5
            NUMBER | +1                                       | perhaps +1
            NUMBER | 12,50                                    | sure 12,50
            NUMBER | 1.234                                    | perhaps 1.234
            NUMBER | 007                                      | perhaps 007
            NUMBER | There are 12 pallets.                    | perhaps 12
            NUMBER | 12 pallets, 3 of them broken             | message
            NUMBER | 12 or 13?                                | question
            NUMBER | twelve                                   | message
            NUMBER | +49 151 2345678                          | message
            NUMBER | 3/12                                     | PROMISE
            NUMBER | I'll have it on 3 December               | PROMISE
            NUMBER | stuck because the system is down         | STUCK
            NUMBER | Thanks                                   | message
            TEXT   | 4711                                     | sure 4711
            TEXT   | PO-7731/A                                | sure PO-7731/A
            TEXT   | The delivery is on pallet 3              | perhaps The delivery is on pallet 3
            TEXT   | Die Lieferung steht auf Palette 3.       | perhaps Die Lieferung steht auf Palette 3.
            TEXT   | I am out until Monday, please ask Bob    | perhaps I am out until Monday, please ask Bob
            TEXT   | ok                                       | message
            TEXT   | Merci                                    | message
            TEXT   | Which delivery do you mean?              | question
            TEXT   | blocked by customs                       | STUCK
            TEXT   | pass to bob@acme.example                 | PASS
            TEXT   | tomorrow                                 | PROMISE
            TEXT   | undo                                     | UNDO
            DATE   | 2026-11-20                               | sure 2026-11-20
            DATE   | 20.11.2026                               | sure 2026-11-20
            DATE   | 2026-12-20                               | perhaps 2026-12-20
            DATE   | 31.02.2026                               | message
            DATE   | on 3 December                            | perhaps 2026-12-03
            DATE   | tomorrow                                 | perhaps 2026-11-26
            DATE   | I'll have it on 3 December               | PROMISE
            DATE   | last week                                | message
            CHOICE | Online                                   | sure Online
            CHOICE | at your place.                           | sure At your place
            CHOICE | Bei uns!\\n\\nGruß\\nGrace                 | sure Bei uns
            CHOICE | ja                                       | perhaps Ja
            CHOICE | Online or at your place                  | message
            CHOICE | Not online                               | message
            """)
    void understands(Kind kind, String text, String expected) {
        for (var client : Client.forBody(text.length())) {
            var reply = understand(kind, text.replace("\\n", "\n"), client, "en");
            assertThat(told(reply)).as(client + ": " + text).isEqualTo(expected);
        }
    }

    private static String told(Reply reply) {
        return switch (reply) {
            case Reply.Answer(var value, var sure) -> (sure ? "sure " : "perhaps ") + value;
            case Reply.Question _ -> "question";
            case Reply.Message _ -> "message";
            default -> String.valueOf(reply.act());
        };
    }

    private static Reply understand(Kind kind, String text, Client client, String language) {
        var by = Correspondent.of(language);
        var possible = EnumSet.of(Act.PROMISE, Act.PROPOSE, Act.STUCK, Act.PASS, Act.SEND_BACK, Act.UNDO);
        var asked = new Asked(
                possible,
                LocalDate.parse("2026-12-04"),
                NOW,
                ZoneId.of("Europe/Berlin"),
                List.of(by.language().locale),
                new Wanted(kind, kind == Kind.CHOICE ? PLACES : List.of()));
        return Replies.understand(Replies.read(client.send(by, text)), asked);
    }

    /** The whole table of replies, none of which answers such a form: nothing of it is ever taken for a sure answer. */
    @Test
    void noReplyThatSaysSomethingElseIsASureAnswer() throws IOException {
        var wrong = new ArrayList<String>();
        for (var body : RepliesTest.bodies()) {
            for (var kind : Kind.values()) {
                var client = Client.forBody(wrong.size() + body.text().length()).getFirst();
                var found = understand(kind, body.text(), client, body.language());
                if (found instanceof Reply.Answer(var value, var sure) && sure) {
                    wrong.add(kind + " " + value + ": " + body.text());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void randomWordsAreNoSureAnswer(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var text = RandomWords.sentence(random) + " " + RandomWords.sentence(random);
            for (var kind : Kind.values()) {
                assertThat(understand(kind, text, Client.any(random), "en").act())
                        .as(kind + ": " + text)
                        .isNull();
            }
        }
    }
}
