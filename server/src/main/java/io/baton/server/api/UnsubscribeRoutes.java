package io.baton.server.api;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.baton.server.Node;
import io.baton.server.channel.DigestRefusals;
import io.baton.server.directory.Directory;
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
 * No more daily digests (RFC 2369), asked for by the link in one. Looking changes nothing; a POST with {@code
 * List-Unsubscribe=One-Click} does, whether a mail program sends it (RFC 8058) or the page.
 */
@Hidden
@RestController
final class UnsubscribeRoutes {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    private final DigestRefusals refusals;
    private final Directory directory;

    UnsubscribeRoutes(Node node) {
        this.refusals = node.channels().digestRefusals();
        this.directory = node.directory();
    }

    @GetMapping("/unsubscribe/{token}")
    ResponseEntity<String> ask(@PathVariable String token) {
        var person = person(token);
        return page(person, refusals.refuses(person) ? "unsubscribe.done" : "unsubscribe.ask");
    }

    @PostMapping("/unsubscribe/{token}")
    ResponseEntity<String> act(@PathVariable String token, HttpServletRequest request) {
        var person = person(token);
        if ("One-Click".equals(request.getParameter("List-Unsubscribe"))) {
            refusals.refuse(person);
            return page(person, "unsubscribe.done");
        }
        if ("yes".equals(request.getParameter("again"))) {
            refusals.allow(person);
            return page(person, "unsubscribe.again.done");
        }
        return ask(token);
    }

    private String person(String token) {
        return refusals.person(token)
                .orElseThrow(() -> ProblemException.notFound("NoSuchLink", "This link leads nowhere."));
    }

    private ResponseEntity<String> page(String person, String text) {
        var words = directory
                .find(person)
                .map(found -> Words.of(found.profile().locale()))
                .orElseGet(() -> Words.of(null));
        var brand = directory.brand();
        var html = new StringOutput();
        TEMPLATES.render(
                "channel/unsubscribe.jte",
                Map.of(
                        "words",
                        words,
                        "brand",
                        brand,
                        "text",
                        words.say(text, brand.name()),
                        "refused",
                        refusals.refuses(person)),
                html);
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/html;charset=utf-8"))
                .cacheControl(CacheControl.noStore())
                .body(html.toString());
    }
}
