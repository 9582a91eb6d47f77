package io.baton.server.channel;

import io.baton.server.channel.Channel.Sent;
import io.baton.server.outbound.Outbound.Result;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What an answer over HTTP means for the message that was posted (RFC 9110 §15, RFC 6585 §4). */
public final class Posted {

    private static final int SAID_CHARACTERS_MAX = 200;

    private Posted() {}

    /** {@code who} is the other side, for reasons that people read. */
    public static Sent sent(Result result, String who, Clock clock) {
        return switch (result) {
            case Result.Refused(var reason) -> new Sent.Down(reason);
            case Result.Failed(var reason) -> new Sent.Down(reason);
            case Result.Answered answer -> sent(answer, who, clock);
        };
    }

    private static Sent sent(Result.Answered answer, String who, Clock clock) {
        int status = answer.status();
        var reason = who + " answered " + status + said(answer.body());
        if (status >= 200 && status < 300) {
            return new Sent.Accepted();
        }
        return switch (status) {
            // What is wrong with Baton's own account or address there is nobody's end.
            case 401, 402, 403, 404, 407, 410 -> new Sent.Down(reason);
            case 408, 425 -> new Sent.Later(reason);
            case 429, 502, 503, 504 ->
                new Sent.Down(reason, retryAfter(answer.headers().get("retry-after"), clock));
            default -> status >= 400 && status < 500 ? new Sent.Never(reason) : new Sent.Later(reason);
        };
    }

    /** In one line and short: it may be anything. */
    private static String said(String body) {
        var line = body.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.isEmpty()
                ? ""
                : ": " + (line.length() <= SAID_CHARACTERS_MAX ? line : line.substring(0, SAID_CHARACTERS_MAX) + "…");
    }

    /** Seconds or a date (RFC 9110 §10.2.3). */
    static Duration retryAfter(@Nullable String header, Clock clock) {
        if (header == null) {
            return Sent.AWAY;
        }
        Duration said;
        try {
            said = header.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header.strip()))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return Sent.AWAY;
        }
        if (said.compareTo(Duration.ofSeconds(1)) < 0) {
            return Duration.ofSeconds(1);
        }
        return said.compareTo(Sent.AWAY_MAX) > 0 ? Sent.AWAY_MAX : said;
    }
}
