package io.baton.server.mailbox;

import io.baton.server.channel.ReplyTokens;
import java.util.Locale;

/** Our own addresses: {@code reply+TOKEN@}, and that which our mails come from, for bounces. */
record Addresses(String domain, String from) {

    Addresses {
        domain = domain.toLowerCase(Locale.ROOT);
        from = from.replaceAll("^.*<|>.*$", "").strip().toLowerCase(Locale.ROOT);
    }

    boolean isOurs(String address) {
        var small = address.toLowerCase(Locale.ROOT);
        return (small.endsWith("@" + domain) && ReplyTokens.inAddress(small).isPresent()) || small.equals(from);
    }

    /** Whether a mail from there could only be one of our own. */
    boolean isOurSender(String address) {
        return isOurs(address) || (address.toLowerCase(Locale.ROOT).endsWith("@" + domain) && address.contains("+"));
    }
}
