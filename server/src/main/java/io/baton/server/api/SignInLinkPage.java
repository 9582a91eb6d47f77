package io.baton.server.api;

import io.baton.server.directory.Directory;
import io.baton.server.session.Sessions;
import io.baton.server.session.SignIn;
import io.baton.server.web.SessionCookie;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * The page behind a one-time link. Opening it changes nothing, because mail scanners and previews open links too; its
 * button uses the link up. Works without scripts.
 */
@RestController
@Hidden
class SignInLinkPage {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <link rel="icon" href="/mark.svg">
            <title>Sign in – {organisation}</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
            main { max-width: 24rem; padding: 2rem; text-align: center; }
            h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
            button { font: inherit; font-weight: 600; padding: .75rem 2rem; border: 0; border-radius: .5rem;
                background: #1d4ed8; color: #fff; cursor: pointer; }
            button:focus-visible { outline: 3px solid #93c5fd; outline-offset: 2px; }
            </style>
            </head>
            <body><main><h1>{organisation}</h1>{content}</main></body>
            </html>
            """;

    private static final String BUTTON = """
            <p>This link signs you in, once.</p>
            <form method="post"><input type="hidden" name="{parameter}" value="{token}"><button autofocus>Sign in</button></form>""";

    private static final String OVER = """
            <p>This link was used already, or it is too old. Ask for a new one, or <a href="/">sign in</a> with your
            password.</p>""";

    private final SignIn signIn;
    private final Sessions sessions;
    private final Directory directory;

    SignInLinkPage(SignIn signIn, Sessions sessions, Directory directory) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.directory = directory;
    }

    @GetMapping("/sign-in/{link}")
    ResponseEntity<String> open(@PathVariable String link, HttpServletRequest request) {
        if (!signIn.isLink(link)) {
            return page(HttpStatus.NOT_FOUND, OVER);
        }
        var csrf = (CsrfToken) Objects.requireNonNull(request.getAttribute(CsrfToken.class.getName()));
        return page(
                HttpStatus.OK,
                BUTTON.replace("{parameter}", csrf.getParameterName()).replace("{token}", csrf.getToken()));
    }

    @PostMapping("/sign-in/{link}")
    ResponseEntity<String> follow(@PathVariable String link, HttpServletRequest request, HttpServletResponse response) {
        var session = signIn.byLink(link);
        if (session.isEmpty()) {
            return page(HttpStatus.NOT_FOUND, OVER);
        }
        SessionCookie.read(request).ifPresent(sessions::end);
        SessionCookie.set(session.get(), request, response);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/"))
                .build();
    }

    private ResponseEntity<String> page(HttpStatus status, String content) {
        String name = HtmlUtils.htmlEscape(directory.organisation().name());
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(PAGE.replace("{content}", content).replace("{organisation}", name));
    }
}
