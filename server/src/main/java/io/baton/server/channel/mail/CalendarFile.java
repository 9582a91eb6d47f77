package io.baton.server.channel.mail;

import io.baton.server.channel.Letter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A date for the recipient's calendar (RFC 5545): when something is due, or was booked. The same step has the same {@code UID}, and
 * a later date a higher {@code SEQUENCE}, so that it moves instead of standing there twice.
 */
final class CalendarFile {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int OCTETS_MAX = 75;

    private CalendarFile() {}

    static String of(Letter.Due due, String uid, int sequence, Instant now) {
        var file = new StringBuilder();
        List.of(
                        "BEGIN:VCALENDAR",
                        "VERSION:2.0",
                        "PRODID:-//Baton//Baton//EN",
                        "METHOD:" + method(due),
                        "BEGIN:VEVENT",
                        "UID:" + uid,
                        "SEQUENCE:" + sequence,
                        "DTSTAMP:" + UTC.format(now),
                        "DTSTART:" + UTC.format(due.from()),
                        "DTEND:" + UTC.format(due.to()),
                        "SUMMARY:" + text(due.title()),
                        due.off() ? "STATUS:CANCELLED" : "STATUS:CONFIRMED",
                        due.isAppointment() && !due.off() ? "TRANSP:OPAQUE" : "TRANSP:TRANSPARENT",
                        "END:VEVENT",
                        "END:VCALENDAR")
                .forEach(line -> fold(line, file));
        return file.toString();
    }

    /** RFC 5546 §3.2: what is off is taken out of the calendar. */
    static String method(Letter.Due due) {
        return due.off() ? "CANCEL" : "PUBLISH";
    }

    /** RFC 5545 §3.3.11. */
    private static String text(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ")
                .replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,");
    }

    /** RFC 5545 §3.1: at most 75 octets a line, never within a character. */
    private static void fold(String line, StringBuilder out) {
        int octets = 0;
        for (var i = 0; i < line.length(); ) {
            var character = Character.toString(line.codePointAt(i));
            int length = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > OCTETS_MAX) {
                out.append("\r\n ");
                octets = 1;
            }
            out.append(character);
            octets += length;
            i += character.length();
        }
        out.append("\r\n");
    }
}
