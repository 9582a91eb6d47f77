package io.baton.bench;

import io.baton.bench.contender.Latencies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Baton with a million open cases: how long it takes to start, what its heap settles at, and how long the pages that
 * everybody opens take. Asked over HTTP by one client, as a browser would.
 */
record ScaleSection() implements Section {

    private static final int REQUESTS = 400;
    private static final int REQUESTS_UNMEASURED = 150;
    private static final long BYTES_PER_MB = 1024 * 1024;

    /** What was found; times in seconds and milliseconds. */
    record Figures(long openCases, double startSeconds, double heapMb, double inboxP99Ms, double casesP99Ms) {
        SequencedMap<String, Object> json() {
            var json = new LinkedHashMap<String, Object>();
            json.put("openCases", openCases);
            json.put("startSeconds", rounded(startSeconds));
            json.put("heapMb", rounded(heapMb));
            json.put("inboxP99Ms", rounded(inboxP99Ms));
            json.put("casesP99Ms", rounded(casesP99Ms));
            return json;
        }

        private static double rounded(double number) {
            return Math.round(number * 100) / 100.0;
        }
    }

    @Override
    public String key() {
        return "scale";
    }

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public void measure(Rig rig, Report report) throws IOException, SQLException {
        var database = rig.fresh("baton_bench_scale");
        rig.progress("scale: loading " + "%,d".formatted(OpenCases.CASES) + " open cases");
        OpenCases.load(database, OpenCases.CASES);
        rig.progress("scale: starting Baton on them");
        long began = System.nanoTime();
        var server = start(database);
        try {
            var url = ready(server);
            var startSeconds = (System.nanoTime() - began) / 1e9;
            rig.progress("scale: asking for pages");
            try (var client = HttpClient.newHttpClient()) {
                var _ = get(client, url + "/api/tower"); // from here on all cases are in memory
                var inbox = p99(client, url, List.of("/api/tasks?view=team", "/api/tasks?view=mine"));
                var cases = p99(
                        client,
                        url,
                        List.of(
                                "/api/cases",
                                "/api/cases?state=open",
                                "/api/cases?state=open&process=W1",
                                "/api/cases?state=open&process=W1&party=" + OpenCases.TEAM));
                report.scale(new Figures(openCases(database), startSeconds, heapMb(server), inbox, cases));
            }
        } finally {
            stop(server);
        }
    }

    private static long openCases(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            return Sql.number(connection, "select count(*) from cases where ended_at is null");
        }
    }

    /** The way a user starts it. */
    static Process start(Database database) throws IOException {
        var builder = new ProcessBuilder(script().toString(), "start", "--port", "0");
        builder.environment().put("BATON_DATABASE_URL", database.url());
        builder.environment().put("BATON_JAVA_OPTS", "-Xmx1g");
        builder.redirectErrorStream(true);
        return builder.start();
    }

    private static Path script() {
        return ContenderSpec.benchFolder().resolve("../baton").normalize();
    }

    static String ready(Process server) throws IOException {
        var out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("Baton is ready: ")) {
                return line.substring("Baton is ready: ".length());
            }
        }
        throw new IOException("Expected Baton to start, but it said:\n" + said);
    }

    /** Each page, and the page after it by its cursor. */
    private static double p99(HttpClient client, String url, List<String> pages) throws IOException {
        var latencies = new Latencies();
        for (int i = 0; i < REQUESTS_UNMEASURED + REQUESTS; i++) {
            var page = pages.get(i % pages.size());
            long began = System.nanoTime();
            var first = get(client, url + page);
            long then = System.nanoTime();
            var next = JsonMapper.shared().readTree(first).path("next");
            if (i >= REQUESTS_UNMEASURED) {
                latencies.add(then - began);
            }
            if (next.isString()) {
                long beganNext = System.nanoTime();
                var _ = get(
                        client,
                        url + page + (page.contains("?") ? "&" : "?") + "cursor="
                                + URLEncoder.encode(next.asString(), StandardCharsets.UTF_8));
                if (i >= REQUESTS_UNMEASURED) {
                    latencies.add(System.nanoTime() - beganNext);
                }
            }
        }
        return latencies.percentile(0.99) / 1e6;
    }

    static String get(HttpClient client, String url) throws IOException {
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("Authorization", "Bearer " + OpenCases.TOKEN)
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(url + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What is in use after a full collection, as the JVM itself says. */
    static double heapMb(Process server) throws IOException {
        jcmd(server, "GC.run");
        var info = jcmd(server, "GC.heap_info");
        var used = java.util.regex.Pattern.compile("used (\\d+)K").matcher(info);
        double kilobytes = 0;
        for (boolean found = used.find(); found; found = used.find()) {
            if (!info.substring(0, used.start()).contains("Metaspace")) {
                kilobytes += Double.parseDouble(used.group(1));
            }
        }
        return kilobytes * 1024 / BYTES_PER_MB;
    }

    private static String jcmd(Process server, String command) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        var process = new ProcessBuilder(jcmd.toString(), Long.toString(server.pid()), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    static void stop(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(30, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
