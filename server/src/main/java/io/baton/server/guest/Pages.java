package io.baton.server.guest;

import io.baton.engine.Booking;
import io.baton.engine.Slip;
import io.baton.engine.Step;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.Views.Fact;
import io.baton.server.guest.Views.Mistake;
import io.baton.server.guest.Views.OpenTask;
import io.baton.server.guest.Views.Said;
import io.baton.server.guest.Views.Sheet;
import io.baton.server.guest.Views.Standing;
import io.baton.server.journal.Journal;
import io.baton.server.words.Words;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the views of what one contact may see. All it knows of a case it has from {@link GuestCase}. */
final class Pages {

    private final GuestActs acts;
    private final Directory directory;
    private final Clock clock;
    private final AppointmentPages appointments;
    private final Standings standings;
    private final Sheets sheets;

    Pages(GuestActs acts, Openings openings, Directory directory, Journal journal, Clock clock) {
        this.acts = acts;
        this.sheets = new Sheets(acts, openings);
        this.directory = directory;
        this.standings = new Standings(directory, journal);
        this.clock = clock;
        this.appointments = new AppointmentPages(acts, clock);
    }

    /** Who reads, by which link, and with which browser. {@code path} is {@code /g/SECRET}. */
    record Reader(
            Person person,
            Link link,
            String path,
            Words words,
            ZoneId zone,
            @Nullable String cookie) {

        /** Of a step, or of a case as a whole (0). */
        String path(long caseId, int step) {
            return path + "/" + caseId + "." + step;
        }
    }

    /** What was sent, and what was wrong with it; empty before anything was sent. */
    record Sent(
            Map<String, List<String>> fields,
            SequencedMap<String, Problem> problems,
            @Nullable String notice) {
        static final Sent NOTHING = new Sent(Map.of(), new LinkedHashMap<>(), null);
    }

    ZoneId zone(String person) {
        return acts.zone(person);
    }

    /** On whose clock times at the step are shown and meant. */
    ZoneId zone(Reader reader, GuestCase seen, Step step) {
        var times = appointments.times(reader, seen, step.id());
        return times.equals(FormView.Times.NONE) ? reader.zone() : times.zone();
    }

    /** Another time for what the reader has booked, or none. */
    Views.Appointment appointment(Reader reader, GuestCase seen, Booking booking, Sent sent) {
        var reason = OtherActs.other(reader, sent, SentAct.RELEASE, OtherActs.field("reason", "long-text"))
                .fields()
                .getFirst();
        return appointments.page(reader, seen, booking, sent, reason, standings.of(reader, seen));
    }

    List<Fact> summary(Reader reader, GuestCase seen, Booking booking, Map<String, List<String>> sent) {
        return appointments.summary(reader, seen, booking, sent);
    }

    // A task

    Views.Task task(Reader reader, GuestCase seen, Step step, Sent sent) {
        var words = reader.words();
        var task = Objects.requireNonNull(step.task());
        var form = acts.form(seen, step);
        var word = SentAct.word(sent.fields());
        var isAnswer = word.equals(SentAct.ANSWER);
        var problems = isAnswer ? sent.problems() : new LinkedHashMap<String, Problem>();
        var view = view(reader, seen, step, form, isAnswer ? sent.fields() : Map.of(), ofForm(form, problems));
        var asked = acts.papers().asked(seen.row().id(), step.id(), reader.person());
        var papers = sheets.papers(reader, seen, step, asked, problems);
        var signing = Sheets.signing(words, asked, isAnswer ? sent.fields() : Map.of(), problems);
        var parts = view.parts();
        var name = seen.node(step).element().label();
        return new Views.Task(
                reader.path(seen.row().id(), step.id()),
                words.language(),
                FormView.heading(parts).orElse(name),
                words.say("guest.lead", directory.brand().name(), name),
                task.due() == null ? null : words.date(task.due(), reader.zone()),
                task.due() != null && task.due().isBefore(clock.instant()),
                sent.notice(),
                task.decision() == null
                        ? null
                        : words.say(
                                "guest.decided", words.moment(task.decision().effectiveAt(), reader.zone())),
                dates(reader, task),
                isAnswer ? mistakes(papers, signing, view) : List.of(),
                papers,
                FormView.withoutHeading(parts),
                !form.fileFields().isEmpty(),
                signing,
                form.components().isEmpty() && signing == null
                        ? words.say("guest.button.done")
                        : words.say("guest.button.continue"),
                OtherActs.at(reader, seen, step, sent),
                isAnswer ? null : word,
                conversation(reader, seen),
                sheets.files(reader, seen, step.id(), asked),
                standings.of(reader, seen));
    }

