package io.baton.server.guest;

import io.baton.engine.Step;
import io.baton.server.directory.Directory;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.Drafts.Draft;
import io.baton.server.guest.Drafts.Tried;
import io.baton.server.guest.GuestActs.Grade;
import io.baton.server.guest.GuestActs.Result;
import io.baton.server.guest.GuestPlaces.Place;
import io.baton.server.guest.Pages.Reader;
import io.baton.server.guest.Pages.Sent;
import io.baton.server.room.FileRefused;
import io.baton.server.room.Signatures.Identified;
import io.baton.server.room.Signatures.Signer;
import io.baton.server.tasks.Tasks;
import io.baton.server.words.Words;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page behind a link. Opening it changes nothing, whoever opens it. What is sent is first shown again, with a nonce
 * that only the browser that sent it can use, and done when its reader says so there with a box that begins unticked or a
 * code from the mail: what fetches and posts every form that it finds does neither.
 */
@RestController
@Hidden
class GuestRoutes {

    private static final int OPEN_CASES_MAX = 100;
    private static final int PARAMETERS_MAX = 1_000;

    /** Each file that the page listed, ticked or not. */
    static final String LISTED = "listed";

    private final Links links;
    private final GuestPlaces places;
    private final GuestActs acts;
    private final Drafts drafts;
    private final Pages pages;
    private final Html html;
    private final KnownAddress known;
    private final Directory directory;
    private final Tasks tasks;
    private final Clock clock;

    GuestRoutes(
            Links links,
            GuestPlaces places,
            GuestActs acts,
            Drafts drafts,
            Pages pages,
            Html html,
            KnownAddress known,
            Directory directory,
            Tasks tasks,
            Clock clock) {
        this.links = links;
        this.places = places;
        this.acts = acts;
        this.drafts = drafts;
        this.pages = pages;
        this.html = html;
        this.known = known;
        this.directory = directory;
        this.tasks = tasks;
        this.clock = clock;
    }

    // Looking

    @GetMapping("/g/{secret}")
    ResponseEntity<String> open(@PathVariable String secret, HttpServletRequest request, HttpServletResponse response) {
        var reader = reader(secret, request).orElse(null);
        if (reader == null) {
            return html.unknown(request);
        }
        return switch (reader.link().useAt(clock.instant())) {
            case REVOKED -> html.note(reader, HttpStatus.GONE, "revoked", null);
            case EXPIRED -> html.note(reader, HttpStatus.GONE, "expired", reader.path() + "/link");
            case ACT, LOOK -> {
                GuestCookie.offer(request, response);
                yield look(reader, request);
            }
        };
    }

    @GetMapping("/g/{secret}/{task}")
    ResponseEntity<String> openTask(
            @PathVariable String secret,
            @PathVariable String task,
            HttpServletRequest request,
            HttpServletResponse response) {
        var at = at(secret, task, request).orElse(null);
        if (at == null) {
            return open(secret, request, response);
        }
        GuestCookie.offer(request, response);
        return html.task(at.reader, HttpStatus.OK, at.seen, at.step, draft(at, request));
    }

    /** What was typed before, for who goes back to change something; reading it again uses nothing up. */
    private Sent draft(At at, HttpServletRequest request) {
        return GuestCookie.read(request)
                .flatMap(cookie -> drafts.find(one(request, "draft"), at.reader.link(), cookie))
                .filter(found -> found.caseId() == at.seen.row().id() && found.step() == at.step.id())
                .map(found -> new Sent(found.sent(), new LinkedHashMap<>(), null))
                .orElseGet(() -> suggested(at.reader, at.seen, at.step, null));
    }

    /** What they wrote in a mail stands in the form, until they confirm or change it. */
    private Sent suggested(Reader reader, GuestCase seen, Step step, @Nullable String notice) {
        var fields = acts.suggested(reader.person().id(), seen.row().id(), step.id());
        var sent = new LinkedHashMap<String, List<String>>();
        fields.forEach((name, texts) -> sent.put(FormView.PREFIX + name, texts));
        return new Sent(
                sent,
                new LinkedHashMap<>(),
                sent.isEmpty() || notice != null ? notice : reader.words().say("guest.suggested"));
    }

