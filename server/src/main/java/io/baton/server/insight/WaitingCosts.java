package io.baton.server.insight;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What it costs that cases wait, in one currency (null for amounts without one): of those open cases whose amounts the reader may see. {@code soFar} is each
 * case's cost per day × the days (of 24 hours) since it started, added up exactly and rounded half up at the end.
 *
 * @param dearest the cases that have cost most so far
 */
public record WaitingCosts(
        @Nullable String currency, long cases, BigDecimal perDay, BigDecimal soFar, List<Dearest> dearest) {

    public record Dearest(long caseId, BigDecimal perDay, BigDecimal soFar) {}

    private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;

    /** Of an amount in {@link OpenCase.Waiting}. */
    private static final int DIGITS = 6;

    private static final int SHOWN_DIGITS = 2;

    /** Amounts a day × microseconds do not fit into a long: a number of 128 bits. */
    private static final class Sum {
        private long cases;
        private long perDay;
        private long high;
        private long low;
        private final Comparator<OpenCase> order;
        private final PriorityQueue<OpenCase> dearest;

        Sum(Comparator<OpenCase> order) {
            this.order = order;
            dearest = new PriorityQueue<>(order);
        }

        void add(OpenCase each, long amount, long elapsed, int limit) {
            cases++;
            perDay += amount;
            long added = low + amount * elapsed;
            high += Math.multiplyHigh(amount, elapsed) + (Long.compareUnsigned(added, low) < 0 ? 1 : 0);
            low = added;
            if (dearest.size() < limit) {
                dearest.add(each);
            } else if (order.compare(each, dearest.element()) > 0) {
                dearest.poll();
                dearest.add(each);
            }
        }

        BigInteger soFar() {
            return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
        }
    }

    static final class Tally {
        private final Needs.Reader reader;
        private final long now;
        private final int limit;
        private final SortedMap<@Nullable String, Sum> sums =
                new TreeMap<>(Comparator.nullsLast(Comparator.naturalOrder()));
        private final Comparator<OpenCase> order;

        Tally(Needs.Reader reader, long now, int limit) {
            this.reader = reader;
            this.now = now;
            this.limit = limit;
            this.order = Comparator.comparingDouble((OpenCase each) -> (double) amount(each) * elapsed(each))
                    .thenComparingLong(each -> -each.id());
        }

        /** As decision 18 has it: for administrators, and for the owner. */
        void add(OpenCase each) {
            var waiting = each.waiting();
            if (waiting != null && (reader.everything() || each.owner().equals(reader.person()))) {
                sums.computeIfAbsent(waiting.currency(), _ -> new Sum(order))
                        .add(each, waiting.perDay(), elapsed(each), limit);
            }
        }

        private static long amount(OpenCase each) {
            return each.waiting() == null ? 0 : each.waiting().perDay();
        }

        private long elapsed(OpenCase each) {
            return Math.max(0, now - each.startedAt());
        }

        List<WaitingCosts> costs() {
            var costs = new ArrayList<WaitingCosts>();
            sums.forEach((currency, sum) -> costs.add(new WaitingCosts(
                    currency,
                    sum.cases,
                    shown(BigDecimal.valueOf(sum.perDay, DIGITS)),
                    soFar(sum.soFar()),
                    dearest(sum))));
            return costs;
        }

        private List<Dearest> dearest(Sum sum) {
            return sum.dearest.stream()
                    .sorted(order.reversed())
                    .map(each -> new Dearest(
                            each.id(),
                            shown(BigDecimal.valueOf(amount(each), DIGITS)),
                            soFar(BigInteger.valueOf(amount(each)).multiply(BigInteger.valueOf(elapsed(each))))))
                    .toList();
        }

        private static BigDecimal soFar(BigInteger amountTimesMicros) {
            return new BigDecimal(amountTimesMicros, DIGITS)
                    .divide(BigDecimal.valueOf(DAY), SHOWN_DIGITS, RoundingMode.HALF_UP);
        }

        private static BigDecimal shown(BigDecimal amount) {
            return amount.setScale(SHOWN_DIGITS, RoundingMode.HALF_UP);
        }
    }
}
