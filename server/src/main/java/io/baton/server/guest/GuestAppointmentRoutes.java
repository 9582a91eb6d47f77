package io.baton.server.guest;

import io.baton.engine.Booking;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.Answers.Why;
import io.baton.server.guest.Drafts.Draft;
import io.baton.server.guest.GuestActs.Result;
import io.baton.server.guest.Pages.Reader;
import io.baton.server.guest.Pages.Sent;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page on which somebody outside moves what they have booked, or gives it up, until it takes place. It takes the same
 * two steps as every act: opening it changes nothing.
 */
@RestController
@Hidden
class GuestAppointmentRoutes {

    private final GuestPlaces places;
    private final GuestActs acts;
    private final Links links;
    private final Drafts drafts;
    private final Html html;

    GuestAppointmentRoutes(GuestPlaces places, GuestActs acts, Links links, Drafts drafts, Html html) {
        this.places = places;
        this.acts = acts;
        this.links = links;
        this.drafts = drafts;
        this.html = html;
    }

    @GetMapping("/g/{secret}/{task}/appointment")
    ResponseEntity<String> open(
            @PathVariable String secret,
            @PathVariable String task,
            HttpServletRequest request,
            HttpServletResponse response) {
        var at = at(secret, task, request).orElse(null);
        if (at == null) {
            return gone(secret);
        }
        GuestCookie.offer(request, response);
        var typed = draft(at, request).map(Draft::sent).orElse(Map.of());
        return page(at, HttpStatus.OK, new Sent(typed, new LinkedHashMap<>(), null));
    }

    /** Shows what would be done. Nothing is. */
    @PostMapping("/g/{secret}/{task}/appointment/check")
    ResponseEntity<String> check(
            @PathVariable String secret,
            @PathVariable String task,
            HttpServletRequest request,
            HttpServletResponse response) {
        var at = at(secret, task, request).orElse(null);
        if (at == null) {
            return gone(secret);
        }
        var sent = GuestRoutes.sent(request);
        var cookie = GuestCookie.read(request).orElse(null);
        if (cookie == null) {
            GuestCookie.offer(request, response);
            return again(at, sent, new LinkedHashMap<>(), "guest.cookie");
        }
        var problems = problems(at, sent);
        if (!problems.isEmpty()) {
            return again(at, sent, problems, null);
        }
        var nonce = drafts.begin(at.reader.link(), at.seen.row().id(), at.booking.step(), cookie, sent);
        return nonce.isEmpty()
                ? html.note(at.reader, HttpStatus.TOO_MANY_REQUESTS, "too-many", null)
                : html.confirmation(at.reader, HttpStatus.OK, at.seen, at.booking, nonce.get(), sent, null);
    }

    private SequencedMap<String, Problem> problems(At at, Map<String, List<String>> sent) {
        var problems = new LinkedHashMap<String, Problem>();
        if (SentAct.word(sent).equals(SentAct.RELEASE)) {
            var reason = reason(sent);
            if (reason.isEmpty() || reason.indexOf('\0') >= 0) {
                problems.put("reason", new Problem(Why.REQUIRED, null));
            } else if (reason.length() > GuestActs.REASON_CHARACTERS_MAX) {
                problems.put("reason", new Problem(Why.TOO_LONG, String.valueOf(GuestActs.REASON_CHARACTERS_MAX)));
            }
            return problems;
        }
        var chosen = SentAct.slot(sent);
        var free = acts.free(at.seen, at.booking.step());
        if (chosen == null) {
            problems.put(SentAct.SLOT, new Problem(Why.REQUIRED, null));
        } else if (free == null || !free.starts().contains(chosen)) {
            problems.put(SentAct.SLOT, new Problem(Why.SLOT_TAKEN, null));
        }
        return problems;
    }

    private static String reason(Map<String, List<String>> sent) {
        var texts = sent.getOrDefault("reason", List.of());
        return texts.isEmpty() ? "" : texts.getFirst().strip();
    }

    @PostMapping("/g/{secret}/{task}/appointment/act")
    ResponseEntity<String> act(
            @PathVariable String secret,
            @PathVariable String task,
            HttpServletRequest request,
            HttpServletResponse response) {
        var at = at(secret, task, request).orElse(null);
        if (at == null) {
            return gone(secret);
        }
        var nonce = GuestRoutes.one(request, "nonce");
        var draft = draft(at, nonce, request).orElse(null);
        if (draft == null) {
            GuestCookie.offer(request, response);
            return again(at, Map.of(), new LinkedHashMap<>(), "guest.again");
        }
        if (GuestRoutes.one(request, "sure").isEmpty()) {
            var missing = at.reader.words().say("guest.sure.missing");
            return html.confirmation(
                    at.reader, HttpStatus.UNPROCESSABLE_CONTENT, at.seen, at.booking, nonce, draft.sent(), missing);
        }
        var problems = problems(at, draft.sent());
        if (!problems.isEmpty()) {
            return again(at, draft.sent(), problems, null);
        }
        return drafts.use(nonce)
                ? perform(at, draft.sent())
                : again(at, Map.of(), new LinkedHashMap<>(), "guest.again");
    }

    private ResponseEntity<String> perform(At at, Map<String, List<String>> sent) {
        var person = at.reader.person().id();
        var caseId = at.seen.row().id();
        var slot = SentAct.slot(sent);
        var result = SentAct.word(sent).equals(SentAct.RELEASE) || slot == null
                ? acts.giveUp(person, caseId, at.booking.step(), reason(sent))
                : acts.move(person, caseId, at.booking.step(), slot);
        return switch (result) {
            case Result.Performed _ -> {
                links.used(at.reader.link());
                yield ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .location(URI.create(at.reader.path() + "?done=" + SentAct.word(sent) + "&lang="
                                + at.reader.words().language()))
                        .build();
            }
            case Result.Refused(var reason, var _) ->
                again(at, sent, new LinkedHashMap<>(), GuestRoutes.refusal(at.reader.words(), reason.name()));
            case Result.NotTheirs _, Result.Wrong _, Result.NotThatSimple _, Result.MayNotPassOn _ ->
                throw new IllegalStateException("an appointment has nothing of the kind");
        };
    }

    // Who and what

    private record At(Reader reader, GuestCase seen, Booking booking) {}

    private Optional<At> at(String secret, String task, HttpServletRequest request) {
        return places.appointment(secret, task)
                .flatMap(place -> place.seen()
                        .appointment(place.step())
                        .map(booking -> new At(
                                html.reader(secret, place.link(), place.person(), request), place.seen(), booking)));
    }

    private Optional<Draft> draft(At at, HttpServletRequest request) {
        return draft(at, GuestRoutes.one(request, "draft"), request);
    }

    private Optional<Draft> draft(At at, String nonce, HttpServletRequest request) {
        return GuestCookie.read(request)
                .flatMap(cookie -> drafts.find(nonce, at.reader.link(), cookie))
                .filter(found -> found.caseId() == at.seen.row().id() && found.step() == at.booking.step());
    }

    /** The link's own page says how things stand. */
    private static ResponseEntity<String> gone(String secret) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(Links.PATH + secret))
                .build();
    }

    private ResponseEntity<String> again(
            At at, Map<String, List<String>> sent, SequencedMap<String, Problem> problems, @Nullable String word) {
        var notice = word == null ? null : at.reader.words().say(word);
        return page(at, HttpStatus.UNPROCESSABLE_CONTENT, new Sent(sent, problems, notice));
    }

    private ResponseEntity<String> page(At at, HttpStatus status, Sent sent) {
        return html.appointment(at.reader, status, at.seen, at.booking, sent);
    }
}