    private ResponseEntity<String> look(Reader reader, HttpServletRequest request) {
        var link = reader.link();
        var cases = cases(reader);
        var done = request.getParameter("done");
        var notice = done == null || !reader.words().knows("guest.thanks." + done)
                ? null
                : reader.words().say("guest.thanks." + done);
        if (link.step() > 0 && cases.size() == 1) {
            var seen = cases.getFirst();
            var step = seen.task(link.step());
            if (step.isPresent()) {
                return html.task(reader, HttpStatus.OK, seen, step.get(), suggested(reader, seen, step.get(), notice));
            }
        }
        if (link.caseId() > 0 && cases.isEmpty()) {
            return html.note(reader, HttpStatus.OK, "nothing", null);
        }
        return html.overview(reader, pages.overview(reader, cases, notice));
    }

    private List<GuestCase> cases(Reader reader) {
        var ids = new LinkedHashSet<Long>();
        if (reader.link().caseId() > 0) {
            ids.add(reader.link().caseId());
        } else {
            tasks.heldBy(reader.person().id(), null, Tasks.After.START, OPEN_CASES_MAX)
                    .forEach(task -> ids.add(task.caseId()));
        }
        return ids.stream()
                .map(id -> acts.see(reader.person().id(), id))
                .flatMap(Optional::stream)
                .toList();
    }

    // Acting, in two steps

    /** Shows what would be done. Nothing is: files that come along are held until it is. */
    @PostMapping("/g/{secret}/{task}/check")
    ResponseEntity<String> check(
            @PathVariable String secret,
            @PathVariable String task,
            HttpServletRequest came,
            HttpServletResponse response)
            throws IOException {
        var refused = new LinkedHashMap<String, Problem>();
        var request = FormData.is(came) ? withFiles(secret, task, came, refused) : came;
        var at = at(secret, task, request).orElse(null);
        if (at == null) {
            return open(secret, request, response);
        }
        var sent = sent(request);
        var cookie = GuestCookie.read(request).orElse(null);
        if (cookie == null) {
            GuestCookie.offer(request, response);
            return again(
                    at, new Sent(sent, new LinkedHashMap<>(), at.reader.words().say("guest.cookie")));
        }
        var read = SentAct.of(sent, pages.zone(at.reader, at.seen, at.step));
        if (read.act() == null) {
            return again(at, new Sent(sent, read.problems(), null));
        }
        if (read.act() instanceof Act.Answer(var fields)) {
            var problems = problems(at, fields, sent, refused);
            if (!problems.isEmpty()) {
                return again(at, new Sent(sent, problems, null));
            }
        }
        var nonce = drafts.begin(at.reader.link(), at.seen.row().id(), at.step.id(), cookie, sent);
        return nonce.isEmpty()
                ? html.note(at.reader, HttpStatus.TOO_MANY_REQUESTS, "too-many", null)
                : confirmation(at, nonce.get(), sent, read.act());
    }

    private HttpServletRequest withFiles(
            String secret, String task, HttpServletRequest request, Map<String, Problem> refused) throws IOException {
        var place = GuestCookie.read(request).isEmpty()
                ? null
                : places.act(secret, task).orElse(null);
        return FormData.read(request, (name, file, bytes) -> {
            var field = name.startsWith(FormView.PREFIX) ? name.substring(FormView.PREFIX.length()) : "";
            if (place == null || !acts.takesFiles(place.seen(), place.step(), field)) {
                return null;
            }
            try {
                var id = acts.papers()
                        .hold(
                                place.seen().row().id(),
                                place.step(),
                                place.person().id(),
                                field,
                                file,
                                bytes);
                return id.toString();
            } catch (FileRefused e) {
                refused.put(field, Papers.problem(e, acts.papers().bytesMax()));
                return null;
            }
        });
    }

