package io.baton.server.replies;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads MIME, however damaged: what a part says about its charset or encoding is tried and not believed. One reader reads
 * one mail.
 */
final class MailReader {

    private static final int DEPTH_MAX = 10;
    private static final int PARTS_MAX = 200;
    private static final int ATTACHMENTS_MAX = 50;
    private static final int TEXT_BYTES_MAX = 500_000;
    private static final int HEADERS_MAX = 500;
    private static final int ORNAMENT_BYTES_MAX = 16_384;

    /** RFC 5322 §3.3: the zone is four digits; "-0000" says that it is not known. */
    private static final Pattern OFFSET = Pattern.compile("([+-]\\d{4})\\s*(?:\\(.*\\))?\\s*$");

    /** Signatures and the like, which are no file that somebody attached. */
    private static final List<String> MACHINERY = List.of(
            "application/pgp-signature",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
            "message/delivery-status",
            "message/disposition-notification",
            "text/rfc822-headers",
            "text/calendar");

    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private final List<Mail.Attachment> attachments = new ArrayList<>();
    private int parts;
    private boolean calendarAnswer;
    private String report = "";
    private String returned = "";

    private MailReader() {}

    /** Throws {@link UnreadableMail} for what is no mail at all. */
    static Mail read(byte[] raw) {
        try {
            var session = Session.getInstance(new Properties());
            var message = new MimeMessage(session, new ByteArrayInputStream(raw));
            var reader = new MailReader();
            reader.walk(message, 0);
            return reader.mail(message);
        } catch (MessagingException | IOException e) {
            throw new UnreadableMail(e);
        }
    }

    private Mail mail(MimeMessage message) throws MessagingException {
        var headers = headers(message);
        var formatted = html.isEmpty() ? null : HtmlText.of(html.toString());
        var text = !plain.toString().isBlank() || formatted == null ? plain.toString() : formatted.text();
        var date = headers.getOrDefault("date", List.of()).stream().findFirst().orElse("");
        return new Mail(
                headers,
                sender(headers),
                headers.getOrDefault("subject", List.of("")).getFirst(),
                writtenAt(date),
                offset(date),
                new Mail.Content(
                        type(message.getContentType()).toLowerCase(Locale.ROOT),
                        text,
                        formatted != null && formatted.struck(),
                        calendarAnswer,
                        report,
                        returned),
                attachments);
    }

    // Headers

    private static Map<String, List<String>> headers(MimeMessage message) throws MessagingException {
        var headers = new LinkedHashMap<String, List<String>>();
        int count = 0;
        for (Header header : Collections.list(message.getAllHeaders())) {
            if (count++ < HEADERS_MAX && header.getValue() != null) {
                headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(decoded(header.getValue()));
            }
        }
        return headers;
    }

    private static String decoded(String value) {
        var unfolded = MimeUtility.unfold(value).strip();
        try {
            return MimeUtility.decodeText(unfolded);
        } catch (UnsupportedEncodingException e) {
            return unfolded; // the encoded word stays as it is
        }
    }

    private static Mail.Sender sender(Map<String, List<String>> headers) {
        var from = headers.getOrDefault("from", List.of());
        if (from.size() != 1) {
            return new Mail.Sender("", ""); // RFC 5322 §3.6: exactly one; which of two would be the sender?
        }
        try {
            var addresses = InternetAddress.parseHeader(from.getFirst(), false);
            if (addresses.length != 1) {
                return new Mail.Sender("", "");
            }
            var name = addresses[0].getPersonal();
            var address = addresses[0].getAddress();
            return new Mail.Sender(
                    name == null ? "" : name,
                    address == null ? "" : address.strip().toLowerCase(Locale.ROOT));
        } catch (MessagingException e) {
            return new Mail.Sender("", "");
        }
    }

    private static @Nullable Instant writtenAt(String date) {
        if (date.isEmpty()) {
            return null;
        }
        try {
            return new MailDateFormat().parse(date).toInstant();
        } catch (java.text.ParseException e) {
            return null;
        }
    }

    private static @Nullable ZoneOffset offset(String date) {
        var found = OFFSET.matcher(date);
        if (!found.find() || found.group(1).equals("-0000")) {
            return null;
        }
        try {
            return ZoneOffset.of(found.group(1));
        } catch (DateTimeException e) {
            return null;
        }
    }

    // Parts

