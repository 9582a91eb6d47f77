package io.baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Values;
import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Request;
import io.baton.server.database.Databases;
import io.baton.server.processes.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A million open steps, each with a due date and a policy that reminds, of which one in ten is due at the same minute. Two
 * nodes, each a JVM of its own, handle those as soon as their clocks say so; the journal and the deliveries say whether any
 * was lost or done twice. Before that a hundredth was due, and was handled and sent: a node in service has done this before,
 * and its code is compiled. Then nothing is due, and what the two nodes use meanwhile is the cost of waiting.
 */
record TimersSection() implements Section {

    private static final int NODES = 2;
    private static final int DUE_ONE_IN = 10;
    private static final int WARM_UP_ONE_IN = 100;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration WARM_UP = Duration.ofDays(5);
    private static final Duration NEAR = Duration.ofDays(10);
    private static final Duration FAR = Duration.ofDays(100);

    /** {@code cpuMs} is what both nodes' JVMs used while those were due, {@code idleCpuMs} what they use in an idle second. */
    record Figures(
            long steps, long due, double seconds, long lost, long twice, int nodes, double cpuMs, double idleCpuMs) {
        SequencedMap<String, Object> json() {
            var json = new LinkedHashMap<String, Object>();
            json.put("steps", steps);
            json.put("due", due);
            json.put("seconds", Math.round(seconds * 100) / 100.0);
            json.put("lost", lost);
            json.put("twice", twice);
            json.put("nodes", nodes);
            json.put("cpuJvmMs", Math.round(cpuMs));
            json.put("idleCpuMsPerSecond", Math.round(idleCpuMs * 10) / 10.0);
            return json;
        }
    }

