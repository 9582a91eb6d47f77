package io.baton.server.messages;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.Refusal;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import io.baton.engine.codec.Words;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import io.baton.server.commit.Wakeup;
import io.baton.server.processes.Deployments;
import io.baton.server.pumps.Pump;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Correlates a message to the one case that waits for its name and key, else starts a case by it, else keeps it until its
 * time to live is over. A message with an id is taken once, however often it comes.
 */
public final class Messages implements Pump.Work {

    private static final Logger log = LoggerFactory.getLogger(Messages.class);

    /** Subscriptions tried when cases stop waiting while we look. */
    private static final int CANDIDATES_MAX = 20;

    private static final int DELIVERIES_MAX = 100;
    private static final String KEPT = "select m.id, m.name, m.key, m.variables, m.fingerprint from message m";
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    public sealed interface Outcome {
        record Delivered(long caseId) implements Outcome {}

        record Started(long caseId, int process) implements Outcome {}

        record Kept() implements Outcome {}

        record NobodyWaits() implements Outcome {}

        record Refused(Answer answer) implements Outcome {}
    }

    /** {@code id} null: every publication counts. {@code key} is empty for messages that only start cases. */
    public record Message(
            String name,
            String key,
            SequencedMap<String, @Nullable Object> variables,
            @Nullable String id,
            Duration timeToLive) {}

    private record Subscription(long caseId, int id) {}

    private final JdbcClient database;
    private final Committer committer;
    private final Deployments deployments;
    private final Clock clock;
    private final Wakeup wakeup = new Wakeup();

    public Messages(JdbcClient database, Committer committer, Deployments deployments, Clock clock) {
        this.database = database;
        this.committer = committer;
        this.deployments = deployments;
        this.clock = clock;
        committer.onCommit(done -> {
            if (done.stream()
                    .flatMap(answer -> answer.events().stream())
                    .anyMatch(Event.MessageAwaited.class::isInstance)) {
                wakeup.signal();
            }
        });
    }

    public Wakeup wakeup() {
        return wakeup;
    }

    /** {@code given} is the caller's own key for this publication; a message's id counts for more. */
    public Outcome publish(Message message, Actor actor, Request.@Nullable Idempotency given) {
        var key = message.id() == null ? given : key(message, uuid(message.name() + "\n" + message.id()));
        var earlier = key == null ? null : earlier(key);
        if (earlier != null) {
            return earlier;
        }
        var id = key == null ? UUID.randomUUID() : key.key();
        var delivered = deliver(message, id, key, actor, false);
        if (delivered != null) {
            return delivered;
        }
        var start = deployments.messageStart(message.name());
        if (start != null) {
            return start(start, message, key, actor);
        }
        if (message.timeToLive().isZero()) {
            return new Outcome.NobodyWaits();
        }
        var keptBy = key == null ? key(message, id) : key;
        if (!keep(message, keptBy)) {
            return new Outcome.Refused(new Answer.KeyReused());
        }
        // Somebody may have begun to wait between the look and the keeping; the loop would find it, a moment later.
        var late = deliver(message, id, keptBy, actor, true);
        return late == null ? new Outcome.Kept() : late;
    }

    /** A kept message is delivered under a key whether or not it came with one: two nodes may see it at once. */
    private static Request.Idempotency key(Message message, UUID id) {
        return new Request.Idempotency(id, fingerprint(message.name(), message.key()));
    }

    private static UUID fingerprint(String name, String key) {
        return uuid(name + "\n" + key);
    }

    /** What became of this message when it came before, if it reached a case then. The first entry is a case's start. */
    private @Nullable Outcome earlier(Request.Idempotency key) {
        return database.sql("""
                        select i.fingerprint, i.case_id, i.seq, c.process_id
                        from idempotency i join cases c on c.id = i.case_id where i.key = ?""")
                .param(key.key())
                .query((row, _) -> {
                    if (!key.fingerprint().equals(row.getObject(1, UUID.class))) {
                        return new Outcome.Refused(new Answer.KeyReused());
                    }
                    return row.getInt(3) == 1
                            ? new Outcome.Started(row.getLong(2), row.getInt(4))
                            : new Outcome.Delivered(row.getLong(2));
                })
                .optional()
                .orElse(null);
    }