    /** What keeps an answer from being sent. What was listed and is not to be sent is taken away. */
    private SequencedMap<String, Problem> problems(
            At at, Map<String, List<String>> fields, Map<String, List<String>> sent, Map<String, Problem> refused) {
        var caseId = at.seen.row().id();
        var person = at.reader.person();
        var listed = sent.getOrDefault(LISTED, List.of());
        if (!listed.isEmpty()) {
            var wanted = new LinkedHashSet<String>();
            fields.values().forEach(wanted::addAll);
            acts.papers().takeAway(caseId, at.step.id(), person.id(), new LinkedHashSet<>(listed), wanted);
        }
        var problems =
                acts.papers().missing(caseId, at.step.id(), person, pages.opened(at.reader, at.seen, at.step), sent);
        acts.answers(at.seen, at.step, fields, at.reader.zone()).problems().forEach(problems::putIfAbsent);
        problems.putAll(refused);
        return problems;
    }

    private ResponseEntity<String> confirmation(At at, String nonce, Map<String, List<String>> sent, Act act) {
        var person = at.reader.person();
        var code = acts.grade(person.id(), at.seen.row().id(), at.step.id(), act)
                .filter(grade -> grade == Grade.CODE)
                .isPresent();
        if (code) {
            var issued = drafts.issueCode(nonce, person.id());
            if (issued.isEmpty()) {
                return html.note(at.reader, HttpStatus.TOO_MANY_REQUESTS, "too-many", null);
            }
            known.sendCode(person, at.seen.key(), issued.get());
        }
        return html.confirmation(at.reader, HttpStatus.OK, at.seen, at.step, nonce, sent, code, null);
    }

