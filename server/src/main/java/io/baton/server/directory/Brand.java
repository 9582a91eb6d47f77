package io.baton.server.directory;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the organisation looks in mails and on pages for people outside. {@code colour} is like {@code #1d4ed8}, {@code
 * logo} the https address of a picture.
 */
public record Brand(String name, String colour, @Nullable String logo) {

    public static final String COLOUR_DEFAULT = "#1d4ed8";

    public static final int NAME_CHARACTERS_MAX = 100;
    public static final int LOGO_CHARACTERS_MAX = 500;

    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

    /** Whatever is not a colour or an address that a browser may load is left out. */
    public Brand(String name, @Nullable String colour, @Nullable String logo) {
        this.name = name;
        this.colour = colour != null && isColour(colour) ? colour : COLOUR_DEFAULT;
        this.logo = logo != null && logo.startsWith("https://") ? logo : null;
    }

    public static boolean isColour(String text) {
        return COLOUR.matcher(text).matches();
    }

    /** White or black, whichever reads better on the colour (WCAG 2.2, relative luminance). */
    public String onColour() {
        var luminance = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
        return luminance > 0.179 ? "#000000" : "#ffffff";
    }

    private double part(int at) {
        var value = Integer.parseInt(colour, at, at + 2, 16) / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
