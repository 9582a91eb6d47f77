package io.baton.bench;

import io.baton.bench.contender.Latencies;
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The control tower, the lists behind its numbers, search and a decision packet, on 200,000 open and 2,000,000 finished cases. Asked over HTTP by one
 * client; the first look, which reads all cases, is told apart.
 */
record InsightSection() implements Section {

    /** For trials: so many times fewer cases. */
    private static final int FEWER = Integer.parseInt(System.getenv().getOrDefault("BATON_BENCH_FEWER", "1"));

    private static final int OPEN = 200_000 / FEWER;
    private static final int CLOSED = 2_000_000 / FEWER;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int REQUESTS = 100;
    private static final int REQUESTS_UNMEASURED = 20;

    /** In one of twenty-five work was sent back. */
    private static final String REWORKED = """
            insert into step (case_id, id, process_id, node, outcome, entered_at, left_at, holder, holders, since, slips,
                returns)
            select id, 9, process_id, 1, 1, started_at, ended_at, owner, array[owner], array[0]::bigint[], 0, 1
            from cases where ended_at is not null and id % 25 = 0""";

    /** Times in milliseconds, by page. */
    record Figures(long open, long closed, double firstLookSeconds, double heapMb, SequencedMap<String, Times> pages) {

        SequencedMap<String, Object> json() {
            var json = new LinkedHashMap<String, Object>();
            json.put("openCases", open);
            json.put("finishedCases", closed);
            json.put("firstLookSeconds", rounded(firstLookSeconds));
            json.put("heapMb", rounded(heapMb));
            pages.forEach((page, times) -> {
                var each = new LinkedHashMap<String, Object>();
                each.put("p50Ms", rounded(times.p50Ms()));
                each.put("p99Ms", rounded(times.p99Ms()));
                json.put(page, each);
            });
            return json;
        }

        private static double rounded(double number) {
            return Math.round(number * 100) / 100.0;
        }
    }

    record Times(double p50Ms, double p99Ms) {}

    @Override
    public String key() {
        return "insight";
    }

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public void measure(Rig rig, Report report) throws IOException, SQLException {
        var database = rig.fresh("baton_bench_insight");
        rig.progress("insight: loading %,d open and %,d finished cases".formatted(OPEN, CLOSED));
        OpenCases.load(database, OPEN);
        var task = FinishedCases.load(database, CLOSED);
        try (var connection = database.connect()) {
            Sql.run(connection, REWORKED);
            Sql.run(connection, "vacuum analyze step");
        }
        rig.progress("insight: starting Baton on them");
        var server = ScaleSection.start(database);
        try {
            var url = ScaleSection.ready(server);
            try (var client = HttpClient.newHttpClient()) {
                long began = System.nanoTime();
                var _ = ScaleSection.get(client, url + "/api/tower");
                double first = (System.nanoTime() - began) / 1e9;
                rig.progress("insight: asking for pages");
                var pages = new LinkedHashMap<String, Times>();
                awaitPastDecisions(client, url, task);
                for (var page : pages(task)) {
                    pages.put(page, times(client, url + page));
                }
                report.insight(new Figures(OPEN, CLOSED, first, ScaleSection.heapMb(server), pages));
            }
        } finally {
            ScaleSection.stop(server);
        }
    }

    private static List<String> pages(String task) {
        var month = Instant.now().minus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        return List.of(
                "/api/tower",
                "/api/tower?days=92",
                "/api/tower?process=W1&owner=person-3",
                "/api/tower?variable=customer&value=Customer+3",
                "/api/tower/ageing",
                "/api/tower/ageing?process=W1",
                "/api/tower/map?process=W1",
                "/api/processes/W1",
                "/api/processes/W1/figures",
                "/api/processes/D1/figures?days=92",
                "/api/home",
                "/api/overview",
                "/api/cases?state=open",
                "/api/cases?state=open&party=" + OpenCases.TEAM,
                "/api/cases?state=open&variable=customer&value=Customer+3",
                "/api/cases?state=completed&endedSince=" + month,
                "/api/cases?state=completed&risk=late&endedSince=" + month,
                "/api/tasks?view=team",
                "/api/tasks?view=all&team=" + OpenCases.TEAM,
                "/api/incidents?process=W1",
                "/api/processes",
                "/api/search?q=finished",
                "/api/search?q=acme4",
                "/api/search?q=" + CLOSED / 2,
                "/api/search?q=acme+eur+" + CLOSED / 3,
                "/api/search?q=nothing+has+these",
                "/api/search?q=customer+3",
                "/api/tasks/" + task + "/packet");
    }

    /** A loop reads them behind the first look. */
    private static void awaitPastDecisions(HttpClient client, String url, String task) throws IOException {
        int compared = 0;
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (compared < CLOSED / 2 * 2) {
            if (System.nanoTime() > patience) {
                throw new IOException("Expected " + CLOSED + " past decisions, but only " + compared + " are compared");
            }
            compared = JsonMapper.shared()
                    .readTree(ScaleSection.get(client, url + "/api/tasks/" + task + "/packet"))
                    .at("/similar/compared")
                    .asInt();
        }
    }

    private static Times times(HttpClient client, String page) throws IOException {
        var latencies = new Latencies();
        for (int i = 0; i < REQUESTS_UNMEASURED + REQUESTS; i++) {
            long began = System.nanoTime();
            var _ = ScaleSection.get(client, page);
            if (i >= REQUESTS_UNMEASURED) {
                latencies.add(System.nanoTime() - began);
            }
        }
        return new Times(latencies.percentile(0.5) / 1e6, latencies.percentile(0.99) / 1e6);
    }
}
