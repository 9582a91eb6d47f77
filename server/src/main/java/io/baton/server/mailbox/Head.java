package io.baton.server.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import org.jspecify.annotations.Nullable;

/** Who a mail says it is from, and about what, read from its first bytes only: a list does not read whole mails. */
record Head(String from, String subject) {

    static final int BYTES_MAX = 32_768;
    private static final int CHARACTERS_MAX = 300;

    static Head of(byte[] first) {
        try {
            var headers = new InternetHeaders(new ByteArrayInputStream(first), true);
            return new Head(text(headers.getHeader("From", ", ")), text(headers.getHeader("Subject", " ")));
        } catch (MessagingException e) {
            return new Head("", ""); // not a mail; it is kept because of that
        }
    }

    private static String text(@Nullable String raw) {
        if (raw == null) {
            return "";
        }
        String decoded;
        try {
            decoded = MimeUtility.decodeText(MimeUtility.unfold(raw));
        } catch (UnsupportedEncodingException e) {
            decoded = raw;
        }
        var plain = decoded.replaceAll("\\p{Cntrl}+", " ").strip();
        return plain.length() <= CHARACTERS_MAX ? plain : plain.substring(0, CHARACTERS_MAX - 1) + "…";
    }
}
