package io.baton.server.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Three months of cases until now. Which cases there are and what happens in them follows from the seed and the day; the
 * moment only decides how far each has come.
 */
final class History {

    static final int DAYS = 91;

    /** Cases that begin within {@link #DAYS} and today. */
    private static final int CASES = 1_500;

    /** Numbers the generator that decides about arrivals; cases have theirs from 1 on. */
    private static final long ARRIVALS = 0;

    /** One case that is still to be played. */
    record Entrance(Instant start, String process, Callable<List<CaseSimulation.Given>> play) {}

    private final Stage stage;
    private final long seed;
    private final Instant now;

    History(Stage stage, long seed, Instant now) {
        this.stage = stage;
        this.seed = seed;
        this.now = now;
    }

    /** The day on which the first case could begin. */
    LocalDate firstDay() {
        return today().minusDays(DAYS);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, stage.company().zone());
    }

    /** In the order in which they begin. */
    List<Entrance> entrances() {
        var dice = new Dice(seed, ARRIVALS);
        double all = stage.arrivals().between(firstDay(), today().plusDays(1));
        double[] moments = new double[CASES];
        for (int i = 0; i < CASES; i++) {
            moments[i] = dice.share() * all;
        }
        Arrays.sort(moments);
        var numbers = new HashMap<String, Integer>();
        var entrances = new ArrayList<Entrance>();
        var at = firstDay().atStartOfDay(stage.company().zone()).toInstant();
        for (int i = 0; i < CASES; i++) {
            at = stage.arrivals().after(at, moments[i] - (i == 0 ? 0 : moments[i - 1]));
            var process = process(dice, numbers.getOrDefault("client-onboarding", 0));
            int number = numbers.merge(process, 1, Integer::sum) - 1;
            if (at.isAfter(now)) {
                return entrances;
            }
            var start = at;
            var ofCase = new Dice(seed, i + 1L);
            entrances.add(new Entrance(
                    start,
                    process,
                    () -> new CaseSimulation(stage, stage.story(process), ofCase, now).play(start, number)));
        }
        return entrances;
    }

    /** A client comes on board once. */
    private String process(Dice dice, int onboardings) {
        var process = dice.weighted(
                "vendor-payment", 33,
                "customer-order", 29,
                "service-exception", 18,
                "request-for-payment", 16,
                "client-onboarding", 4);
        return process.equals("client-onboarding")
                        && onboardings >= stage.company().clients().size()
                ? "customer-order"
                : process;
    }
}
