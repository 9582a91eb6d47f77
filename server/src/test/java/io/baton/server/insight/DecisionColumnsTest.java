package io.baton.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.insight.DecisionColumns.Near;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** A walk through the columns finds the same nearest as comparing each with each by hand. */
class DecisionColumnsTest {

    private static final long SEED = Long.getLong("seed", 20_261_127L);

    private record Past(long caseId, int step, SequencedMap<String, String> inputs) {}

    private static SequencedMap<String, String> inputs(Random random) {
        var inputs = new LinkedHashMap<String, String>();
        put(inputs, random, "amount", BigDecimal.valueOf(random.nextInt(-200, 5_000), random.nextInt(3)));
        put(inputs, random, "vendor", "Vendor " + random.nextInt(7));
        put(inputs, random, "urgent", random.nextBoolean());
        put(inputs, random, "rating", random.nextInt(4) == 0 ? "none" : BigDecimal.valueOf(random.nextInt(5)));
        return inputs;
    }

    private static void put(SequencedMap<String, String> inputs, Random random, String name, Object value) {
        if (random.nextInt(6) > 0) {
            inputs.put(name, Objects.requireNonNull(DecisionColumns.written(value)));
        }
    }

    @Test
    void findsTheNearestOfAll() {
        var random = new Random(SEED);
        var columns = new DecisionColumns();
        var all = new ArrayList<Past>();
        for (int i = 0; i < 2 * DecisionColumns.CHUNK + 100; i++) {
            var past = new Past(1_000 + i / 2, i % 2, inputs(random));
            columns.add(past.caseId(), past.step(), past.inputs());
            all.add(past);
        }
        for (int i = 0; i < 50; i++) {
            var asked = inputs(random);
            int limit = 1 + random.nextInt(30);
            var byHand = all.stream()
                    .map(past -> new Near(past.caseId(), past.step(), distance(asked, past.inputs())))
                    .sorted(Near.ORDER)
                    .limit(limit)
                    .toList();
            assertThat(columns.nearest(asked, limit))
                    .as("seed %d, %s", SEED, asked)
                    .isEqualTo(byHand);
        }
    }

    /** As docs/insight.md says it, without the columns. */
    private static float distance(SequencedMap<String, String> here, SequencedMap<String, String> there) {
        float sum = 0;
        for (var name : here.sequencedKeySet()) {
            var one = here.get(name);
            var other = there.get(name);
            if (one == null || other == null || one.charAt(0) != 'n' || other.charAt(0) != 'n') {
                sum += Objects.equals(one, other) ? 0 : 1;
                continue;
            }
            float a = Float.parseFloat(one.substring(1));
            float b = Float.parseFloat(other.substring(1));
            sum += a == b ? 0 : Math.min(1, Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)));
        }
        return sum;
    }

    @Test
    void hugeNumbersAndLongTextsAreNoTrouble() {
        assertThat(DecisionColumns.written("x".repeat(101))).isNull();
        assertThat(DecisionColumns.written(List.of("several"))).isNull();
        assertThat(DecisionColumns.written(new BigDecimal("1.50"))).isEqualTo("n1.5");
        var columns = new DecisionColumns();
        var huge = new LinkedHashMap<String, String>();
        huge.put("amount", "n" + "9".repeat(60));
        columns.add(1, 1, huge);
        assertThat(columns.nearest(huge, 5)).containsExactly(new Near(1, 1, 0));
        var small = new LinkedHashMap<String, String>();
        small.put("amount", "n1");
        assertThat(columns.nearest(small, 5)).containsExactly(new Near(1, 1, 1));
    }

    @Test
    void theOldestAreForgottenFirst() {
        var columns = new DecisionColumns();
        var inputs = new LinkedHashMap<String, String>();
        inputs.put("vendor", "tAcme");
        for (int i = 0; i < DecisionColumns.CHUNK + 1; i++) {
            columns.add(i, 1, inputs);
        }
        assertThat(columns.dropOldest()).isEqualTo(DecisionColumns.CHUNK);
        assertThat(columns.size()).isOne();
        assertThat(columns.nearest(inputs, 5)).containsExactly(new Near(DecisionColumns.CHUNK, 1, 0));
    }
}
