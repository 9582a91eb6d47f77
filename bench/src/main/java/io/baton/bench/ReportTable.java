package io.baton.bench;

import java.util.Comparator;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The report for people. Each line is compared with the faster peer of the same run: at the same number of callers or,
 * where the peers stop earlier, at their largest.
 */
final class ReportTable {
    private static final String BATON = "baton";
    private static final String LINE = "%7s  %-10s %10s %8s %9s %9s %8s %8s %8s %7s %9s %10s%n";

    private final Report report;
    private final StringBuilder out = new StringBuilder();

    private ReportTable(Report report) {
        this.report = report;
    }

    static String of(Report report, Machine machine) {
        var table = new ReportTable(report);
        table.out.append(machine).append('\n');
        report.workloads().forEach((workload, byCallers) -> {
            table.out.append("\n%s  %s%n".formatted(workload, workload.title()));
            table.workload(byCallers);
        });
        table.footer();
        return table.out.toString();
    }

    private void workload(SequencedMap<Integer, SequencedMap<String, Figures>> byCallers) {
        out.append(LINE.formatted(
                "", "", "", "× faster", "complete", "complete", "CPU ms", "", "Postgre-", "state-", "", ""));
        out.append(LINE.formatted(
                "callers",
                "",
                "cases/s",
                "peer",
                "p50 ms",
                "p99 ms",
                "in all",
                "JVM",
                "SQL",
                "ments",
                "WAL kB",
                "stored kB"));
        byCallers.forEach((callers, byContender) -> {
            Entry<String, Figures> peer = fasterPeer(byCallers, callers);
            byContender.forEach((name, figures) -> line(callers, name, figures, peer));
            Figures baton = byContender.get(BATON);
            if (baton != null && peer != null) {
                ratios(baton, peer);
            }
        });
    }

    private void line(int callers, String name, Figures figures, @Nullable Entry<String, Figures> peer) {
        String ratio = peer == null
                ? ""
                : number(figures.casesPerSecond() / peer.getValue().casesPerSecond());
        out.append(LINE.formatted(
                callers,
                name,
                number(figures.casesPerSecond()),
                ratio,
                number(figures.completeP50Ms()),
                number(figures.completeP99Ms()),
                number(figures.cpuMs()),
                number(figures.cpuJvmMs()),
                number(figures.cpuPostgresMs()),
                number(figures.statements()),
                number(figures.walBytes() / 1000),
                number(figures.storedBytes() / 1000)));
    }

    /** How many times as much the peer needs for the same, except that more cases/s are Baton's. */
    private void ratios(Figures baton, Entry<String, Figures> peer) {
        Function<Function<Figures, @Nullable Double>, String> times = figure -> {
            Double ours = figure.apply(baton);
            Double theirs = figure.apply(peer.getValue());
            return ours == null || theirs == null || ours == 0 ? "" : "×" + number(theirs / ours);
        };
        out.append(LINE.formatted(
                "",
                "↑ " + peer.getKey(),
                "×" + number(baton.casesPerSecond() / peer.getValue().casesPerSecond()),
                "",
                times.apply(Figures::completeP50Ms),
                times.apply(Figures::completeP99Ms),
                times.apply(Figures::cpuMs),
                times.apply(Figures::cpuJvmMs),
                times.apply(Figures::cpuPostgresMs),
                times.apply(Figures::statements),
                times.apply(Figures::walBytes),
                times.apply(Figures::storedBytes)));
    }

    private static @Nullable Entry<String, Figures> fasterPeer(
            SequencedMap<Integer, SequencedMap<String, Figures>> byCallers, int callers) {
        return byCallers.entrySet().stream()
                .filter(entry -> entry.getKey() <= callers)
                .sorted(Entry.<Integer, SequencedMap<String, Figures>>comparingByKey()
                        .reversed())
                .map(entry -> entry.getValue().entrySet().stream()
                        .filter(contender -> !contender.getKey().equals(BATON))
                        .max(Comparator.comparingDouble(
                                contender -> contender.getValue().casesPerSecond())))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private void footer() {
        report.singleRowCommitP50Ms()
                .ifPresent(ms -> out.append("%nlimit  a single-row commit takes %s ms (p50)%n".formatted(number(ms))));
        var scale = report.scale();
        if (scale != null) {
            out.append(
                    "%nscale  %,d open cases: ready in %.1f s, heap %.0f MB, inbox p99 %.1f ms, case list p99 %.1f ms%n"
                            .formatted(
                                    scale.openCases(),
                                    scale.startSeconds(),
                                    scale.heapMb(),
                                    scale.inboxP99Ms(),
                                    scale.casesP99Ms()));
        }
        var timers = report.timers();
        if (timers != null) {
            out.append(
                    "%ntimers  %,d of %,d steps due at once: %.1f s on %d nodes, %d lost, %d twice; idle %.1f CPU ms a second%n"
                            .formatted(
                                    timers.due(),
                                    timers.steps(),
                                    timers.seconds(),
                                    timers.nodes(),
                                    timers.lost(),
                                    timers.twice(),
                                    timers.idleCpuMs()));
        }
        var insight = report.insight();
        if (insight != null) {
            out.append(
                    "%ninsight  %,d open and %,d finished cases: first look %.1f s, heap %.0f MB; p50 and p99 in ms%n"
                            .formatted(insight.open(), insight.closed(), insight.firstLookSeconds(), insight.heapMb()));
            insight.pages()
                    .forEach((page, times) ->
                            out.append("  %7.1f %7.1f  %s%n".formatted(times.p50Ms(), times.p99Ms(), page)));
        }
        if (!report.workloads().isEmpty()) {
            out.append("""

                    CPU, statements, WAL and stored bytes are per case; 1 kB is 1,000 bytes. In W2 no person completes a
                    task: there the duration is that of the start, which ends the case. A line with × says how many times
                    as much as Baton the faster peer needs, and how many times its cases/s Baton does.
                    """);
        }
    }

    /** Three digits that count. */
    private static String number(@Nullable Double value) {
        if (value == null) {
            return "–";
        }
        double size = Math.abs(value);
        return (size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f").formatted(value);
    }
}
