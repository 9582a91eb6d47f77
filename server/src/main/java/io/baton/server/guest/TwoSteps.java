package io.baton.server.guest;

import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.Drafts.Draft;
import io.baton.server.guest.Drafts.Tried;
import io.baton.server.guest.GuestActs.Result;
import io.baton.server.guest.Pages.Reader;
import io.baton.server.guest.Pages.Sent;
import io.baton.server.words.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Doing something by a link. What is sent is first shown again, with a nonce that only the browser that sent it can use,
 * and done when its reader says so there with a box that begins unticked or a code from the mail: what fetches and posts
 * every form that it finds does neither.
 */
final class TwoSteps {

    private static final int PARAMETERS_MAX = 1_000;

    private final Links links;
    private final Drafts drafts;
    private final KnownAddress known;
    private final Html html;

    TwoSteps(Links links, Drafts drafts, KnownAddress known, Html html) {
        this.links = links;
        this.drafts = drafts;
        this.known = known;
        this.html = html;
    }

    /** The page from which something is sent, for one reader. */
    interface Page {

        Reader reader();

        GuestCase seen();

        int step();

        /** The page itself, with what was sent and what is wrong with it. */
        ResponseEntity<String> show(HttpStatus status, Sent sent);

        /** What keeps it from being sent, by the names of its fields. */
        SequencedMap<String, Problem> problems(Map<String, List<String>> sent);

        boolean needsCode(Map<String, List<String>> sent);

        /** Shows what would be done. {@code error} is in the reader's words. */
        ResponseEntity<String> confirmation(
                HttpStatus status, String nonce, Map<String, List<String>> sent, boolean code, @Nullable String error);

        Result perform(Map<String, List<String>> sent, HttpServletRequest request);
    }

    /** What was typed before, for who goes back to change something; reading it again uses nothing up. */
    Optional<Sent> typed(Page page, HttpServletRequest request) {
        return draft(page, one(request, "draft"), request)
                .map(draft -> new Sent(draft.sent(), new LinkedHashMap<>(), null));
    }

    /** The first step. Nothing is done. */
    ResponseEntity<String> check(Page page, HttpServletRequest request, HttpServletResponse response) {
        var sent = sent(request);
        var cookie = GuestCookie.read(request).orElse(null);
        if (cookie == null) {
            GuestCookie.offer(request, response);
            return again(page, sent, "guest.cookie");
        }
        var problems = page.problems(sent);
        if (!problems.isEmpty()) {
            return again(page, sent, problems);
        }
        var reader = page.reader();
        var nonce = drafts.begin(reader.link(), page.seen().row().id(), page.step(), cookie, sent)
                .orElse(null);
        var code = page.needsCode(sent);
        if (nonce == null || (code && !sendCode(page, nonce))) {
            return html.note(reader, HttpStatus.TOO_MANY_REQUESTS, "too-many", null);
        }
        return page.confirmation(HttpStatus.OK, nonce, sent, code, null);
    }

    private boolean sendCode(Page page, String nonce) {
        var person = page.reader().person();
        var code = drafts.issueCode(nonce, person.id());
        code.ifPresent(digits -> known.sendCode(person, page.seen().key(), digits));
        return code.isPresent();
    }

    /** The second step. */
    ResponseEntity<String> act(Page page, HttpServletRequest request, HttpServletResponse response) {
        var nonce = one(request, "nonce");
        var draft = draft(page, nonce, request).orElse(null);
        if (draft == null) {
            GuestCookie.offer(request, response);
            return again(page, Map.of(), "guest.again");
        }
        var missing = draft.needsCode()
                ? codeMissing(nonce, one(request, "code"))
                : one(request, "sure").isEmpty() ? "guest.sure.missing" : null;
        if (missing != null) {
            return page.confirmation(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    nonce,
                    draft.sent(),
                    draft.needsCode(),
                    page.reader().words().say(missing));
        }
        return drafts.use(nonce)
                ? done(page, draft.sent(), page.perform(draft.sent(), request))
                : again(page, Map.of(), "guest.again");
    }

    private @Nullable String codeMissing(String nonce, String code) {
        if (code.isBlank()) {
            return "guest.code.missing";
        }
        return switch (drafts.tryCode(nonce, code)) {
            case Tried.RIGHT -> null;
            case Tried.WRONG -> "guest.code.wrong";
            case Tried.OVER -> "guest.code.over";
        };
    }

    private ResponseEntity<String> done(Page page, Map<String, List<String>> sent, Result result) {
        var reader = page.reader();
        return switch (result) {
            case Result.Performed _ -> {
                links.used(reader.link());
                yield ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .location(URI.create(reader.path() + "?done=" + SentAct.word(sent) + "&lang="
                                + reader.words().language()))
                        .build();
            }
            case Result.NotTheirs _ -> html.note(reader, HttpStatus.CONFLICT, "gone", null);
            case Result.Wrong(var problems) -> again(page, sent, problems);
            case Result.Refused(var reason, var _) -> again(page, sent, refusal(reader.words(), reason.name()));
            case Result.MayNotPassOn(var why) -> again(page, sent, "guest.pass-on." + why.name());
            case Result.NotThatSimple _ -> throw new IllegalStateException("no page asks for it");
        };
    }

    private static String refusal(Words words, String reason) {
        var key = "guest.refused." + reason;
        return words.knows(key) ? key : "guest.refused";
    }

    private static ResponseEntity<String> again(
            Page page, Map<String, List<String>> sent, SequencedMap<String, Problem> problems) {
        return page.show(HttpStatus.UNPROCESSABLE_CONTENT, new Sent(sent, problems, null));
    }

    private static ResponseEntity<String> again(Page page, Map<String, List<String>> sent, String word) {
        var notice = page.reader().words().say(word);
        return page.show(HttpStatus.UNPROCESSABLE_CONTENT, new Sent(sent, new LinkedHashMap<>(), notice));
    }

    private Optional<Draft> draft(Page page, String nonce, HttpServletRequest request) {
        return GuestCookie.read(request)
                .flatMap(cookie -> drafts.find(nonce, page.reader().link(), cookie))
                .filter(found -> found.caseId() == page.seen().row().id() && found.step() == page.step());
    }

    private static Map<String, List<String>> sent(HttpServletRequest request) {
        var sent = new LinkedHashMap<String, List<String>>();
        request.getParameterMap().entrySet().stream().limit(PARAMETERS_MAX).forEach(each -> {
            if (!each.getKey().equals("lang")) {
                sent.put(each.getKey(), new ArrayList<>(List.of(each.getValue())));
            }
        });
        return sent;
    }

    private static String one(HttpServletRequest request, String name) {
        var value = request.getParameter(name);
        return value == null ? "" : value;
    }
}
