package io.baton.server.api;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.baton.server.Node;
import io.baton.server.channel.DigestRefusals;
import io.baton.server.channel.DigestRefusals.Link;
import io.baton.server.directory.Directory;
import io.baton.server.insight.SavedViews;
import io.baton.server.insight.SavedViews.Every;
import io.baton.server.web.ProblemException;
import io.baton.server.words.Words;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * No more daily reminders, or no more of one view (RFC 2369), asked for by the link in one. Looking changes nothing; a POST with {@code
 * List-Unsubscribe=One-Click} does, whether a mail program sends it (RFC 8058) or the page.
 */
@Hidden
@RestController
final class UnsubscribeRoutes {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    private final DigestRefusals refusals;
    private final SavedViews views;
    private final Directory directory;

    UnsubscribeRoutes(Node node) {
        this.refusals = node.channels().digestRefusals();
        this.views = new SavedViews(node.jdbc(), node.transaction(), node.clock());
        this.directory = node.directory();
    }

    @GetMapping("/unsubscribe/{token}")
    ResponseEntity<String> ask(@PathVariable String token) {
        var link = link(token);
        return page(link, isLeft(link) ? "done" : "ask");
    }

    @PostMapping("/unsubscribe/{token}")
    ResponseEntity<String> act(@PathVariable String token, HttpServletRequest request) {
        var link = link(token);
        if ("One-Click".equals(request.getParameter("List-Unsubscribe"))) {
            leave(link);
            return page(link, "done");
        }
        if ("yes".equals(request.getParameter("again"))) {
            take(link);
            return page(link, "again.done");
        }
        return ask(token);
    }

    private void leave(Link link) {
        if (link.view() == null) {
            refusals.refuse(link.person());
        } else {
            views.unsubscribe(link.person(), link.view());
        }
    }

    private void take(Link link) {
        if (link.view() == null) {
            refusals.allow(link.person());
        } else if (views.find(link.person(), link.view()) != null) {
            views.subscribe(link.person(), link.view(), Every.of(link.every()));
        }
    }

    private boolean isLeft(Link link) {
        if (link.view() == null) {
            return refusals.refuses(link.person());
        }
        var view = views.find(link.person(), link.view());
        return view == null || view.every() == null;
    }

    private Link link(String token) {
        return refusals.link(token)
                .orElseThrow(() -> ProblemException.notFound("NoSuchLink", "This link leads nowhere."));
    }

    /** {@code text}: what of the words about reminders, or about views. */
    private ResponseEntity<String> page(Link link, String text) {
        var words = directory
                .find(link.person())
                .map(found -> Words.of(found.profile().locale()))
                .orElseGet(() -> Words.of(null));
        var brand = directory.brand();
        var about = link.view() == null ? "unsubscribe." : "unsubscribe.view.";
        var html = new StringOutput();
        TEMPLATES.render(
                "channel/unsubscribe.jte",
                Map.of(
                        "words",
                        words,
                        "brand",
                        brand,
                        "title",
                        words.say(about + "title"),
                        "text",
                        words.say(about + text, brand.name()),
                        "refused",
                        isLeft(link)),
                html);
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/html;charset=utf-8"))
                .cacheControl(CacheControl.noStore())
                .body(html.toString());
    }
}
