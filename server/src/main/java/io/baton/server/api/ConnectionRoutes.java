package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.channel.mail.MailSettings;
import io.baton.server.health.Health;
import io.baton.server.health.NodeStatus;
import io.baton.server.health.Nodes;
import io.baton.server.jobs.Workers;
import io.baton.server.mailbox.MailboxSettings;
import io.baton.server.pumps.Pump;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What Baton is connected with and whether it is well, for administrators. No secret of any kind is told. */
@RestController
final class ConnectionRoutes {

    private static final String LAST_ATTEMPT =
            "select at, outcome, reason from attempt where channel = 'mail' order by at desc limit 1";

    private static final String PROVISIONED = """
            select (select count(*) from person where external_id is not null or user_name is not null) as people,
                (select count(*) from team where external_id is not null) as teams""";

    private final Health health;
    private final MailSettings mailOut;
    private final MailboxSettings mailIn;
    private final JdbcClient database;
    private final Clock clock;

    ConnectionRoutes(Node node) {
        this.health = node.health();
        this.mailOut = node.mailSettings();
        this.mailIn = node.mailIn().settings();
        this.database = node.jdbc();
        this.clock = node.clock();
    }

    /** {@code delivered} is whether whoever carries it took it; {@code reason} what they said otherwise. */
    record LastMail(Instant at, boolean delivered, @Nullable String reason) {}

    /** {@code server} is null where mails go to the outbox page only. */
    record MailOut(
            @Nullable String server, String from, @Nullable LastMail last) {}

    /** {@code domain} is null where no mail comes in; {@code receiver} and {@code mailbox} are the two ways in. */
    record MailComing(
            @Nullable String domain,
            @Nullable String receiver,
            @Nullable String mailbox) {}

    record Scim(String path, int people, int teams) {}

    record WorkerView(String worker, List<String> types, Instant at, long taken) {}

    record ConnectionsView(
            MailOut mailOut,
            MailComing mailIn,
            Scim scim,
            List<WorkerView> workers,
            List<Health.JobType> jobTypes,
            Health.Store database) {}

    @GetMapping("/api/connections")
    ConnectionsView connections() {
        var server = mailOut.server();
        var out = new MailOut(server == null ? null : server.toString(), mailOut.from(), lastMail());
        var receiver = mailIn.receiver();
        var imap = mailIn.imap();
        var in = new MailComing(
                mailIn.domain(), receiver == null ? null : receiver.toString(), imap == null ? null : imap.toString());
        return new ConnectionsView(out, in, scim(), workers(), health.jobTypes(), health.store());
    }

    private @Nullable LastMail lastMail() {
        return database.sql(LAST_ATTEMPT)
                .query((row, _) -> new LastMail(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getInt("outcome") == 1,
                        row.getString("reason")))
                .optional()
                .orElse(null);
    }

    private Scim scim() {
        return database.sql(PROVISIONED)
                .query((row, _) -> new Scim("/scim/v2", row.getInt("people"), row.getInt("teams")))
                .single();
    }

    /** A worker may ask several nodes. */
    private List<WorkerView> workers() {
        var workers = new LinkedHashMap<String, WorkerView>();
        health.nodes().stream()
                .flatMap(node -> node.said().workers().stream())
                .sorted(Comparator.comparing(Workers.Seen::at))
                .forEach(seen -> workers.merge(
                        seen.worker(),
                        new WorkerView(seen.worker(), seen.types(), seen.at(), seen.taken()),
                        (a, b) -> new WorkerView(b.worker(), b.types(), b.at(), a.taken() + b.taken())));
        return List.copyOf(workers.sequencedValues().reversed());
    }

    record NodeView(
            String name, String version, Instant startedAt, Instant seenAt, boolean gone, List<Pump.State> loops) {

        static NodeView of(NodeStatus node) {
            return new NodeView(
                    node.name(),
                    node.version(),
                    node.startedAt(),
                    node.seenAt(),
                    node.gone(),
                    node.said().pumps());
        }
    }

    /** {@code countMax}: a queue of so many has so many and more. {@code verified} is null where it never was. */
    record HealthView(
            Instant at,
            String version,
            List<NodeView> nodes,
            List<Health.Waiting> queues,
            int countMax,
            Health.Store database,
            Health.@Nullable Verified verified) {}

    @GetMapping("/api/health")
    HealthView health() {
        return new HealthView(
                clock.instant(),
                Nodes.version(),
                health.nodes().stream().map(NodeView::of).toList(),
                health.queues(),
                Health.COUNT_MAX,
                health.store(),
                health.lastVerify().orElse(null));
    }
}
