package io.baton.server.replies;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * The text that a reader of an HTML mail sees, in the shape of a plain mail: quotes begin with {@code >}, a signature that
 * its client marked follows {@code -- }.
 */
record HtmlText(String text, boolean struck) {

    private static final Set<String> LINES = Set.of(
            "p",
            "div",
            "tr",
            "li",
            "ul",
            "ol",
            "table",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "pre",
            "address",
            "section",
            "article",
            "center",
            "body",
            "blockquote",
            "hr");
    private static final Set<String> PARAGRAPHS = Set.of("p", "h1", "h2", "h3", "blockquote", "ul", "ol", "table");
    private static final Set<String> UNSEEN =
            Set.of("head", "style", "script", "title", "template", "noscript", "object");
    private static final Set<String> STRUCK = Set.of("s", "strike", "del");
    private static final String SIGNATURES =
            ".gmail_signature, .moz-signature, #Signature, .protonmail_signature_block-user, #ms-outlook-mobile-signature";
    private static final int DEPTH_MAX = 200;

    static HtmlText of(String html) {
        var document = Jsoup.parse(html);
        document.select(SIGNATURES).forEach(signature -> signature.prepend("<div>--&nbsp;</div>"));
        var walk = new Walk();
        walk.visit(document.body(), 0);
        return new HtmlText(walk.out.toString(), walk.struck);
    }

    private static final class Walk {

        private final StringBuilder out = new StringBuilder();
        private final StringBuilder line = new StringBuilder();
        private int quoted;
        private boolean struck;

        private void visit(Node node, int depth) {
            if (depth > DEPTH_MAX) {
                return;
            }
            if (node instanceof TextNode text) {
                line.append(text.getWholeText().replaceAll("[ \\t\\r\\n]+", " "));
            } else if (node instanceof Element element && isSeen(element)) {
                enter(element, depth);
            }
        }

        private void enter(Element element, int depth) {
            var tag = element.normalName();
            if (tag.equals("br")) {
                endLine(true);
                return;
            }
            boolean isLine = LINES.contains(tag);
            if (isLine) {
                endLine(false);
            }
            if (STRUCK.contains(tag) || style(element).contains("line-through")) {
                struck |= quoted == 0 && element.hasText();
            }
            boolean isQuote = tag.equals("blockquote");
            quoted += isQuote ? 1 : 0;
            if (tag.equals("hr")) {
                line.append("________________________________");
            }
            element.childNodes().forEach(child -> visit(child, depth + 1));
            if (tag.equals("td") || tag.equals("th")) {
                line.append(' ');
            }
            if (isLine) {
                endLine(PARAGRAPHS.contains(tag));
            }
            quoted -= isQuote ? 1 : 0;
        }

        private static boolean isSeen(Element element) {
            var style = style(element);
            return !UNSEEN.contains(element.normalName())
                    && !element.hasAttr("hidden")
                    && !style.contains("display:none")
                    && !style.contains("visibility:hidden");
        }

        private static String style(Element element) {
            return element.attr("style").toLowerCase(Locale.ROOT).replace(" ", "");
        }

        /** {@code always}: also where nothing stands in it. */
        private void endLine(boolean always) {
            var text = line.toString().strip();
            line.setLength(0);
            if (!text.isEmpty() || always) {
                out.append("> ".repeat(quoted)).append(text).append('\n');
            }
        }
    }
}
