package io.baton.server.guest;

import io.baton.engine.Step;
import io.baton.server.directory.Directory;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.GuestActs.Grade;
import io.baton.server.guest.GuestActs.Result;
import io.baton.server.guest.GuestPlaces.Place;
import io.baton.server.guest.Pages.Reader;
import io.baton.server.guest.Pages.Sent;
import io.baton.server.room.FileRefused;
import io.baton.server.room.Signatures.Identified;
import io.baton.server.room.Signatures.Signer;
import io.baton.server.tasks.Tasks;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
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

/** The page behind a link. Opening it changes nothing, whoever opens it; what is sent takes {@link TwoSteps}. */
@RestController
@Hidden
class GuestRoutes {

    private static final int OPEN_CASES_MAX = 100;

    /** Each file that the page listed, ticked or not. */
    static final String LISTED = "listed";

    private final Links links;
    private final GuestPlaces places;
    private final GuestActs acts;
    private final TwoSteps steps;
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
            TwoSteps steps,
            Pages pages,
            Html html,
            KnownAddress known,
            Directory directory,
            Tasks tasks,
            Clock clock) {
        this.links = links;
        this.places = places;
        this.acts = acts;
        this.steps = steps;
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
        var page = page(secret, task, request).orElse(null);
        if (page == null) {
            return open(secret, request, response);
        }
        GuestCookie.offer(request, response);
        var sent = steps.typed(page, request).orElseGet(() -> suggested(page.reader, page.seen, page.step, null));
        return page.show(HttpStatus.OK, sent);
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
        var page = page(secret, task, request).orElse(null);
        if (page == null) {
            return open(secret, request, response);
        }
        page.refused.putAll(refused);
        return steps.check(page, request, response);
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

    @PostMapping("/g/{secret}/{task}/act")
    ResponseEntity<String> act(
            @PathVariable String secret,
            @PathVariable String task,
            HttpServletRequest request,
            HttpServletResponse response) {
        var page = page(secret, task, request).orElse(null);
        return page == null ? open(secret, request, response) : steps.act(page, request, response);
    }

    /** A step that waits for the reader and that the link is for. */
    private final class TaskPage implements TwoSteps.Page {

        private final Reader reader;
        private final GuestCase seen;
        private final Step step;

        /** Files that came along and were not taken, by their fields. */
        private final SequencedMap<String, Problem> refused = new LinkedHashMap<>();

        TaskPage(Reader reader, GuestCase seen, Step step) {
            this.reader = reader;
            this.seen = seen;
            this.step = step;
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
            return step.id();
        }

        @Override
        public ResponseEntity<String> show(HttpStatus status, Sent sent) {
            return seen.task(step.id()).isEmpty()
                    ? html.note(reader, HttpStatus.CONFLICT, "gone", null)
                    : html.task(reader, status, seen, step, sent);
        }

        /** What was listed and is not to be sent is taken away. */
        @Override
        public SequencedMap<String, Problem> problems(Map<String, List<String>> sent) {
            var read = read(sent);
            if (!(read.act() instanceof Act.Answer(var fields))) {
                return read.problems();
            }
            var papers = acts.papers();
            var caseId = seen.row().id();
            var listed = sent.getOrDefault(LISTED, List.of());
            if (!listed.isEmpty()) {
                var wanted = new LinkedHashSet<String>();
                fields.values().forEach(wanted::addAll);
                papers.takeAway(caseId, step.id(), reader.person().id(), new LinkedHashSet<>(listed), wanted);
            }
            var problems = papers.missing(caseId, step.id(), reader.person(), pages.opened(reader, seen, step), sent);
            acts.answers(seen, step, fields, reader.zone()).problems().forEach(problems::putIfAbsent);
            problems.putAll(refused);
            return problems;
        }

        private SentAct read(Map<String, List<String>> sent) {
            return SentAct.of(sent, pages.zone(reader, seen, step));
        }

        @Override
        public boolean needsCode(Map<String, List<String>> sent) {
            var act = read(sent).act();
            return act != null
                    && acts.grade(reader.person().id(), seen.row().id(), step.id(), act)
                            .filter(grade -> grade == Grade.CODE)
                            .isPresent();
        }

        @Override
        public ResponseEntity<String> confirmation(
                HttpStatus status, String nonce, Map<String, List<String>> sent, boolean code, @Nullable String error) {
            return html.confirmation(reader, status, seen, step, nonce, sent, code, error);
        }

        @Override
        public Result perform(Map<String, List<String>> sent, HttpServletRequest request) {
            var read = read(sent);
            if (read.act() == null) {
                return new Result.Wrong(read.problems());
            }
            var missing = read.act() instanceof Act.Answer
                    ? acts.papers()
                            .bring(
                                    seen.row().id(),
                                    step.id(),
                                    reader.person(),
                                    pages.opened(reader, seen, step),
                                    sent,
                                    signer(reader, request))
                    : null;
            return missing == null
                    ? acts.perform(reader.person().id(), seen.row().id(), step.id(), read.act(), null)
                    : new Result.Wrong(new LinkedHashMap<>(Map.of(Papers.DRAWING, missing)));
        }
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

    private Optional<TaskPage> page(String secret, String task, HttpServletRequest request) {
        return places.act(secret, task)
                .flatMap(place -> place.task().map(step -> page(secret, place, step, request)))
                .or(() -> undone(secret, task, request));
    }

    /** A step at which nothing is to be done, but to take back what they did. */
    private Optional<TaskPage> undone(String secret, String task, HttpServletRequest request) {
        return SentAct.TAKE_BACK.equals(request.getParameter("act"))
                        && request.getMethod().equals("POST")
                ? places.undo(secret, task)
                        .flatMap(place ->
                                place.seen().undoable(place.step()).map(step -> page(secret, place, step, request)))
                : Optional.empty();
    }

    private TaskPage page(String secret, Place place, Step step, HttpServletRequest request) {
        return new TaskPage(html.reader(secret, place.link(), place.person(), request), place.seen(), step);
    }

    private Optional<Reader> reader(String secret, HttpServletRequest request) {
        return links.find(secret)
                .flatMap(link ->
                        directory.find(link.person()).map(person -> html.reader(secret, link, person, request)));
    }
}
