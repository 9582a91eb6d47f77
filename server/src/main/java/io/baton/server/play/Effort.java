package io.baton.server.play;

import io.baton.engine.Event;
import io.baton.engine.Values;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What one play has cost so far, and how much it may cost: a process that runs away must hold neither the processor nor
 * the memory. One command is bounded by the engine; this bounds all of them together.
 */
final class Effort {

    /** Commands, those of its clocks included. */
    static final int COMMANDS_MAX = 2_000;

    static final int EVENTS_MAX = 50_000;

    /** {@link Values#size} of all that is written to variables. */
    static final long VARIABLES_SIZE_MAX = 16_000_000;

    static final Duration TIME_MAX = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final long begin;
    private int commands;
    private int events;
    private long variablesSize;

    Effort(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Before each command. */
    void command() {
        commands++;
        if (commands > COMMANDS_MAX) {
            throw new Exhausted("more than " + COMMANDS_MAX + " things have happened in it");
        }
        if (nanoTime.getAsLong() - begin > TIME_MAX.toNanos()) {
            throw new Exhausted("it takes longer than " + TIME_MAX.toSeconds() + " seconds");
        }
    }

    /** After each command. */
    void caused(List<Event> caused) {
        events += caused.size();
        for (var event : caused) {
            variablesSize += size(event);
        }
        if (events > EVENTS_MAX) {
            throw new Exhausted("more than " + EVENTS_MAX + " events have happened in it");
        }
        if (variablesSize > VARIABLES_SIZE_MAX) {
            throw new Exhausted("it has written variables of more than " + VARIABLES_SIZE_MAX + " characters");
        }
    }

    private static long size(Event event) {
        return switch (event) {
            case Event.VariablesSet set -> Values.size(set.variables());
            case Event.DecisionMade made -> Values.size(made.variables());
            default -> 0;
        };
    }
}
