package io.baton.server.commit;

import io.baton.engine.*;
import io.baton.engine.expression.*;
import io.baton.engine.model.*;
import io.baton.engine.model.FlowNode.*;
import io.baton.server.database.*;
import java.math.BigDecimal;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import org.jspecify.annotations.Nullable;

public class CommitterProbe {
    public static void main(String[] args) throws Exception {
        int callers = Integer.parseInt(args[0]);
        int lanes = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        var place = new Place(1, 1);
        var el = new Object() {
            int i = 0;

            Element of(String id) {
                return new Element(i++, id, id, place, -1, "sales");
            }
        };
        var nodes = new ArrayList<FlowNode>();
        nodes.add(new StartEvent(el.of("start"), new Trigger.None(), false));
        nodes.add(new UserTask(el.of("enter"), Activity.PLAIN, false, Assignment.BY_LANE));
        nodes.add(new ExclusiveGateway(el.of("amount"), 3));
        nodes.add(new UserTask(el.of("approve"), Activity.PLAIN, false, Assignment.BY_LANE));
        nodes.add(new EndEvent(el.of("end"), new EndEvent.End.None()));
        var flows = List.of(
                new SequenceFlow(0, "f1", null, 0, 1, null),
                new SequenceFlow(1, "f2", null, 1, 2, null),
                new SequenceFlow(2, "f3", null, 2, 3, Feel.expression("amount > 100")),
                new SequenceFlow(3, "f4", null, 2, 4, null),
                new SequenceFlow(4, "f5", null, 3, 4, null));
        var model = new ProcessModel("w1", "W1", "WO", null, null, nodes, flows, new LinkedHashMap<>());
        var processes = new Processes() {
            public ProcessModel model(int p) {
                return model;
            }

            public int newest(String key) {
                return 1;
            }
        };
        var dir = Files.createTempDirectory("probe");
        try (var pg = Databases.open(null, dir)) {
            pg.migrate(Database.MIGRATIONS);
            var pool = pg.pool("probe", 8);
            try (var committer = new Committer(pool, processes, LocalWorkers.NONE, Clock.systemUTC(), lanes)) {
                for (int round = 0; round < 3; round++) {
                    var cases = new LongAdder();
                    var lat = new ConcurrentLinkedQueue<Long>();
                    long until = System.nanoTime() + seconds * 1_000_000_000L;
                    long t0 = System.nanoTime();
                    var threads = new ArrayList<Thread>();
                    long cpu0 = cpu(ProcessHandle.current().pid());
                    long pg0 = pgcpu(pg.serverPid().getAsLong());
                    long st0 = committer.counters().statements(),
                            b0 = committer.counters().batches(),
                            c0 = committer.counters().commands();
                    for (int t = 0; t < callers; t++)
                        threads.add(Thread.ofVirtual().start(() -> {
                            while (System.nanoTime() < until) {
                                var vars = new LinkedHashMap<String, @Nullable Object>();
                                vars.put("customer", "ACME Corporation");
                                vars.put("amount", BigDecimal.valueOf(250));
                                vars.put("urgent", true);
                                long id = committer.nextCaseId();
                                var a = (Answer.Done) committer.perform(
                                        Request.of(id, new Command.StartCase(1, null, "p1", vars), Actor.person("p1")));
                                for (int k = 0; k < 2; k++) {
                                    int step = a.events().stream()
                                            .filter(Event.TaskOpened.class::isInstance)
                                            .map(e -> ((Event.TaskOpened) e).step())
                                            .findFirst()
                                            .orElseThrow();
                                    committer.perform(Request.of(id, new Command.ClaimTask(step), Actor.person("p7")));
                                    var done = new LinkedHashMap<String, @Nullable Object>();
                                    done.put("approved", true);
                                    long s = System.nanoTime();
                                    a = (Answer.Done) committer.perform(
                                            Request.of(id, new Command.CompleteTask(step, done), Actor.person("p7")));
                                    lat.add(System.nanoTime() - s);
                                }
                                cases.increment();
                            }
                        }));
                    for (var t : threads) t.join();
                    double sec = (System.nanoTime() - t0) / 1e9;
                    long n = cases.sum();
                    var sorted = lat.stream().mapToLong(x -> x).sorted().toArray();
                    System.out.printf(
                            "callers %d lanes %d: %.0f cases/s, jvm %.3f ms, pg %.3f ms, stmts/case %.2f, batch %.1f, p50 %.3f ms p99 %.3f%n",
                            callers,
                            lanes,
                            n / sec,
                            (cpu(ProcessHandle.current().pid()) - cpu0) * 10.0 / n,
                            (pgcpu(pg.serverPid().getAsLong()) - pg0) * 10.0 / n,
                            (committer.counters().statements() - st0) * 1.0 / n,
                            (committer.counters().commands() - c0)
                                    * 1.0
                                    / (committer.counters().batches() - b0),
                            sorted[sorted.length / 2] / 1e6,
                            sorted[sorted.length * 99 / 100] / 1e6);
                }
                try (var c = pool.getConnection();
                        var st = c.createStatement()) {
                    try (var rs = st.executeQuery(
                            "select relname, pg_total_relation_size(oid)/greatest(1,(select count(*) from cases)) from pg_class where relnamespace='public'::regnamespace and relkind='r' order by 2 desc limit 6")) {
                        while (rs.next()) System.out.println(rs.getString(1) + " " + rs.getLong(2));
                    }
                    try (var rs = st.executeQuery(
                            "select relname, n_tup_upd, n_tup_hot_upd from pg_stat_user_tables where n_tup_upd>0")) {
                        while (rs.next())
                            System.out.println(rs.getString(1) + " upd " + rs.getLong(2) + " hot " + rs.getLong(3));
                    }
                    try (var rs = st.executeQuery(
                            "select avg(length(body)), avg(length(state)) from journal, (select state from cases limit 10) s")) {
                        rs.next();
                        System.out.println("body " + rs.getString(1));
                    }
                }
            }
        }
    }

    static long cpu(long pid) throws Exception {
        var f = Files.readString(Path.of("/proc/" + pid + "/stat"));
        f = f.substring(f.lastIndexOf(')') + 2);
        var p = f.split(" ");
        return Long.parseLong(p[11]) + Long.parseLong(p[12]);
    }

    static long pgcpu(long pid) throws Exception {
        long s = cpu(pid);
        for (var h : ProcessHandle.of(pid).orElseThrow().descendants().toList())
            try {
                s += cpu(h.pid());
            } catch (Exception e) {
            }
        return s;
    }
}
