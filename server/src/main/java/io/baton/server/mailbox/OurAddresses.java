package io.baton.server.mailbox;

import io.baton.server.channel.ReplyTokens;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Our own addresses: {@code reply+TOKEN@}, {@code start+PROCESS@}, and that which our mails come from, for bounces. */
record OurAddresses(String domain, String from) {

    private static final Pattern START = Pattern.compile("start\\+([a-z0-9_.-]{1,100})@.*");

    OurAddresses {
        domain = domain.toLowerCase(Locale.ROOT);
        from = from.replaceAll("^.*<|>.*$", "").strip().toLowerCase(Locale.ROOT);
    }

    boolean isOurs(String address) {
        var small = address.toLowerCase(Locale.ROOT);
        return (small.endsWith("@" + domain)
                        && (ReplyTokens.inAddress(small).isPresent()
                                || START.matcher(small).matches()))
                || small.equals(from);
    }

    /** Whether a mail from there could only be one of our own. */
    boolean isOurSender(String address) {
        return isOurs(address) || (address.toLowerCase(Locale.ROOT).endsWith("@" + domain) && address.contains("+"));
    }

    /** The process, in small letters, that a mail to this address is to start. */
    static Optional<String> process(String address) {
        var found = START.matcher(address.toLowerCase(Locale.ROOT));
        return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
