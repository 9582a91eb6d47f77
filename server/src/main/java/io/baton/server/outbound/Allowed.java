package io.baton.server.outbound;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that an administrator let Baton reach though they are inside, or on another port: {@code mail.internal:8443}. Each is
 * one name and one port, as they stand in the address that is called.
 */
public record Allowed(Set<String> hosts) {

    public static final Allowed NOTHING = new Allowed(Set.of());

    /** Where web servers of the public internet listen. */
    static final Set<Integer> PORTS = Set.of(80, 443);

    private static final int HOSTS_MAX = 100;
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+):\\d{1,5}");

    public Allowed {
        hosts = Set.copyOf(hosts);
    }

    /** From {@code BATON_OUTBOUND_ALLOW}: {@code host:port}, with commas between. */
    public static Allowed of(@Nullable String text) {
        var hosts = new HashSet<String>();
        for (var host : text == null ? new String[0] : text.split(",")) {
            var stripped = host.strip().toLowerCase(Locale.ROOT);
            if (!HOST.matcher(stripped).matches()) {
                throw new IllegalArgumentException(
                        "BATON_OUTBOUND_ALLOW must be like relay.internal:8443,10.1.2.3:80, not '" + host + "'");
            }
            hosts.add(stripped);
        }
        if (hosts.size() > HOSTS_MAX) {
            throw new IllegalArgumentException("BATON_OUTBOUND_ALLOW may name at most " + HOSTS_MAX + " hosts");
        }
        return new Allowed(hosts);
    }

    boolean has(String host, int port) {
        return hosts.contains(host.toLowerCase(Locale.ROOT) + ":" + port);
    }

    static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }
}
