package io.baton.server.room;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.tika.Tika;

/**
 * What a file is, by its first bytes, and whether that is allowed. The name only tells apart what the bytes leave open: a
 * {@code .docx} among the zip archives. Nothing is ever unpacked.
 */
final class ContentTypes {

    /** All that the detector looks at. */
    static final int BYTES_LOOKED_AT = 64 * 1024;

    /** Documents, pictures, tables and mails: nothing that runs, and no archive. */
    static final List<String> USUAL = List.of(
            "application/pdf",
            "image/*",
            "text/plain",
            "text/csv",
            "message/rfc822",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.presentation");

    /** Can carry scripts: allowed where it is named only, not as one of {@code image/*}. */
    private static final String SVG = "image/svg+xml";

    private static final Tika TIKA = new Tika();

    private ContentTypes() {}

    static String detect(byte[] start, String name) {
        return TIKA.detect(start, name);
    }

    /** {@code application/pdf image/*}: separated by blanks or commas; empty is the usual ones. */
    static List<String> list(String text) {
        var types = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[\\s,]+"))
                .filter(type -> !type.isEmpty())
                .toList();
        return types.isEmpty() ? USUAL : types;
    }

    static boolean allows(List<String> allowed, String type) {
        return allowed.stream()
                .anyMatch(each -> each.endsWith("/*")
                        ? type.startsWith(each.substring(0, each.length() - 1)) && !type.equals(SVG)
                        : each.equals(type));
    }
}
