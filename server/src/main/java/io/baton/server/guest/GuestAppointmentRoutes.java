package io.baton.server.guest;

import io.baton.engine.Booking;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.Answers.Why;
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
    private final TwoSteps steps;
    private final Html html;

    GuestAppointmentRoutes(GuestPlaces places, GuestActs acts, TwoSteps steps, Html html) {
        this.places = places;
        this.acts = acts;
        this.steps = steps;
        this.html = html;
    }

    @GetMapping("/g/{secret}/{task}/appointment")
    ResponseEntity<String> open(
            @PathVariable String secret,
            @PathVariable String task,
            HttpServletRequest request,
            HttpServletResponse response) {
        var page = page(secret, task, request).orElse(null);
        if (page == null) {
            return gone(secret);
        }
        GuestCookie.offer(request, response);
        return page.show(HttpStatus.OK, steps.typed(page, request).orElse(Sent.NOTHING));
    }

    @PostMapping("/g/{secret}/{task}/appointment/check")
    ResponseEntity<String> check(
            @PathVariable String secret,
            @PathVariable String task,
            HttpServletRequest request,
            HttpServletResponse response) {
        return page(secret, task, request)
                .map(page -> steps.check(page, request, response))
                .orElseGet(() -> gone(secret));
    }

    @PostMapping("/g/{secret}/{task}/appointment/act")
    ResponseEntity<String> act(
            @PathVariable String secret,
            @PathVariable String task,
            HttpServletRequest request,
            HttpServletResponse response) {
        return page(secret, task, request)
                .map(page -> steps.act(page, request, response))
                .orElseGet(() -> gone(secret));
    }

    /** The link's own page says how things stand. */
    private static ResponseEntity<String> gone(String secret) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(Links.PATH + secret))
                .build();
    }

    private Optional<AppointmentPage> page(String secret, String task, HttpServletRequest request) {
        return places.appointment(secret, task)
                .flatMap(place -> place.seen()
                        .appointment(place.step())
                        .map(booking -> new AppointmentPage(
                                html.reader(secret, place.link(), place.person(), request), place.seen(), booking)));
    }

    /** What the reader has booked, and can move or give up. */
    private final class AppointmentPage implements TwoSteps.Page {

        private final Reader reader;
        private final GuestCase seen;
        private final Booking booking;

        AppointmentPage(Reader reader, GuestCase seen, Booking booking) {
            this.reader = reader;
            this.seen = seen;
            this.booking = booking;
        }

        @Override
        public Reader reader() {
            return reader;
        }

        @Override
        public GuestCase seen() {
            return seen;
        }

        @Override
        public int step() {
            return booking.step();
        }

        @Override
        public ResponseEntity<String> show(HttpStatus status, Sent sent) {
            return html.appointment(reader, status, seen, booking, sent);
        }

        @Override
        public SequencedMap<String, Problem> problems(Map<String, List<String>> sent) {
            var problems = new LinkedHashMap<String, Problem>();
            if (givesUp(sent)) {
                var reason = reason(sent);
                if (reason.isEmpty() || reason.indexOf('\0') >= 0) {
                    problems.put("reason", new Problem(Why.REQUIRED, null));
                } else if (reason.length() > GuestActs.REASON_CHARACTERS_MAX) {
                    problems.put("reason", new Problem(Why.TOO_LONG, String.valueOf(GuestActs.REASON_CHARACTERS_MAX)));
                }
                return problems;
            }
            var chosen = SentAct.slot(sent);
            var free = acts.free(seen, booking.step());
            if (chosen == null) {
                problems.put(SentAct.SLOT, new Problem(Why.REQUIRED, null));
            } else if (free == null || !free.starts().contains(chosen)) {
                problems.put(SentAct.SLOT, new Problem(Why.SLOT_TAKEN, null));
            }
            return problems;
        }

        private static boolean givesUp(Map<String, List<String>> sent) {
            return SentAct.word(sent).equals(SentAct.RELEASE);
        }

        private static String reason(Map<String, List<String>> sent) {
            return Pages.first(sent, "reason").strip();
        }

        @Override
        public boolean needsCode(Map<String, List<String>> sent) {
            return false;
        }

        @Override
        public ResponseEntity<String> confirmation(
                HttpStatus status, String nonce, Map<String, List<String>> sent, boolean code, @Nullable String error) {
            return html.confirmation(reader, status, seen, booking, nonce, sent, error);
        }

        @Override
        public Result perform(Map<String, List<String>> sent, HttpServletRequest request) {
            var person = reader.person().id();
            var caseId = seen.row().id();
            var slot = SentAct.slot(sent);
            return givesUp(sent) || slot == null
                    ? acts.giveUp(person, caseId, booking.step(), reason(sent))
                    : acts.move(person, caseId, booking.step(), slot);
        }
    }
}
