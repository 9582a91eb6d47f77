package io.baton.server.replies;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail as far as we look into it. {@code headers} are decoded, by lower-case name, in their order. {@code text} is the
 * plain text, made of the HTML where there is no other, with quotes and signature still in it.
 */
public record Mail(
        Map<String, List<String>> headers,
        Sender from,
        String subject,
        @Nullable Instant writtenAt,
        @Nullable ZoneOffset writtenIn,
        Content content,
        List<Attachment> attachments) {

    /** {@code address} is empty in a mail that says nobody. */
    public record Sender(String name, String address) {}

    /**
     * {@code type} is the media type of the whole mail; {@code struck} whether its author crossed something out; {@code
     * report} what a report of undelivered mail says to programs (RFC 3464), {@code returned}
     * the Message-ID of the mail that it is about, else empty.
     */
    public record Content(
            String type, String text, boolean struck, boolean calendarAnswer, String report, String returned) {}

    /** {@code type} is what the mail says it is, without parameters. */
    public record Attachment(String name, String type, byte[] bytes) {}

    public Mail {
        headers = Map.copyOf(headers);
        attachments = List.copyOf(attachments);
    }

    public List<String> all(String header) {
        return headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of());
    }

    public Optional<String> first(String header) {
        return all(header).stream().findFirst();
    }
}
