package io.baton.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.bench.contender.ClosedLoop.Bounds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The loop's two bounds, and what it does with a failure. */
class ClosedLoopTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void stopsWhenTheCasesAreUsedUp() throws InterruptedException {
        var contender = new CountingContender(0);
        var outcome = ClosedLoop.run(contender, Workload.W1, new Bounds(8, LONG, 1000));
        assertThat(outcome.cases()).isEqualTo(1000);
        assertThat(contender.endedCases(Workload.W1)).isEqualTo(1000);
        assertThat(outcome.nanos()).isPositive().isLessThan(LONG.toNanos());
        assertThat(outcome.completeP99Nanos()).isPositive().isGreaterThanOrEqualTo(outcome.completeP50Nanos());
    }

    @Test
    void stopsWhenTheTimeIsUp() throws InterruptedException {
        var contender = new CountingContender(0);
        var outcome = ClosedLoop.run(contender, Workload.W1, new Bounds(2, Duration.ofMillis(20), Long.MAX_VALUE));
        assertThat(outcome.nanos()).isGreaterThanOrEqualTo(20_000_000);
        assertThat(outcome.cases()).isEqualTo(contender.endedCases(Workload.W1));
        assertThat(ClosedLoop.run(contender, Workload.W1, new Bounds(2, Duration.ZERO, Long.MAX_VALUE))
                        .cases())
                .isZero();
    }

    @Test
    void everyCallerIsAPersonOfItsOwn() throws InterruptedException {
        var contender = new CountingContender(0, 3);
        ClosedLoop.run(contender, Workload.W1, new Bounds(3, LONG, 3));
        assertThat(contender.people).containsExactlyInAnyOrder("person-0", "person-1", "person-2");
    }

    @Test
    void aFailedCaseStopsEveryCallerAndIsThrown() {
        var contender = new CountingContender(100);
        assertThatThrownBy(() -> ClosedLoop.run(contender, Workload.W2, new Bounds(4, LONG, Long.MAX_VALUE)))
                .hasMessageContaining("W2")
                .hasMessageContaining("no paper in the printer");
    }

    @Test
    void refusesBoundsWithoutCallersOrCases() {
        assertThatThrownBy(() -> new Bounds(0, LONG, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bounds(1, LONG, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
