package io.baton.server.room;

import java.text.Normalizer;

/** A name that can be written into a header, shown on a page and saved on any computer. */
final class FileName {

    static final int CHARACTERS_MAX = 120;
    private static final int EXTENSION_MAX = 12;

    /** What some system cannot keep in a name, or what turns the direction of writing to hide an ending. */
    private static final String UNFIT = "[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\"*:<>?|;%\u0000]";

    private static final String RESERVED = "(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?";

    private FileName() {}

    /** The last part of a path, without what may harm, at most so many characters with the ending kept. */
    static String sane(String given) {
        var last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        var clean = Normalizer.normalize(last, Normalizer.Form.NFC)
                .replaceAll(UNFIT, "_")
                .replaceAll("\\s+", " ")
                .replaceAll("^[. ]+|[. ]+$", "");
        if (clean.isEmpty() || clean.matches(RESERVED)) {
            clean = "file" + (clean.isEmpty() ? "" : "_" + clean);
        }
        return clean.length() <= CHARACTERS_MAX ? clean : cut(clean);
    }

    private static String cut(String name) {
        int dot = name.lastIndexOf('.');
        var ending = dot > 0 && name.length() - dot <= EXTENSION_MAX ? name.substring(dot) : "";
        int end = CHARACTERS_MAX - ending.length();
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + ending;
    }
}