    @PostMapping("/g/{secret}/{task}/act")
    ResponseEntity<String> act(
            @PathVariable String secret,
            @PathVariable String task,
            HttpServletRequest request,
            HttpServletResponse response) {
        var at = at(secret, task, request).orElse(null);
        if (at == null) {
            return open(secret, request, response);
        }
        var nonce = one(request, "nonce");
        var draft = GuestCookie.read(request)
                .flatMap(cookie -> drafts.find(nonce, at.reader.link(), cookie))
                .filter(found -> found.caseId() == at.seen.row().id() && found.step() == at.step.id())
                .orElse(null);
        if (draft == null) {
            GuestCookie.offer(request, response);
            var words = at.reader.words();
            return again(at, new Sent(Map.of(), new LinkedHashMap<>(), words.say("guest.again")));
        }
        var missing = draft.needsCode()
                ? codeMissing(nonce, one(request, "code"))
                : one(request, "sure").isEmpty() ? "guest.sure.missing" : null;
        if (missing != null) {
            return html.confirmation(
                    at.reader,
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    at.seen,
                    at.step,
                    nonce,
                    draft.sent(),
                    draft.needsCode(),
                    at.reader.words().say(missing));
        }
        return perform(at, nonce, draft, request);
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

    private ResponseEntity<String> perform(At at, String nonce, Draft draft, HttpServletRequest request) {
        var read = SentAct.of(draft.sent(), pages.zone(at.reader, at.seen, at.step));
        if (read.act() == null || !drafts.use(nonce)) {
            return again(
                    at,
                    new Sent(Map.of(), new LinkedHashMap<>(), at.reader.words().say("guest.again")));
        }
        var caseId = at.seen.row().id();
        var person = at.reader.person().id();
        if (read.act() instanceof Act.Answer) {
            var missing = acts.papers()
                    .bring(
                            caseId,
                            at.step.id(),
                            at.reader.person(),
                            pages.opened(at.reader, at.seen, at.step),
                            draft.sent(),
                            signer(at.reader, request));
            if (missing != null) {
                var problems = new LinkedHashMap<String, Problem>(Map.of(Papers.DRAWING, missing));
                return again(at, new Sent(draft.sent(), problems, null));
            }
        }
        var result = acts.perform(person, caseId, at.step.id(), read.act(), null);
        return switch (result) {
            case Result.Performed _ -> {
                links.used(at.reader.link());
                yield ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .location(URI.create(at.reader.path() + "?done=" + SentAct.word(draft.sent()) + "&lang="
                                + at.reader.words().language()))
                        .build();
            }
            case Result.NotTheirs _ -> html.note(at.reader, HttpStatus.CONFLICT, "gone", null);
            case Result.Wrong(var problems) -> again(at, new Sent(draft.sent(), problems, null));
            case Result.NotThatSimple _ -> throw new IllegalStateException("the page does not ask for it");
            case Result.Refused(var reason, var _) ->
                again(at, new Sent(draft.sent(), new LinkedHashMap<>(), refusal(at.reader.words(), reason.name())));
            case Result.MayNotPassOn(var why) ->
                again(
                        at,
                        new Sent(
                                draft.sent(),
                                new LinkedHashMap<>(),
                                at.reader.words().say("guest.pass-on." + why.name())));
        };
    }

    /** Whoever signs has entered a code that went to their address. */
    private static Signer signer(Reader reader, HttpServletRequest request) {
        var agent = request.getHeader(HttpHeaders.USER_AGENT);
        return new Signer(
                reader.person().id(),
                reader.person().name(),
                Identified.ONE_TIME_CODE,
                request.getRemoteAddr(),
                agent == null ? "" : agent);
    }

    static String refusal(Words words, String reason) {
        var key = "guest.refused." + reason;
        return words.say(words.knows(key) ? key : "guest.refused");
    }

    private ResponseEntity<String> again(At at, Sent sent) {
        if (at.seen.task(at.step.id()).isEmpty()) {
            return html.note(at.reader, HttpStatus.CONFLICT, "gone", null);
        }
        return html.task(at.reader, HttpStatus.UNPROCESSABLE_CONTENT, at.seen, at.step, sent);
    }

    // A new link

    /** To the known address and nowhere else; whether it went is not told. */
    @PostMapping("/g/{secret}/link")
    ResponseEntity<String> newLink(
            @PathVariable String secret, HttpServletRequest request, HttpServletResponse response) {
        var reader = reader(secret, request).orElse(null);
        if (reader == null) {
            return html.unknown(request);
        }
        if (reader.link().useAt(clock.instant()) != Link.Use.EXPIRED) {
            return open(secret, request, response);
        }
        if (links.mayReissue(reader.link())) {
            known.sendLink(
                    reader.person(), reader.link().caseId(), reader.link().step());
        }
        return html.note(reader, HttpStatus.OK, "sent", null);
    }

    // Who and what

    /** A step that waits for the reader and that the link is for. */
    private record At(Reader reader, GuestCase seen, Step step) {}

    private Optional<At> at(String secret, String task, HttpServletRequest request) {
        return places.act(secret, task)
                .flatMap(place -> place.task().map(step -> at(secret, place, step, request)))
                .or(() -> undone(secret, task, request));
    }

    /** Of what is not theirs any more nothing is shown and nothing can be done, but to take back what they did. */
    private Optional<At> undone(String secret, String task, HttpServletRequest request) {
        return SentAct.TAKE_BACK.equals(request.getParameter("act"))
                        && request.getMethod().equals("POST")
                ? places.undo(secret, task)
                        .flatMap(place ->
                                place.seen().undoable(place.step()).map(step -> at(secret, place, step, request)))
                : Optional.empty();
    }

    private At at(String secret, Place place, Step step, HttpServletRequest request) {
        return new At(html.reader(secret, place.link(), place.person(), request), place.seen(), step);
    }

    private Optional<Reader> reader(String secret, HttpServletRequest request) {
        return links.find(secret)
                .flatMap(link ->
                        directory.find(link.person()).map(person -> html.reader(secret, link, person, request)));
    }

    static Map<String, List<String>> sent(HttpServletRequest request) {
        var sent = new LinkedHashMap<String, List<String>>();
        request.getParameterMap().entrySet().stream().limit(PARAMETERS_MAX).forEach(each -> {
            if (!each.getKey().equals("lang")) {
                sent.put(each.getKey(), new ArrayList<>(List.of(each.getValue())));
            }
        });
        return sent;
    }

    static String one(HttpServletRequest request, String name) {
        var value = request.getParameter(name);
        return value == null ? "" : value;
    }
}
