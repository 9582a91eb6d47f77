package io.baton.server.channel.sms;

/** A text for a phone: short, its link whole, and how many messages the network makes of it (3GPP TS 23.038, TS 23.040). */
final class SmsText {

    /** More would be cut off by many phones, and each costs. */
    static final int SEGMENTS_MAX = 2;

    private static final int GSM_ALONE = 160;
    private static final int GSM_EACH = 153;
    private static final int UNICODE_ALONE = 70;
    private static final int UNICODE_EACH = 67;

    private static final String GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Each takes two places. */
    private static final String GSM_EXTENDED = "^{}\\[~]|€\f";

    private SmsText() {}

    /** {@code said} is cut as far as it must be; the link never is. */
    static String of(String said, String link) {
        var text = said.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        var whole = text + " " + link;
        while (segments(whole) > SEGMENTS_MAX && !text.isEmpty()) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1)).stripTrailing();
            whole = text.isEmpty() ? link : text + "... " + link;
        }
        return whole;
    }

    static int segments(String text) {
        int gsm = 0;
        for (int i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (GSM.indexOf(character) >= 0) {
                gsm++;
            } else if (GSM_EXTENDED.indexOf(character) >= 0) {
                gsm += 2;
            } else {
                return count(text.length(), UNICODE_ALONE, UNICODE_EACH);
            }
        }
        return count(gsm, GSM_ALONE, GSM_EACH);
    }

    private static int count(int length, int alone, int each) {
        return length <= alone ? 1 : (length + each - 1) / each;
    }
}
