package io.baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.Databases;
import io.baton.server.insight.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A JVM with one node and no web server. Each line of its standard input is a duration by which its clock jumps ahead;
 * the end of the input ends it.
 */
final class TimersNode {

    static final String DATABASE_URL = "BENCH_DATABASE_URL";
    static final String READY = "ready";

    private TimersNode() {}

    /** The machine's time, and what was added to it. */
    private static final class JumpingClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return Clock.systemUTC().getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for another zone");
        }
    }

    public static void main(String[] arguments) throws IOException {
        var clock = new JumpingClock();
        try (var database = Databases.open(System.getenv(DATABASE_URL), Path.of("unused"));
                var node = new Node(database, LocalWorkers.NONE, clock);
                var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            node.startPumps();
            var _ = node.insight().ask(Reading::openCases); // the first look at a million cases is no cost of waiting
            System.out.println(READY);
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                clock.ahead = Duration.parse(line);
            }
        }
    }
}
