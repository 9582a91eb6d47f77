package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Percentages that add up. */
class SharesTest {

    @Test
    void whatIsLeftOfAHundredGoesToWhomRoundingTookMostFrom() {
        assertThat(Shares.of(List.of(1L, 1L, 1L)))
                .containsExactly(new BigDecimal("33.34"), new BigDecimal("33.33"), new BigDecimal("33.33"));
        assertThat(Shares.of(List.of(1L, 5L))).containsExactly(new BigDecimal("16.67"), new BigDecimal("83.33"));
        assertThat(Shares.of(List.of(0L, 7L))).containsExactly(new BigDecimal("0.00"), new BigDecimal("100.00"));
    }

    @Test
    void nothingToShareIsNothingForEverybody() {
        assertThat(Shares.of(List.of())).isEmpty();
        assertThat(Shares.of(List.of(0L, 0L))).containsExactly(new BigDecimal("0.00"), new BigDecimal("0.00"));
    }

    @Test
    void anySharesAddUpToAHundredAndAreWithinAHundredthOfTheTruth() {
        var random = new Random(7);
        for (int round = 0; round < 1_000; round++) {
            var parts = new ArrayList<Long>();
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                parts.add(random.nextLong(1, 1L << random.nextInt(1, 55)));
            }
            double total = parts.stream().mapToLong(Long::longValue).sum();
            var shares = Shares.of(parts);
            assertThat(shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo("100");
            for (int i = 0; i < parts.size(); i++) {
                assertThat(Math.abs(shares.get(i).doubleValue() - 100 * parts.get(i) / total))
                        .isLessThan(0.0100001);
            }
        }
    }
}
