package io.baton.server.api;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.baton.server.Node;
import io.baton.server.channel.DigestRefusals;
import io.baton.server.channel.DigestRefusals.Link;
import io.baton.server.directory.Directory;
import io.baton.server.guest.GuestCookie;
import io.baton.server.insight.SavedViews;
import io.baton.server.insight.SavedViews.Every;
import io.baton.server.web.ProblemException;
import io.baton.server.words.Words;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * No more daily reminders, or no more of one view (RFC 2369), asked for by the link in one. A mail program leaves them by one
 * POST with {@code List-Unsubscribe=One-Click} (RFC 8058); the page only with a box that is ticked, in the browser that opened
 * it: what opens the links of mails and sends the forms that it finds there leaves nothing.
 */
@Hidden
@RestController
final class UnsubscribeRoutes {

    private static final String PATH = "/unsubscribe";

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    private final DigestRefusals refusals;
    private final SavedViews views;
    private final Directory directory;

    UnsubscribeRoutes(Node node) {
        this.refusals = node.channels().digestRefusals();
        this.views = new SavedViews(node.jdbc(), node.transaction(), node.clock());
        this.directory = node.directory();
    }

    @GetMapping(PATH + "/{token}")
    ResponseEntity<String> ask(@PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        var link = link(token);
        return page(link, isLeft(link) ? "done" : "ask", request, response);
    }

    @PostMapping(PATH + "/{token}")
    ResponseEntity<String> act(@PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        var link = link(token);
        if ("One-Click".equals(request.getParameter("List-Unsubscribe"))) {
            leave(link);
        } else if (isSure(request) && "leave".equals(request.getParameter("act"))) {
            leave(link);
        } else if (isSure(request) && "again".equals(request.getParameter("act"))) {
            take(link);
            return page(link, "again.done", request, response);
        }
        return ask(token, request, response);
    }

    private static boolean isSure(HttpServletRequest request) {
        return "yes".equals(request.getParameter("sure"))
                && GuestCookie.read(request)
                        .filter(cookie -> cookie.equals(request.getParameter("browser")))
                        .isPresent();
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
    private ResponseEntity<String> page(
            Link link, String text, HttpServletRequest request, HttpServletResponse response) {
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
                        "path",
                        request.getRequestURI(),
                        "browser",
                        GuestCookie.offer(request, response, PATH),
                        "refused",
                        isLeft(link)),
                html);
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/html;charset=utf-8"))
                .cacheControl(CacheControl.noStore())
                .body(html.toString());
    }
}
