package io.baton.server.mailbox;

import io.baton.server.replies.Mail;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the mail server in front of Baton found out about a mail (RFC 8601). Only its own header counts, and only the
 * topmost with its name: whoever wrote the mail may have put others in. Without such a server a failure still counts,
 * wherever it stands, since nobody forges one against themselves.
 */
final class Authenticity {

    private static final Pattern RESULT = Pattern.compile("\\b(dmarc|spf|dkim)\\s*=\\s*([a-z]+)");

    private Authenticity() {}

    /** Whether the mail was found to be not from whom it says. */
    static boolean isDenied(Mail mail, @Nullable String trusted) {
        for (var header : mail.all("authentication-results")) {
            var small = header.toLowerCase(Locale.ROOT);
            if (trusted == null) {
                if (isDenied(small)) {
                    return true;
                }
            } else if (small.split("[;\\s]", 2)[0].equals(trusted.toLowerCase(Locale.ROOT))) {
                return isDenied(small);
            }
        }
        return false;
    }

    /** Whether the trusted mail server found that it is from whom it says: DMARC, which compares with the From header. */
    static boolean isConfirmed(Mail mail, @Nullable String trusted) {
        return trusted != null
                && mail.all("authentication-results").stream()
                        .map(header -> header.toLowerCase(Locale.ROOT))
                        .filter(header -> header.split("[;\\s]", 2)[0].equals(trusted.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .filter(results -> results.matches("(?s).*\\bdmarc\\s*=\\s*pass\\b.*"))
                        .isPresent();
    }

    /** DMARC speaks for both others: a forwarded mail that kept its signature passes it, though SPF fails. */
    private static boolean isDenied(String results) {
        boolean denied = false;
        var found = RESULT.matcher(results);
        while (found.find()) {
            var result = found.group(2);
            if (found.group(1).equals("dmarc") && (result.equals("pass") || result.equals("fail"))) {
                return result.equals("fail");
            }
            denied |= result.equals("fail") || result.equals("softfail") || result.equals("permerror");
        }
        return denied;
    }
}
