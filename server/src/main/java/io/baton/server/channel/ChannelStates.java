package io.baton.server.channel;

import io.baton.engine.codec.Decoder;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When a channel last carried something, and when it last did not: from the attempts on record. */
final class ChannelStates {

    private static final String LAST = """
            select (extract(epoch from at) * 1000000)::bigint, reason from attempt
            where channel = :channel and outcome = :outcome order by at desc limit 1""";

    private final JdbcClient database;

    ChannelStates(JdbcClient database) {
        this.database = database;
    }

    record Last(Instant at, @Nullable String reason) {}

    Optional<Last> success(String channel) {
        return last(channel, Deliveries.Attempted.ACCEPTED);
    }

    /** The latest of all that went wrong. */
    Optional<Last> failure(String channel) {
        return java.util.stream.Stream.of(
                        Deliveries.Attempted.NOT_NOW, Deliveries.Attempted.NOT_AT_ALL, Deliveries.Attempted.CAME_BACK)
                .flatMap(outcome -> last(channel, outcome).stream())
                .max(java.util.Comparator.comparing(Last::at));
    }

    private Optional<Last> last(String channel, Deliveries.Attempted outcome) {
        return database.sql(LAST)
                .param("channel", channel)
                .param("outcome", outcome.code())
                .query((row, _) -> new Last(Decoder.instant(row.getLong(1)), row.getString(2)))
                .optional();
    }
}
