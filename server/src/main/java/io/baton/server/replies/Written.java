package io.baton.server.replies;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the author of a mail wrote into it: the text without what it answers. Where a text stands under, over or between
 * quoted lines it is theirs; where a client marks its quote only at the top, all below is quoted.
 *
 * @param lines the author's, in their order
 * @param forwarded whether somebody else's mail is passed on
 * @param inline whether there is text between quoted lines, so that each part answers another question
 */
record Written(List<String> lines, boolean forwarded, boolean inline) {

    private static final int LINES_MAX = 2_000;

    /** An attribution may be wrapped, and headers may have others between them. */
    private static final int ATTRIBUTION_LINES_MAX = 4;

    private static final int ATTRIBUTION_CHARACTERS_MAX = 300;
    private static final int HEADER_LINES_MAX = 8;

    /** "On Thu, 3 Dec 2026 at 10:12, Baton <baton@example.com> wrote:" and its like; with a time, or an address. */
    private static final Pattern ATTRIBUTION = Text.pattern("(?:"
            + "on (?=.*(?:\\d{1,2}[:.]\\d\\d|@)).*\\d.* wrote ?:"
            + "|am (?=.*(?:\\d{1,2}[:.]\\d\\d|@)).*\\d.* schrieb .+:"
            + "|le (?=.*(?:\\d{1,2}[:h]\\d\\d|@)).*\\d.* a écrit ?:"
            + "|el (?=.*(?:\\d{1,2}[:.]\\d\\d|@)).*\\d.* escribió ?:"
            + "|.{2,80}<\\S+@\\S+> (?:wrote|schrieb|a écrit|escribió)(?: (?:on|am|le|el) .{4,60})? ?:"
            + ")");

    private static final Pattern ATTRIBUTION_START = Text.pattern("(?:on|am|le|el) .*\\d.*|.{2,80}<\\S+@\\S+>.*");

    private static final Pattern FORWARD = Text.pattern("[->\\s]*(?:"
            + "forwarded message|begin forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten (?:nachricht|e-mail)"
            + "|message transféré|début du message (?:transféré|réexpédié)|mensaje reenviado|inicio del mensaje reenviado"
            + ")[-:\\s]*.{0,60}");

    private static final Pattern ORIGINAL = Text.pattern("[-_\\s]*(?:"
            + "original message|original appointment|ursprüngliche nachricht|originalnachricht|message d'origine|message original"
            + "|mensaje original)[-_:\\s]*");

    private static final Pattern RULE = Pattern.compile("\\s*_{10,}\\s*|\\s*-{20,}\\s*");

    private static final Pattern FROM = Text.pattern("\\**(?:from|von|de|expéditeur)\\** ?:.*");
    private static final Pattern HEADER = Text.pattern("\\**(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|kopie"
            + "|envoyé|à|objet|cc|enviado(?: el)?|fecha|para|asunto)\\** ?:.*");

    Written {
        lines = List.copyOf(lines);
    }

    static Written of(String text) {
        var lines = Text.clean(text)
                .lines()
                .limit(LINES_MAX)
                .map(String::stripTrailing)
                .toList();
        var cutter = new Cutter(Disclaimers.removed(lines));
        cutter.run();
        return new Written(cutter.written, cutter.forwarded, cutter.parts > 1);
    }

    private static final class Cutter {

        private final List<String> lines;
        private final List<String> folded;
        private final List<String> written = new ArrayList<>();
        private boolean forwarded;
        private int parts;
        private boolean inPart;

        private Cutter(List<String> lines) {
            this.lines = lines;
            this.folded = lines.stream().map(line -> Text.fold(line).strip()).toList();
        }

        private void run() {
            int i = 0;
            while (i < lines.size()) {
                var line = folded.get(i);
                int attribution = attribution(i);
                if (FORWARD.matcher(line).matches()) {
                    forwarded = true;
                    return;
                } else if (startsUnmarkedQuote(i)) {
                    return;
                } else if (attribution > 0) {
                    i += attribution;
                    inPart = false;
                    if (!quoteFollows(i)) {
                        return; // all below is quoted
                    }
                } else if (line.startsWith(">")) {
                    inPart = false;
                    i++;
                } else {
                    keep(lines.get(i));
                    i++;
                }
            }
        }

        private void keep(String line) {
            if (!line.isBlank() && !inPart) {
                parts++;
                inPart = true;
            }
            written.add(line);
        }

        /** How many lines from here are an attribution; 0 for none. The last line that can begin it does. */
        private int attribution(int from) {
            if (!ATTRIBUTION_START.matcher(folded.get(from)).matches()) {
                return 0;
            }
            var joined = new StringBuilder();
            for (int n = 0; n < ATTRIBUTION_LINES_MAX && from + n < lines.size(); n++) {
                var line = folded.get(from + n);
                if (line.isEmpty() || (n > 0 && ATTRIBUTION_START.matcher(line).matches() && !line.startsWith("<"))) {
                    return 0;
                }
                joined.append(n == 0 ? "" : " ").append(line);
                if (joined.length() > ATTRIBUTION_CHARACTERS_MAX) {
                    return 0;
                }
                if (ATTRIBUTION.matcher(joined).matches()) {
                    return n + 1;
                }
            }
            return 0;
        }

        private boolean quoteFollows(int from) {
            for (int i = from; i < folded.size(); i++) {
                if (!folded.get(i).isEmpty()) {
                    return folded.get(i).startsWith(">");
                }
            }
            return false;
        }

        /** A line that says so, or the headers of the mail that is answered. */
        private boolean startsUnmarkedQuote(int i) {
            var line = folded.get(i);
            if (ORIGINAL.matcher(line).matches() && !line.isEmpty()) {
                return true;
            }
            return RULE.matcher(line).matches() ? headersFollow(next(i + 1)) : headersFollow(i);
        }

        private int next(int from) {
            int i = from;
            while (i < folded.size() && folded.get(i).isEmpty()) {
                i++;
            }
            return i;
        }

        private boolean headersFollow(int from) {
            if (from >= folded.size() || !FROM.matcher(folded.get(from)).matches()) {
                return false;
            }
            int headers = 0;
            for (int i = from + 1; i < Math.min(folded.size(), from + 1 + HEADER_LINES_MAX); i++) {
                headers += HEADER.matcher(folded.get(i)).matches() ? 1 : 0;
            }
            return headers >= 2;
        }
    }
}