    /** {@code sent} with all names of the page's form. */
    private FormView view(
            Reader reader,
            GuestCase seen,
            Step step,
            Form form,
            Map<String, List<String>> sent,
            SequencedMap<String, Problem> problems) {
        var papers = acts.papers();
        var caseId = seen.row().id();
        var uploads = new FormView.Uploads(
                reader.path(caseId, step.id()) + "/uploads",
                papers.types(caseId, step.id()),
                papers.bytesMax(),
                form.fileFields().isEmpty()
                        ? new LinkedHashMap<>()
                        : papers.mine(caseId, step.id(), reader.person().id()));
        return new FormView(
                form,
                seen.seen(step, form),
                SentAct.fields(sent),
                problems,
                uploads,
                appointments.times(reader, seen, step.id()),
                reader.words(),
                clock.instant());
    }

    /** What the reader did a moment ago, where the step is not before them any more. */
    private List<Views.Undo> undos(Reader reader, GuestCase seen) {
        if (reader.link().useAt(clock.instant()) != Link.Use.ACT) {
            return List.of();
        }
        return seen.state().steps().stream()
                .filter(step -> seen.isUndoable(step)
                        && seen.task(step.id()).isEmpty()
                        && reader.link().covers(seen.row().id(), step.id()))
                .map(step -> new Views.Undo(reader.path(seen.row().id(), step.id()), undo(reader, seen, step)))
                .toList();
    }

    private static String undo(Reader reader, GuestCase seen, Step step) {
        var label = seen.node(step).element().label();
        var slip = seen.slip(step);
        return slip == null || seen.isPassedOn(step)
                ? reader.words().say("guest.undo.passed-on", label)
                : reader.words()
                        .say(
                                slip.kind() == Slip.Kind.DECLINED ? "guest.undo.declined" : "guest.undo.sent-back",
                                label,
                                reader.words().moment(slip.until(), reader.zone()));
    }

    /** Those of papers and signatures are told at their own places. */
    private static SequencedMap<String, Problem> ofForm(Form form, SequencedMap<String, Problem> problems) {
        var keys = form.keys();
        var own = new LinkedHashMap<String, Problem>();
        problems.forEach((name, problem) -> {
            var dot = name.indexOf('.');
            if (keys.contains(name) || (dot > 0 && keys.contains(name.substring(0, dot)))) {
                own.put(name, problem);
            }
        });
        return own;
    }

    private static List<Mistake> mistakes(List<Sheet> papers, Views.@Nullable Signing signing, FormView view) {
        var mistakes = new ArrayList<Mistake>();
        papers.stream()
                .filter(paper -> paper.error() != null)
                .forEach(paper -> mistakes.add(new Mistake(paper.id(), String.valueOf(paper.error()))));
        mistakes.addAll(view.mistakes());
        if (signing != null && signing.name().error() != null) {
            mistakes.add(new Mistake(
                    signing.name().id(),
                    signing.name().label() + ": " + signing.name().error()));
        }
        if (signing != null && signing.error() != null) {
            mistakes.add(new Mistake(signing.name().id(), signing.error()));
        }
        return mistakes;
    }

