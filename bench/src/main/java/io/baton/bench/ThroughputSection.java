package io.baton.bench;

import io.baton.bench.Rig.Station;
import io.baton.bench.contender.ClosedLoop.Outcome;
import io.baton.bench.contender.Workload;
import java.io.IOException;
import java.sql.SQLException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One workload, every contender, every number of callers. */
record ThroughputSection(Workload workload) implements Section {

    @Override
    public String key() {
        return workload.name();
    }

    @Override
    public void measure(Rig rig, Report report) throws IOException, SQLException {
        for (ContenderSpec spec : rig.contenders()) {
            Station station = rig.station(spec);
            rig.progress("%s: %s warms up".formatted(workload, spec.name()));
            long cases = station.warmUp(workload, rig.plan());
            for (int callers : rig.plan().callers()) {
                if (callers <= spec.callersMax()) {
                    var cell = measure(station, rig.plan(), callers);
                    cases += cell.cases;
                    report.add(workload, callers, spec.name(), cell.figures);
                    rig.progress("%s: %s with %d callers, %.1f cases/s"
                            .formatted(workload, spec.name(), callers, cell.figures.casesPerSecond()));
                }
            }
            long ended = station.worker().endedCases(workload);
            if (ended != cases) {
                throw new IllegalStateException("%s: Expected %d ended cases of %s but its history says %d"
                        .formatted(spec.name(), cases, workload, ended));
            }
        }
    }

    private record Cell(Figures figures, long cases) {}

    private Cell measure(Station station, Plan plan, int callers) throws IOException, SQLException {
        Meters meters = station.meters();
        WorkerProcess worker = station.worker();
        meters.vacuum();
        meters.checkpoint();
        long storedBefore = meters.storedBytes();
        long rampCases = worker.run(workload, plan.ramp(callers)).cases();

        long walBefore = meters.walBytes();
        OptionalDouble cpuBefore = meters.cpuMillis();
        Outcome window = worker.run(workload, plan.window(callers));
        OptionalDouble cpuAfter = meters.cpuMillis();
        long walAfter = meters.walBytes();

        meters.vacuum();
        double cases = window.cases();
        double storedBytes = (meters.storedBytes() - storedBefore) / (rampCases + cases);
        Double cpuPostgresMs = cpuBefore.isPresent() && cpuAfter.isPresent()
                ? (Double) ((cpuAfter.getAsDouble() - cpuBefore.getAsDouble()) / cases)
                : null;
        long countedCases = 0;
        @Nullable Double statements = null;
        if (meters.canCount()) {
            meters.startCounting();
            countedCases = worker.run(workload, plan.counted(callers)).cases();
            statements = meters.stopCounting() / (double) countedCases;
        }
        var figures = new Figures(
                cases / (window.nanos() / 1e9),
                window.cpuNanos() / 1e6 / cases,
                cpuPostgresMs,
                (walAfter - walBefore) / cases,
                storedBytes,
                statements,
                window.completeP50Nanos() / 1e6,
                window.completeP99Nanos() / 1e6);
        return new Cell(figures, rampCases + window.cases() + countedCases);
    }
}
