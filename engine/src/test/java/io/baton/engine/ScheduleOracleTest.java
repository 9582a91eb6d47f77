package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The buffer of random processes without loops, against the longest of all ways, tried one by one. A failure names its
 * seed: {@code -Dseed=N} runs it alone.
 */
class ScheduleOracleTest {

    static LongStream seeds() {
        var seed = Long.getLong("seed");
        return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("runs", 500));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theLongestWayCounts(long seed) {
        var random = new Random(seed);
        int nodes = 2 + random.nextInt(9);
        var hours = new int[nodes];
        var flows = new boolean[nodes][nodes];
        var text = new StringBuilder("process p due=P30D\nstart -> n0\n");
        for (int i = 0; i < nodes; i++) {
            hours[i] = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(40);
            var kind = random.nextBoolean() ? "user team=ap" : "job type=t";
            text.append("n%d: %s%s%n".formatted(i, kind, hours[i] == 0 ? "" : " takes=PT" + hours[i] + "H"));
            for (int j = i + 1; j < nodes; j++) {
                if (j == i + 1 || random.nextInt(3) == 0) {
                    flows[i][j] = true;
                    text.append("n%d -> n%d%n".formatted(i, j));
                }
            }
        }
        var play = new Play(Models.of(text.toString()));
        play.send(new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), Actor.person("olga"));
        play.passes(Duration.ofMinutes(random.nextInt(600)));

        var buffer = Objects.requireNonNull(Buffer.of(play.state, play.roster, play.now));

        assertThat(buffer.left())
                .as("seed %d%n%s", seed, text)
                .isEqualTo(Duration.between(play.now, Objects.requireNonNull(play.state.due()))
                        .minusHours(longest(0, hours, flows)));
    }

    private static long longest(int node, int[] hours, boolean[][] flows) {
        long longest = 0;
        for (int next = node + 1; next < hours.length; next++) {
            if (flows[node][next]) {
                longest = Math.max(longest, longest(next, hours, flows));
            }
        }
        return hours[node] + longest;
    }
}
