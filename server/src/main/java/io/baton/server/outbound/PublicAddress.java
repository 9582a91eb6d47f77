package io.baton.server.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Whether an address belongs to the public internet. Of IPv6 only the global unicast range is, less what is set apart in
 * it (IANA's special-purpose registries, RFC 6890); an IPv4 address written as IPv6 is judged as what it is.
 */
final class PublicAddress {

    private static final int IPV4_BYTES = 4;

    private static final List<Range> NOT_IPV4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32", // Azure's host, a public address that is not
            "169.254.0.0/16", // with every cloud's metadata
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");

    private static final Range GLOBAL_IPV6 = range("2000::/3");

    /** 2001::/23 has Teredo in it, and 2002::/16 is 6to4: both carry IPv4 addresses that somebody else unpacks. */
    private static final List<Range> NOT_IPV6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private static final Range MAPPED = range("::ffff:0:0/96");

    /** NAT64 (RFC 6052): the last four bytes are the address that is reached. */
    private static final Range NAT64 = range("64:ff9b::/96");

    private PublicAddress() {}

    private record Range(byte[] network, int bits) {

        boolean has(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i % 8);
                if ((address[i / 8] & mask) != (network[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    static boolean is(InetAddress address) {
        return is(address.getAddress());
    }

    static boolean is(byte[] address) {
        if (address.length == IPV4_BYTES) {
            return NOT_IPV4.stream().noneMatch(range -> range.has(address));
        }
        if (MAPPED.has(address) || NAT64.has(address)) {
            return is(Arrays.copyOfRange(address, address.length - IPV4_BYTES, address.length));
        }
        return GLOBAL_IPV6.has(address) && NOT_IPV6.stream().noneMatch(range -> range.has(address));
    }

    private static List<Range> ranges(String... texts) {
        return Arrays.stream(texts).map(PublicAddress::range).toList();
    }

    private static Range range(String text) {
        try {
            var slash = text.indexOf('/');
            var network = text.equals("::ffff:0:0/96")
                    ? mappedPrefix() // which Java would read as IPv4
                    : InetAddress.getByName(text.substring(0, slash)).getAddress();
            return new Range(network, Integer.parseInt(text.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static byte[] mappedPrefix() {
        var prefix = new byte[16];
        prefix[10] = (byte) 0xff;
        prefix[11] = (byte) 0xff;
        return prefix;
    }
}
