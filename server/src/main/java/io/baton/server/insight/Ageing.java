package io.baton.server.insight;

import static io.baton.server.insight.OpenCase.NEVER;

import io.baton.engine.codec.Decoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * How old open work is against how long such cases took: a case stands at each step that it waits at, and its age is
 * counted from its start. The lines are percentiles of the times from start to end of the cases completed in the last {@link #LINE_DAYS}
 * days.
 *
 * @param columns where cases stand: a step of the process, or a process where cases of all are looked at
 * @param oldest so many of the oldest cases, each in its column
 */
public record Ageing(Lines lines, List<Column> columns, List<Point> oldest) {

    static final int LINE_DAYS = 92;

    /** Null where nothing was completed; {@code of} is how many were. */
    public record Lines(
            long of,
            @Nullable Duration p50,
            @Nullable Duration p85,
            @Nullable Duration p95) {}

    /** {@code overP50} and the others: how many are older than the line. */
    public record Column(String key, long cases, long overP50, long overP85, long overP95, Instant oldest) {}

    public record Point(long id, int process, String column, Instant startedAt, boolean overdue, boolean atRisk) {}

    static final class Tally {
        private final Matching matching;
        private final boolean bySteps;
        private final Percentile took = new Percentile();
        private final Map<String, List<OpenCase>> columns = new HashMap<>();

        Tally(Matching matching, boolean bySteps) {
            this.matching = matching;
            this.bySteps = bySteps;
        }

        void add(ClosedCases.Row row) {
            if (row.isCompleted() && matching.matches(row)) {
                took.add(row.ended() - row.started());
            }
        }

        void add(OpenCase each) {
            if (!bySteps) {
                columns.computeIfAbsent(each.processKey(), _ -> new ArrayList<>())
                        .add(each);
                return;
            }
            for (var step : each.steps()) {
                if (matching.matches(step)) {
                    var column = columns.computeIfAbsent(step.node(), _ -> new ArrayList<>());
                    if (column.isEmpty() || column.getLast().id() != each.id()) {
                        column.add(each);
                    }
                }
            }
        }

        Ageing ageing(int limit) {
            long[] lines = {line(50), line(85), line(95)};
            var shown = new ArrayList<Column>();
            var oldest = new PriorityQueue<Placed>(Comparator.comparing(Placed::each, OLDEST.reversed()));
            columns.forEach((column, cases) -> {
                shown.add(column(column, cases, lines));
                for (var each : cases) {
                    if (oldest.size() < limit
                            || OLDEST.compare(each, oldest.element().each()) < 0) {
                        oldest.add(new Placed(column, each));
                        if (oldest.size() > limit) {
                            oldest.poll();
                        }
                    }
                }
            });
            var points = new ArrayList<Point>();
            while (!oldest.isEmpty()) {
                points.add(point(oldest.poll()));
            }
            Collections.reverse(points);
            shown.sort(Comparator.comparing(Column::key));
            return new Ageing(
                    new Lines(
                            took.size(),
                            Headline.duration(took.of(50)),
                            Headline.duration(took.of(85)),
                            Headline.duration(took.of(95))),
                    shown,
                    points);
        }

        private static final Comparator<OpenCase> OLDEST =
                Comparator.comparingLong(OpenCase::startedAt).thenComparingLong(OpenCase::id);

        private record Placed(String column, OpenCase each) {}

        private Point point(Placed placed) {
            var each = placed.each();
            return new Point(
                    each.id(),
                    each.process(),
                    placed.column(),
                    Decoder.instant(each.startedAt()),
                    each.isOverdue(matching.now()),
                    each.isAtRisk(matching.now()));
        }

        private long line(int percent) {
            return took.of(percent).orElse(NEVER);
        }

        private Column column(String key, List<OpenCase> cases, long[] lines) {
            long oldest = NEVER;
            var over = new long[lines.length];
            for (var each : cases) {
                oldest = Math.min(oldest, each.startedAt());
                for (int i = 0; i < lines.length; i++) {
                    over[i] += matching.now() - each.startedAt() > lines[i] ? 1 : 0;
                }
            }
            return new Column(key, cases.size(), over[0], over[1], over[2], Decoder.instant(oldest));
        }
    }
}