    private @Nullable Outcome deliver(
            Message message, UUID id, Request.@Nullable Idempotency key, Actor actor, boolean buffered) {
        for (var subscription : subscriptions(message)) {
            var command = new Command.ReceiveMessage(subscription.id(), id.toString(), message.variables());
            var answer = committer.perform(new Request(subscription.caseId(), command, actor, null, key, buffered));
            switch (answer) {
                case Answer.Done done -> {
                    if (buffered && done.events().isEmpty()) {
                        // It reached a case before, while it was being kept.
                        database.sql("delete from message where id = ?")
                                .param(id)
                                .update();
                    }
                    return new Outcome.Delivered(done.caseId());
                }
                case Answer.Refused refused when refused.reason() == Refusal.NO_SUCH_SUBSCRIPTION -> {}
                case Answer.Refused _, Answer.KeyReused _ -> {
                    return new Outcome.Refused(answer);
                }
            }
        }
        return null;
    }

    private List<Subscription> subscriptions(Message message) {
        return database.sql(
                        "select case_id, id from subscription where key = ? and name = ? order by case_id, id limit ?")
                .param(message.key())
                .param(message.name())
                .param(CANDIDATES_MAX)
                .query((row, _) -> new Subscription(row.getLong(1), row.getInt(2)))
                .list();
    }

    private Outcome start(
            Deployments.MessageStart start, Message message, Request.@Nullable Idempotency key, Actor actor) {
        var owner = actor.isPerson() ? actor.id() : start.deployedBy();
        var command = new Command.StartCase(start.process(), start.node(), owner, message.variables());
        var answer = committer.perform(new Request(committer.nextCaseId(), command, actor, null, key, false));
        return answer instanceof Answer.Done done
                ? new Outcome.Started(done.caseId(), start.process())
                : new Outcome.Refused(answer);
    }

    /** False when another message is kept under this key. */
    private boolean keep(Message message, Request.Idempotency key) {
        var out = new Encoder(Words.NONE);
        out.map(message.variables());
        var inserted = database.sql("""
                        insert into message (id, name, key, variables, expires_at, fingerprint)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .param(key.key())
                .param(message.name())
                .param(message.key())
                .param(out.bytes())
                .param(clock.instant().plus(message.timeToLive()).atOffset(ZoneOffset.UTC))
                .param(key.fingerprint())
                .update();
        return inserted == 1
                || database.sql(KEPT + " where m.id = ?")
                        .param(key.key())
                        .query(Messages::kept)
                        .optional()
                        .map(before -> before.by().equals(key))
                        .orElse(true);
    }

    private record Kept(Request.Idempotency by, String name, String key, byte[] variables) {
        Message message() {
            return new Message(name, key, new Decoder(Words.NONE, variables).map(), null, Duration.ZERO);
        }
    }

    private static Kept kept(ResultSet row, int number) throws SQLException {
        var name = row.getString("name");
        var key = row.getString("key");
        var fingerprint = row.getObject("fingerprint", UUID.class);
        var by = new Request.Idempotency(
                row.getObject("id", UUID.class), fingerprint == null ? fingerprint(name, key) : fingerprint);
        return new Kept(by, name, key, row.getBytes("variables"));
    }

    /** Delivers kept messages to cases that have begun to wait, and drops those whose time is over. */
    @Override
    public Duration tick() {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        database.sql("delete from message where expires_at <= ?").param(now).update();
        var deliverable = database.sql(KEPT + """

                        where exists (select from subscription s where s.key = m.key and s.name = m.name)
                        order by m.expires_at limit ?""")
                .param(DELIVERIES_MAX)
                .query(Messages::kept)
                .list();
        var delivered = deliverable.stream().filter(this::deliver).count();
        return deliverable.size() == DELIVERIES_MAX && delivered > 0 ? Duration.ZERO : PAUSE_MAX;
    }

    /** One message that fails must not keep the others from their cases; it is tried again until its time is over. */
    private boolean deliver(Kept kept) {
        try {
            return deliver(kept.message(), kept.by().key(), kept.by(), Actor.MESSAGE, true)
                    instanceof Outcome.Delivered;
        } catch (RuntimeException e) {
            log.warn(
                    "Message {} could not be delivered; it is tried again",
                    kept.by().key(),
                    e);
            return false;
        }
    }

    private static UUID uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
