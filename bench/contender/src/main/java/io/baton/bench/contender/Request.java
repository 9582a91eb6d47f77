package io.baton.bench.contender;

import io.baton.bench.contender.ClosedLoop.Bounds;
import java.time.Duration;

/** What the harness asks of a worker: one line of words each, answered with one {@link Reply} line. */
public sealed interface Request {
    record Prepare(Workload workload) implements Request {}

    record Run(Workload workload, Bounds bounds) implements Request {}

    record CountEnded(Workload workload) implements Request {}

    default String line() {
        return switch (this) {
            case Prepare(var workload) -> "prepare " + workload;
            case Run(var workload, var bounds) ->
                "run %s %d %d %d"
                        .formatted(workload, bounds.callers(), bounds.time().toMillis(), bounds.casesMax());
            case CountEnded(var workload) -> "ended " + workload;
        };
    }

    static Request parse(String line) {
        String[] words = line.split(" ");
        return switch (words[0]) {
            case "prepare" -> new Prepare(Workload.valueOf(words[1]));
            case "run" ->
                new Run(
                        Workload.valueOf(words[1]),
                        new Bounds(
                                Integer.parseInt(words[2]),
                                Duration.ofMillis(Long.parseLong(words[3])),
                                Long.parseLong(words[4])));
            case "ended" -> new CountEnded(Workload.valueOf(words[1]));
            default -> throw new IllegalArgumentException("Expected prepare, run or ended but got: " + line);
        };
    }
}