    static String first(Map<String, List<String>> sent, String name) {
        var texts = sent.getOrDefault(name, List.of());
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    private List<Said> conversation(Reader reader, GuestCase seen) {
        var said = acts.conversation(seen, reader.person());
        var names =
                directory.names(said.stream().map(each -> each.said().author()).toList());
        return said.stream()
                .filter(each -> each.text() != null)
                .map(each -> {
                    var author = names.get(each.said().author());
                    return new Said(
                            author == null ? directory.brand().name() : author.name(),
                            each.said().author().equals(reader.person().id()),
                            reader.words().moment(each.said().at(), reader.zone()),
                            String.valueOf(each.text()));
                })
                .toList();
    }

    private static List<String> dates(Reader reader, Step.Task task) {
        var words = reader.words();
        var dates = new ArrayList<String>();
        if (task.promise() != null) {
            dates.add(words.say("guest.promised", words.date(task.promise().at(), reader.zone())));
        }
        if (task.proposal() != null) {
            dates.add(words.say("guest.proposed", words.date(task.proposal().due(), reader.zone())));
        }
        if (task.blocker() != null) {
            dates.add(words.say("guest.stuck", task.blocker().reason()));
        }
        return dates;
    }

    /** What this browser was given at the step. */
    Set<UUID> opened(Reader reader, GuestCase seen, Step step) {
        return sheets.opened(reader, seen, step);
    }

    Standing standing(Reader reader, GuestCase seen) {
        return standings.of(reader, seen);
    }

    // Confirming

    /** What is about to be done, in the reader's words. */
    List<Fact> summary(Reader reader, GuestCase seen, Step step, Map<String, List<String>> sent) {
        var words = reader.words();
        var act = SentAct.word(sent);
        if (act.equals(SentAct.ANSWER)) {
            var form = acts.form(seen, step);
            var fields = SentAct.fields(sent);
            var said = new ArrayList<>(view(reader, seen, step, form, sent, new LinkedHashMap<>())
                    .summary(acts.answers(seen, step, fields, reader.zone())));
            if (Papers.asksToSign(seen, step, reader.person().id())) {
                var drawn = !first(sent, Papers.DRAWING).isEmpty();
                said.add(new Fact(
                        words.say("guest.sign.title"),
                        first(sent, Papers.NAME).strip() + (drawn ? ", " + words.say("guest.sign.drawn") : "")));
            }
            return said;
        }
        var facts = new ArrayList<Fact>();
        for (var name : List.of("date", "moment", "kind", "email", "name", "reason")) {
            var texts = sent.getOrDefault(name, List.of());
            if (!texts.isEmpty() && !texts.getFirst().isBlank() && words.knows("guest." + act + "." + name)) {
                facts.add(new Fact(
                        words.say("guest." + act + "." + name),
                        shown(words, zone(reader, seen, step), name, texts.getFirst())));
            }
        }
        return facts;
    }

    private static String shown(Words words, ZoneId clockOf, String name, String text) {
        return switch (name) {
            case "moment" ->
                words.moment(LocalDateTime.parse(text).atZone(clockOf).toInstant(), clockOf);
            case "kind" -> words.say("guest.stuck." + text);
            case "date" ->
                words.date(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC);
            default -> text;
        };
    }

    // Lists

    List<OpenTask> openTasks(Reader reader, List<GuestCase> cases) {
        var open = new ArrayList<OpenTask>();
        for (var seen : cases) {
            for (var step : seen.tasks()) {
                if (!reader.link().covers(seen.row().id(), step.id())) {
                    continue;
                }
                var due = step.task() == null ? null : step.task().due();
                var about = seen.title() == null ? seen.key() : seen.key() + " · " + seen.title();
                open.add(new OpenTask(
                        reader.path() + "/" + seen.row().id() + "." + step.id() + "?lang="
                                + reader.words().language(),
                        seen.node(step).element().label(),
                        about,
                        due == null ? null : reader.words().date(due, reader.zone()),
                        due != null && due.isBefore(clock.instant())));
            }
        }
        return open;
    }

    Views.Overview overview(Reader reader, List<GuestCase> cases, @Nullable String notice) {
        var words = reader.words();
        var tasks = openTasks(reader, cases);
        var one = reader.link().caseId() == 0 || cases.size() != 1 ? null : cases.getFirst();
        return new Views.Overview(
                tasks.isEmpty()
                        ? words.say(
                                one != null && !one.tasks().isEmpty() ? "guest.stands.elsewhere" : "guest.owe.nothing")
                        : words.say("guest.owe.lead", directory.brand().name()),
                notice,
                tasks,
                cases.stream().flatMap(seen -> undos(reader, seen).stream()).toList(),
                one == null ? List.of() : appointments.booked(reader, one),
                one == null ? List.of() : conversation(reader, one),
                one == null ? List.of() : sheets.files(reader, one, 0, List.of()),
                one == null ? null : standings.of(reader, one));
    }
}
