package io.baton.server.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the people and parties around one process usually do: how a case begins, how long each of its tasks takes and what
 * is answered, which messages come. Systems are in {@link Systems}.
 */
abstract class Story {

    /** {@code silent}: the share of tasks that nobody ever does, so that the process's timers have to. */
    record Habit(Pace pace, double silent, Function<Scene, SequencedMap<String, @Nullable Object>> answer) {}

    /** How often whoever takes the task finds the work before it not ready, and what it lacks. */
    record Handback(double chance, List<String> missing) {}

    /** A message that may come while a case waits for it. */
    record Signal(double chance, Pace pace, Function<Scene, SequencedMap<String, @Nullable Object>> carries) {}

    /** {@code start} is the start event that a message set off, or null when {@code owner} started the case by hand. */
    record Opening(@Nullable String start, String owner, SequencedMap<String, @Nullable Object> variables) {}

    private final String process;
    private final Map<String, Habit> habits = new LinkedHashMap<>();
    private final Map<String, Handback> handbacks = new LinkedHashMap<>();
    private final Map<String, Signal> signals = new LinkedHashMap<>();

    Story(String process) {
        this.process = process;
    }

    final String process() {
        return process;
    }

    /** {@code number} counts the cases of this process. */
    abstract Opening open(Scene scene, int number);

    final Map<String, Habit> habits() {
        return habits;
    }

    final Map<String, Handback> handbacks() {
        return handbacks;
    }

    final Map<String, Signal> signals() {
        return signals;
    }

    final void task(String node, Pace pace, Function<Scene, SequencedMap<String, @Nullable Object>> answer) {
        task(node, pace, 0, answer);
    }

    final void task(
            String node, Pace pace, double silent, Function<Scene, SequencedMap<String, @Nullable Object>> answer) {
        habits.put(node, new Habit(pace, silent, answer));
    }

    final void handback(String node, double chance, String... missing) {
        handbacks.put(node, new Handback(chance, List.of(missing)));
    }

    final void message(
            String name, double chance, Pace pace, Function<Scene, SequencedMap<String, @Nullable Object>> carries) {
        signals.put(name, new Signal(chance, pace, carries));
    }
}
