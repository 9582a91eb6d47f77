package io.baton.bench;

import io.baton.bench.contender.Workload;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * What the sections measure with: one server, and on it a station for each contender, set up when first asked for and
 * kept until the end, so that an engine is warmed up once.
 */
final class Rig implements AutoCloseable {
    /**
     * One for each caller of a peer, and four for an engine's own threads and nested transactions: a peer that fetches
     * a block of ids inside a transaction needs a second connection, and waits for ever when its callers hold them all.
     */
    private static final int CONNECTIONS_MAX = 36;

    private final Database maintenance;
    private final Plan plan;
    private final List<ContenderSpec> contenders;
    private final Consumer<String> progress;
    private final Database own;
    private final List<String> extra = new ArrayList<>();
    private final SequencedMap<String, Station> stations = new LinkedHashMap<>();

    Rig(PostgresServer server, Plan plan, List<ContenderSpec> contenders, Consumer<String> progress)
            throws SQLException {
        this.maintenance = server.maintenance();
        this.plan = plan;
        this.contenders = contenders;
        this.progress = progress;
        this.own = create("baton_bench");
    }

    Plan plan() {
        return plan;
    }

    List<ContenderSpec> contenders() {
        return contenders;
    }

    void progress(String line) {
        progress.accept(line);
    }

    /** The harness's own database. */
    Database own() {
        return own;
    }

    Station station(ContenderSpec spec) throws IOException, SQLException {
        Station known = stations.get(spec.name());
        if (known != null) {
            return known;
        }
        progress("starting " + spec.name());
        Database database = create("baton_bench_" + spec.name());
        var station =
                new Station(spec, WorkerProcess.start(spec, database, CONNECTIONS_MAX), new Meters(database, own));
        stations.put(spec.name(), station);
        return station;
    }

    /** As the contenders that have been started state them. */
    Map<String, String> versions() {
        var versions = new LinkedHashMap<String, String>();
        stations.forEach((name, station) -> versions.put(name, station.worker.version()));
        return versions;
    }

    /** An empty database for a section of its own; dropped at the end. */
    Database fresh(String name) throws SQLException {
        extra.add(name);
        return create(name);
    }

    private Database create(String name) throws SQLException {
        try (Connection connection = maintenance.connect()) {
            Sql.run(connection, "drop database if exists " + name + " with (force)");
            Sql.run(connection, "create database " + name);
        }
        return maintenance.named(name);
    }

    @Override
    public void close() throws IOException, SQLException {
        for (Station station : stations.sequencedValues().reversed()) {
            station.meters.close();
            station.worker.close();
        }
        try (Connection connection = maintenance.connect()) {
            for (String name : stations.keySet()) {
                Sql.run(connection, "drop database if exists baton_bench_" + name + " with (force)");
            }
            for (String name : extra) {
                Sql.run(connection, "drop database if exists " + name + " with (force)");
            }
            Sql.run(connection, "drop database if exists " + own.name() + " with (force)");
        }
    }

    /** One contender at work: its JVM and the meters on its database. */
    static final class Station {
        private final ContenderSpec spec;
        private final WorkerProcess worker;
        private final Meters meters;
        private boolean warm;

        private Station(ContenderSpec spec, WorkerProcess worker, Meters meters) {
            this.spec = spec;
            this.worker = worker;
            this.meters = meters;
        }

        WorkerProcess worker() {
            return worker;
        }

        Meters meters() {
            return meters;
        }

        /** Deploys the workload and runs it unmeasured; returns how many cases that took. */
        long warmUp(Workload workload, Plan plan) throws IOException {
            worker.prepare(workload);
            long cases = worker.run(workload, plan.warmingUp(!warm, spec.callersMax()))
                    .cases();
            warm = true;
            return cases;
        }
    }
}
