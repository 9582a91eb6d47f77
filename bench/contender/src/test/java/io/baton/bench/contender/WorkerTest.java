package io.baton.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.bench.contender.ClosedLoop.Bounds;
import io.baton.bench.contender.ClosedLoop.Outcome;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines between harness and worker, and a worker that serves them. */
class WorkerTest {

    @Test
    void everyRequestSurvivesItsLine() {
        var requests = List.of(
                new Request.Prepare(Workload.W1),
                new Request.Run(Workload.W3, new Bounds(32, Duration.ofMillis(1500), 7)),
                new Request.CountEnded(Workload.W2));
        assertThat(requests)
                .allSatisfy(request -> assertThat(Request.parse(request.line())).isEqualTo(request));
    }

    @Test
    void everyReplySurvivesItsLine() {
        var replies = List.of(
                new Reply.Ready("8.0 beta"),
                new Reply.Prepared(),
                new Reply.Ran(new Outcome(1, 2, 3, 4, 5)),
                new Reply.Ended(9),
                new Reply.Failed("out of paper"));
        assertThat(replies)
                .allSatisfy(reply -> assertThat(Reply.parse(reply.line())).isEqualTo(reply));
    }

    @Test
    void aMessageOfSeveralLinesBecomesOneLine() {
        assertThat(new Reply.Failed("one\ntwo").line()).isEqualTo("failed one two");
    }

    @Test
    void refusesALineItDoesNotKnow() {
        assertThatThrownBy(() -> Request.parse("dance")).hasMessageContaining("dance");
        assertThatThrownBy(() -> Reply.parse("WARNING: dance")).hasMessageContaining("WARNING: dance");
    }

    @Test
    void answersEachRequestAndLivesOnAfterAFailure() throws IOException {
        var answers = serve(new CountingContender(6), """
                prepare W1
                run W1 1 600000 5
                ended W1
                run W1 1 600000 5
                ended W1
                """);
        assertThat(answers).hasSize(5);
        assertThat(answers.get(0)).isEqualTo(new Reply.Prepared());
        assertThat(answers.get(1))
                .isInstanceOfSatisfying(
                        Reply.Ran.class,
                        ran -> assertThat(ran.outcome().cases()).isEqualTo(5));
        assertThat(answers.get(2)).isEqualTo(new Reply.Ended(5));
        assertThat(answers.get(3))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.message()).contains("no paper"));
        assertThat(answers.get(4)).isEqualTo(new Reply.Ended(6));
    }

    private static List<Reply> serve(Contender contender, String requests) throws IOException {
        var out = new ByteArrayOutputStream();
        new Worker(contender).serve(new BufferedReader(new StringReader(requests)), new PrintStream(out, true, UTF_8));
        return out.toString(UTF_8).lines().map(Reply::parse).toList();
    }
}
