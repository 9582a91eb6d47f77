package io.baton.bench.contender;

import io.baton.bench.contender.ClosedLoop.Outcome;

/** What a worker answers: {@code Ready} unasked when it has started, then one line for each {@link Request}. */
public sealed interface Reply {
    record Ready(String version) implements Reply {}

    record Prepared() implements Reply {}

    record Ran(Outcome outcome) implements Reply {}

    record Ended(long cases) implements Reply {}

    record Failed(String message) implements Reply {}

    default String line() {
        return switch (this) {
            case Ready(var version) -> "ready " + version;
            case Prepared() -> "prepared";
            case Ran(var o) ->
                "ran %d %d %d %d %d"
                        .formatted(o.cases(), o.nanos(), o.cpuNanos(), o.completeP50Nanos(), o.completeP99Nanos());
            case Ended(var cases) -> "ended " + cases;
            case Failed(var message) -> "failed " + message.replaceAll("\\R", " ");
        };
    }

    static Reply parse(String line) {
        String[] words = line.split(" ", 2);
        return switch (words[0]) {
            case "ready" -> new Ready(words[1]);
            case "prepared" -> new Prepared();
            case "ran" -> new Ran(parseOutcome(words[1].split(" ")));
            case "ended" -> new Ended(Long.parseLong(words[1]));
            case "failed" -> new Failed(words[1]);
            default -> throw new IllegalArgumentException("Expected a worker's reply but got: " + line);
        };
    }

    private static Outcome parseOutcome(String[] numbers) {
        return new Outcome(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]),
                Long.parseLong(numbers[4]));
    }
}
