package io.baton.server.channel.mail;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.baton.server.channel.Letter;
import io.baton.server.directory.Brand;
import java.util.Map;

/** A letter as HTML. The template engine escapes whatever people wrote. */
final class Rendering {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    private Rendering() {}

    /** With {@link Letter#LINK} where the link goes; {@code unsubscribe} is empty where nobody needs it. */
    static String html(Letter letter, Brand brand, String unsubscribe) {
        var html = new StringOutput();
        TEMPLATES.render(
                "mail/letter.jte",
                Map.of("letter", letter, "brand", brand, "link", Letter.LINK, "unsubscribe", unsubscribe),
                html);
        return html.toString();
    }
}
