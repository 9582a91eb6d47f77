package io.baton.server.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parts of a whole in percent with two decimals that add up to 100.00 exactly: each is rounded down, and the hundredths
 * that are left go to those that lost most by it (largest remainder).
 */
final class Shares {

    private static final long WHOLE = 10_000; // hundredths of a percent

    private Shares() {}

    /** All 0.00 where there is nothing to share. */
    static List<BigDecimal> of(List<Long> parts) {
        long total = parts.stream().mapToLong(Long::longValue).sum();
        var hundredths = new ArrayList<Long>();
        var remainders = new ArrayList<Long>();
        for (var part : parts) {
            var product =
                    BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(WHOLE)).toBigInteger();
            var divided = product.divideAndRemainder(
                    BigDecimal.valueOf(Math.max(total, 1)).toBigInteger());
            hundredths.add(divided[0].longValueExact());
            remainders.add(divided[1].longValueExact());
        }
        long left = total == 0
                ? 0
                : WHOLE - hundredths.stream().mapToLong(Long::longValue).sum();
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing(remainders::get).reversed())
                .limit(left)
                .forEach(i -> hundredths.set(i, hundredths.get(i) + 1));
        return hundredths.stream().map(share -> BigDecimal.valueOf(share, 2)).toList();
    }
}