    private void walk(Part part, int depth) throws MessagingException, IOException {
        if (++parts > PARTS_MAX || depth > DEPTH_MAX) {
            return;
        }
        var type = type(part.getContentType()).toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/")) {
            walkAll(part, depth);
            return;
        }
        if (type.equals("text/calendar") && contains(part.getContentType(), "method=reply")) {
            calendarAnswer = true;
        }
        if (type.equals("message/delivery-status")) {
            report = new String(bytes(part, TEXT_BYTES_MAX), StandardCharsets.UTF_8);
        }
        if (type.equals("text/rfc822-headers") || type.equals("message/rfc822")) {
            returned = messageId(new String(bytes(part, TEXT_BYTES_MAX), StandardCharsets.UTF_8));
        }
        var isFile = Part.ATTACHMENT.equalsIgnoreCase(disposition(part)) || fileName(part) != null;
        if (!isFile && (type.equals("text/plain") || type.isEmpty())) {
            plain.append(text(part)).append('\n');
        } else if (!isFile && type.equals("text/html")) {
            html.append(text(part));
        } else if (!MACHINERY.contains(type) && attachments.size() < ATTACHMENTS_MAX && !isOrnament(part, type)) {
            attach(part, type);
        }
    }

    /** Its own among the headers, not those that it refers to. */
    private static String messageId(String mail) {
        return mail.replaceAll("\\r?\\n[ \\t]+", " ")
                .lines()
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.regionMatches(true, 0, "message-id:", 0, "message-id:".length()))
                .findFirst()
                .map(line -> line.substring("message-id:".length()).strip())
                .orElse("");
    }

    private void walkAll(Part part, int depth) throws MessagingException, IOException {
        Multipart multipart;
        try {
            multipart = part.getContent() instanceof Multipart found
                    ? found
                    : new MimeMultipart(part.getDataHandler().getDataSource());
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart child = multipart.getBodyPart(i);
                walk(child, depth + 1);
            }
        } catch (MessagingException e) {
            plain.append(new String(bytes(part, TEXT_BYTES_MAX), StandardCharsets.UTF_8))
                    .append('\n'); // no boundary where it says one is
        }
    }

    /** A small picture that the text shows: the logo of a signature, not a file that somebody sends. */
    private boolean isOrnament(Part part, String type) throws MessagingException, IOException {
        var id = part.getHeader("Content-ID");
        return type.startsWith("image/")
                && !Part.ATTACHMENT.equalsIgnoreCase(disposition(part))
                && id != null
                && html.indexOf("cid:" + id[0].replaceAll("[<>\\s]", "")) >= 0
                && bytes(part, ORNAMENT_BYTES_MAX + 1).length <= ORNAMENT_BYTES_MAX;
    }

    private void attach(Part part, String type) throws MessagingException, IOException {
        var name = fileName(part);
        var fallback = type.equals("message/rfc822") ? "message.eml" : "attachment-" + (attachments.size() + 1);
        attachments.add(new Mail.Attachment(
                name == null || name.isBlank() ? fallback : name, type, bytes(part, Integer.MAX_VALUE)));
    }

    private static @Nullable String disposition(Part part) {
        try {
            return part.getDisposition();
        } catch (MessagingException e) {
            return null;
        }
    }

    private static @Nullable String fileName(Part part) {
        try {
            var name = part.getFileName();
            return name == null ? null : MimeUtility.decodeText(name).replaceAll("[\\p{Cntrl}/\\\\]", "_");
        } catch (MessagingException | UnsupportedEncodingException e) {
            return null;
        }
    }

    private static boolean contains(String header, String word) {
        return header.toLowerCase(Locale.ROOT).replace("\"", "").contains(word);
    }

    private static String type(@Nullable String header) {
        if (header == null) {
            return "text/plain";
        }
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip();
    }

    // Text

    private static String text(Part part) throws MessagingException, IOException {
        var bytes = bytes(part, TEXT_BYTES_MAX);
        var said = charset(part);
        if (said != null) {
            try {
                return strictly(bytes, said);
            } catch (CharacterCodingException e) {
                // it lies
            }
        }
        try {
            return strictly(bytes, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("windows-1252"));
        }
    }

    private static String strictly(byte[] bytes, Charset charset) throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static @Nullable Charset charset(Part part) throws MessagingException {
        try {
            var name = new ContentType(part.getContentType()).getParameter("charset");
            if (name == null) {
                return null;
            }
            var java = MimeUtility.javaCharset(name.strip());
            // What calls itself Latin-1 or ASCII is Windows-1252 where they differ (WHATWG Encoding §4.2).
            return java.equalsIgnoreCase("iso-8859-1")
                            || java.equalsIgnoreCase("us-ascii")
                            || java.equalsIgnoreCase("iso8859_1")
                    ? null
                    : Charset.forName(java);
        } catch (jakarta.mail.internet.ParseException | IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] bytes(Part part, int max) throws MessagingException, IOException {
        try (var in = part.getInputStream()) {
            return in.readNBytes(max);
        } catch (IOException | MessagingException e) {
            return raw(part, max); // an encoding that nobody knows
        }
    }

    private static byte[] raw(Part part, int max) throws MessagingException, IOException {
        try (var in = part instanceof MimeMessage message
                ? message.getRawInputStream()
                : ((MimeBodyPart) part).getRawInputStream()) {
            return in.readNBytes(max);
        }
    }
}
