package io.baton.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Percentiles by nearest rank, worked out by hand. */
class LatenciesTest {

    @Test
    void percentileIsTheSmallestValueThatTheShareDoesNotExceed() {
        var latencies = of(LongStream.of(50, 10, 40, 20, 30));
        assertThat(latencies.percentile(0.2)).isEqualTo(10);
        assertThat(latencies.percentile(0.5)).isEqualTo(30);
        assertThat(latencies.percentile(0.8)).isEqualTo(40);
        assertThat(latencies.percentile(0.81)).isEqualTo(50);
        assertThat(latencies.percentile(1)).isEqualTo(50);
    }

    @Test
    void keepsEveryValueBeyondItsFirstCapacity() {
        var latencies = of(LongStream.rangeClosed(1, 5000).map(i -> 5001 - i));
        assertThat(latencies.percentile(0.5)).isEqualTo(2500);
        assertThat(latencies.percentile(0.99)).isEqualTo(4950);
    }

    @Test
    void mergesTheValuesOfAllCallers() {
        var merged = Latencies.merged(List.of(of(LongStream.of(1, 9)), new Latencies(), of(LongStream.of(5))));
        assertThat(merged.percentile(0.5)).isEqualTo(5);
        assertThat(merged.percentile(1)).isEqualTo(9);
    }

    @Test
    void isZeroWhereNothingWasRecorded() {
        assertThat(new Latencies().percentile(0.5)).isZero();
    }

    @Test
    void refusesAShareOutsideItsRange() {
        var latencies = of(LongStream.of(1));
        assertThatThrownBy(() -> latencies.percentile(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> latencies.percentile(99)).hasMessageContaining("99");
    }

    private static Latencies of(LongStream values) {
        var latencies = new Latencies();
        values.forEach(latencies::add);
        return latencies;
    }
}
