package io.baton.engine.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the key of a party looks, and with it every key that people choose. The name of a lane gives the same key as the
 * name of a team, so that they find each other.
 */
public final class PartyKey {

    public static final int LENGTH_MAX = 100;

    private static final Pattern KEY = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private PartyKey() {}

    /** Small letters and digits with single dashes between. */
    public static boolean isKey(String text) {
        return text.length() <= LENGTH_MAX && KEY.matcher(text).matches();
    }

    /** {@code Accounts payable} becomes {@code accounts-payable}; empty if nothing is left. */
    public static String of(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        return plain.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