    @Override
    public String key() {
        return "timers";
    }

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public void measure(Rig rig, Report report) throws IOException, SQLException {
        var target = rig.fresh("baton_bench_timers");
        var near = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(NEAR);
        rig.progress("timers: loading " + "%,d".formatted(OpenCases.CASES) + " open steps");
        load(target, near);
        try (var nodes = new Nodes(target)) {
            rig.progress("timers: warming up");
            nodes.jump(WARM_UP.plusMinutes(1));
            until(() -> count(target, "select count(*) from delivered") >= OpenCases.CASES / WARM_UP_ONE_IN);
            rig.progress("timers: waiting while nothing is due");
            pause(IDLE); // until both have come to rest
            long before = nodes.cpuNanos();
            pause(IDLE);
            double idle = (nodes.cpuNanos() - before) / 1e6 / IDLE.toSeconds();
            before = nodes.cpuNanos();
            long due = count(target, "select count(*) from timer where due_at <= '" + near + "'");
            rig.progress("timers: %,d are due".formatted(due));
            long began = System.nanoTime();
            nodes.jump(NEAR.plusMinutes(1));
            until(() -> !isAnyDue(target, near));
            var seconds = (System.nanoTime() - began) / 1e9;
            var cpu = (nodes.cpuNanos() - before) / 1e6;
            report.timers(new Figures(
                    OpenCases.CASES, due, seconds, lost(target, near), twice(target, near), NODES, cpu, idle));
        }
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void until(Condition condition) throws SQLException {
        long began = System.nanoTime();
        while (!condition.holds() && System.nanoTime() - began < PATIENCE.toNanos()) {
            pause(Duration.ofMillis(50));
        }
    }

    /** Each in a JVM of its own: what they share is the database alone. */
    private static final class Nodes implements AutoCloseable {
        private final List<Process> started = new ArrayList<>();

        Nodes(Database target) throws IOException {
            for (int i = 0; i < NODES; i++) {
                started.add(start(target));
            }
            for (var process : started) {
                var said = process.inputReader(UTF_8);
                var line = said.readLine();
                while (line != null && !line.equals(TimersNode.READY)) {
                    line = said.readLine();
                }
                if (line == null) {
                    throw new IOException("Expected a node to be ready, but it ended");
                }
            }
        }

        private static Process start(Database target) throws IOException {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(WorkerProcess.JVM_FLAGS);
            command.addAll(WorkerProcess.QUIET);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), TimersNode.class.getName()));
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put(TimersNode.DATABASE_URL, target.url());
            return builder.start();
        }

        void jump(Duration ahead) {
            for (var process : started) {
                var out = new PrintWriter(process.outputWriter(UTF_8), true);
                out.println(ahead);
            }
        }

        /** As the operating system accounts for them. */
        long cpuNanos() {
            return started.stream()
                    .mapToLong(process -> process.info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toNanos())
                    .sum();
        }

        @Override
        public void close() throws IOException {
            for (var process : started) {
                process.getOutputStream().close();
                try {
                    process.waitFor();
                } catch (InterruptedException e) {
                    process.destroy();
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static void load(Database target, Instant near) throws SQLException, IOException {
        try (var database = Databases.open(target.url(), Path.of("unused"));
                var node = new Node(database, LocalWorkers.NONE, Clock.systemUTC())) {
            try (Connection connection = target.connect()) {
                Sql.run(connection, OpenCases.PEOPLE_SQL);
                Sql.run(connection, """
                        insert into policy (key, version, body, created_at, created_by)
                        values ('chase', 1, '{"reminders": [{"when": "PT0S"}]}', now(), 'bench')""");
            }
            templates(node, near);
        }
        try (Connection connection = target.connect()) {
            OpenCases.multiply(connection, OpenCases.CASES);
        }
    }

    private static void templates(Node node, Instant near) throws IOException {
        try (var file = TimersSection.class.getResourceAsStream("/baton/T1.bpmn")) {
            if (file == null) {
                throw new IOException("Expected /baton/T1.bpmn on the classpath");
            }
            var process = node.deployments()
                    .deploy(Sources.of(List.of(new Sources.File("T1.bpmn", file.readAllBytes()))), "bench")
                    .getFirst()
                    .version()
                    .id();
            for (int i = 0; i < OpenCases.TEMPLATES; i++) {
                var due = due(i, near);
                var variables = Values.variables(
                        Map.of("due", due.atOffset(ZoneOffset.UTC).toString()));
                var _ = OpenCases.done(node.committer()
                        .perform(Request.of(
                                node.committer().nextCaseId(),
                                new Command.StartCase(process, null, "person-0", variables),
                                Actor.person("person-0"))));
            }
        }
    }

    private static Instant due(int template, Instant near) {
        if (template % DUE_ONE_IN == 0) {
            return near;
        }
        return template % WARM_UP_ONE_IN == 1
                ? near.minus(NEAR).plus(WARM_UP)
                : near.plus(FAR).plus(Duration.ofMinutes(template));
    }

    private static boolean isAnyDue(Database target, Instant near) throws SQLException {
        return count(target, """
                select count(*) from generate_series(0, 15) as slot
                where exists (select from timer where (case_id & 15) = slot and due_at <= '%s')""".formatted(near)) > 0;
    }

    /** Due steps without a delivery, or without the journal entry that says so. */
    private static long lost(Database target, Instant near) throws SQLException {
        return count(target, """
                select count(*) from task t where t.due_at = '%s' and not (
                    (exists (select from delivery d where d.case_id = t.case_id and d.kind = 1)
                        or exists (select from delivered d where d.case_id = t.case_id and d.kind = 1))
                    and exists (select from journal j where j.case_id = t.case_id and j.seq = 2))""".formatted(near));
    }

    /** Deliveries and journal entries beyond the one that each due step should have, and any of a step that is not due. */
    private static long twice(Database target, Instant near) throws SQLException {
        return count(target, """
                with d as (select case_id from delivery where kind = 1 union all select case_id from delivered where kind = 1)
                select (select count(*) from (select case_id from d group by case_id having count(*) > 1) as more)
                    + (select count(*) from journal where seq > 2)
                    + (select count(*) from d join task t on t.case_id = d.case_id and t.due_at > '%s')""".formatted(near));
    }

    private static long count(Database target, String sql) throws SQLException {
        try (Connection connection = target.connect()) {
            return Sql.number(connection, sql);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
