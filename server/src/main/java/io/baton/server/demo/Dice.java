package io.baton.server.demo;

import io.baton.server.replay.Profile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The only source of chance in the demo: L64X128MixRandom, seeded by the demo's seed and a number for each case, so that
 * the same seed gives the same history in whatever order the cases are played. Only {@code nextDouble} is used: its
 * values are fixed by the algorithm.
 */
final class Dice {

    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /** Spreads seeds that lie close together (Knuth's golden ratio). */
    private static final long STREAM = 0x9E3779B97F4A7C15L;

    /** Twelve uniform numbers added up: close enough to a normal distribution. */
    private static final int NORMAL_TERMS = 12;

    private final RandomGenerator random;

    Dice(long seed, long stream) {
        this.random = FACTORY.create(seed + STREAM * (stream + 1));
    }

    /** From 0 to below 1. */
    double share() {
        return random.nextDouble();
    }

    boolean chance(double probability) {
        return share() < probability;
    }

    /** Both ends included. */
    int between(int from, int to) {
        return from + (int) (share() * (to - from + 1));
    }

    <T> T pick(List<T> from) {
        return from.get(between(0, from.size() - 1));
    }

    /** One of the words, each followed by its weight: {@code pick("yes", 9, "no", 1)}. */
    String weighted(Object... wordsAndWeights) {
        double all = 0;
        for (int i = 1; i < wordsAndWeights.length; i += 2) {
            all += ((Number) wordsAndWeights[i]).doubleValue();
        }
        double left = share() * all;
        for (int i = 0; i < wordsAndWeights.length; i += 2) {
            left -= ((Number) wordsAndWeights[i + 1]).doubleValue();
            if (left < 0) {
                return (String) wordsAndWeights[i];
            }
        }
        return (String) wordsAndWeights[0];
    }

    /** An amount of money around the median: log-normal, as amounts are. */
    BigDecimal money(double median, double spread) {
        double normal = -NORMAL_TERMS / 2.0;
        for (int i = 0; i < NORMAL_TERMS; i++) {
            normal += share();
        }
        return BigDecimal.valueOf(median * Math.exp(spread * normal)).setScale(2, RoundingMode.HALF_UP);
    }

    /** A value of the measured distribution: its inverse, linear between the quantiles known. */
    double from(Profile.Spread spread) {
        double[] shares = {0, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 1};
        double[] values = {
            spread.p10() / 2,
            spread.p10(),
            spread.p25(),
            spread.p50(),
            spread.p75(),
            spread.p90(),
            spread.p95(),
            spread.p99(),
            spread.p99()
        };
        double at = share();
        int i = 1;
        while (at > shares[i]) {
            i++;
        }
        double part = (at - shares[i - 1]) / (shares[i] - shares[i - 1]);
        return values[i - 1] + part * (values[i] - values[i - 1]);
    }
}
