package io.baton.server.guest;

import io.baton.engine.Actor;
import io.baton.engine.Booking;
import io.baton.engine.Command;
import io.baton.engine.Refusal;
import io.baton.engine.Roster;
import io.baton.engine.Slots;
import io.baton.engine.Step;
import io.baton.engine.calendar.WorkingCalendar;
import io.baton.engine.model.FlowNode.UserTask;
import io.baton.server.appointments.Appointments;
import io.baton.server.appointments.Appointments.Free;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.directory.Written;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.processes.Deployments;
import io.baton.server.room.Audience;
import io.baton.server.room.Comments;
import io.baton.server.room.Comments.Comment;
import io.baton.server.room.Files;
import io.baton.server.room.HeldFiles;
import io.baton.server.room.Reader;
import io.baton.server.room.Signatures;
import io.baton.server.tasks.Tasks;
import io.baton.server.words.Words;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What contacts do, whether by the page or by mail. Each act is a command that the contact gives; the engine decides. Who
 * called has made sure that it is the contact; what {@link #grade} asks for on top is the caller's to ask.
 */
public final class GuestActs {

    static final int REASON_CHARACTERS_MAX = 1_000;

    private static final String PARTIES = """
            select distinct process_id, node from step where case_id = ? and ? = any(holders)""";

    private final JdbcClient database;
    private final Cases cases;
    private final Tasks tasks;
    private final Deployments deployments;
    private final Directory directory;
    private final Comments comments;
    private final Papers papers;
    private final Appointments appointments;
    private final Suggestions suggestions;
    private final Supplier<Roster> roster;
    private final Clock clock;

    public GuestActs(
            JdbcClient database,
            Cases cases,
            Tasks tasks,
            Deployments deployments,
            Directory directory,
            Comments comments,
            Files files,
            HeldFiles held,
            Signatures signatures,
            Appointments appointments,
            Supplier<Roster> roster,
            Clock clock) {
        this.database = database;
        this.cases = cases;
        this.tasks = tasks;
        this.deployments = deployments;
        this.directory = directory;
        this.comments = comments;
        this.papers = new Papers(files, held, signatures);
        this.appointments = appointments;
        this.suggestions = new Suggestions(database, clock);
        this.roster = roster;
        this.clock = clock;
    }

    /** How sure it has to be that it is the person who acts. */
    public enum Grade {
        /** A press on a page that a mail scanner does not make, or a reply from their address. */
        CONFIRM,
        /** A one-time code to the known address. */
        CODE
    }

    /** What became of an act. */
    public sealed interface Result {
        /** On disk. {@code seq} is its place in the journal. */
        record Performed(long caseId, int seq, Instant at) implements Result {}

        /** Nothing waits for the person there: it is done, with somebody else, or never was theirs. */
        record NotTheirs() implements Result {}

        /** The engine says no. {@code detail} is for the log, in English, and may name what is inside. */
        record Refused(Refusal reason, String detail) implements Result {}

        /** By the names of the form's fields. */
        record Wrong(SequencedMap<String, Problem> problems) implements Result {}

        /** The form has no single question that "yes" or "no" answers. */
        record NotThatSimple() implements Result {}

        record MayNotPassOn(NotPassedOn why) implements Result {}
    }

    public enum NotPassedOn {
        NOBODY_ALLOWED,
        OTHER_DOMAIN,
        NOT_AN_ADDRESS,
        NOT_HERE,
        IS_THEMSELVES
    }

    /** What the act needs before it is performed; empty where nothing waits for the person there. */
    public Optional<Grade> grade(String person, long caseId, int step, Act act) {
        return see(person, caseId)
                .flatMap(seen -> seen.task(step).map(task -> switch (act) {
                    case Act.Answer _, Act.Approve _, Act.Reject _ ->
                        seen.needsCode(task) || Papers.asksToSign(seen, task, person) ? Grade.CODE : Grade.CONFIRM;
                    case Act.PassOn _ -> seen.needsCode(task) ? Grade.CODE : Grade.CONFIRM;
                    case Act.Accept _,
                            Act.Decline _,
                            Act.SendBack _,
                            Act.Promise _,
                            Act.Propose _,
                            Act.Stuck _,
                            Act.OtherTime _,
                            Act.Ask _,
                            Act.TakeBack _ -> Grade.CONFIRM;
                }));
    }

    /** Whether a plain "yes" or "no" can be an answer to what waits for the person there. */
    public boolean isDecision(String person, long caseId, int step) {
        return see(person, caseId)
                .flatMap(seen -> seen.task(step)
                        .filter(task -> Objects.requireNonNull(task.task()).decision() == null)
                        .flatMap(task -> form(seen, task).decision(true)))
                .isPresent();
    }

    /** The one field of a form that asks for one thing and nothing else; {@code options} are values by their labels. */
    public record OnlyField(String key, Kind kind, SequencedMap<String, String> options) {

        public enum Kind {
            TEXT,
            NUMBER,
            DATE,
            CHOICE
        }
    }

    /** Empty where the step's form asks for more, or for something else, or where a document has to be read first. */
    public Optional<OnlyField> onlyField(String person, long caseId, int step) {
        return see(person, caseId)
                .flatMap(seen -> seen.task(step)
                        .filter(task -> Objects.requireNonNull(task.task()).decision() == null
                                && seen.state().papers(task, person).isEmpty())
                        .flatMap(task -> form(seen, task).onlyField()))
                .flatMap(GuestActs::onlyField);
    }

    private static Optional<OnlyField> onlyField(Form.Field field) {
        var kind = switch (field.kind()) {
            case TEXT, LONG_TEXT -> OnlyField.Kind.TEXT;
            case NUMBER -> OnlyField.Kind.NUMBER;
            case DATE -> OnlyField.Kind.DATE;
            case RADIO, SELECT -> OnlyField.Kind.CHOICE;
            case CHECKBOX, CHECKLIST, TIME, DATE_TIME, SLOT, FILE -> null;
        };
        var options = new LinkedHashMap<String, String>();
        field.options().forEach(option -> options.put(option.label(), option.value()));
        return kind == null ? Optional.empty() : Optional.of(new OnlyField(field.key(), kind, options));
    }

    /** Stands in the form when the person opens it; by the names of the form's fields. */
    public void suggest(String person, long caseId, int step, Map<String, List<String>> fields) {
        suggestions.put(person, caseId, step, fields);
    }

    Map<String, List<String>> suggested(String person, long caseId, int step) {
        return suggestions.find(person, caseId, step);
    }

    /** {@code key} makes performing the same act again harmless. */
    public Result perform(String person, long caseId, int step, Act act, @Nullable Idempotency key) {
        var seen = see(person, caseId).orElse(null);
        var task = seen == null
                ? null
                : seen.task(step)
                        .or(() -> act instanceof Act.TakeBack ? seen.undoable(step) : Optional.empty())
                        .orElse(null);
        if (seen == null || task == null) {
            return new Result.NotTheirs();
        }
        return switch (act) {
            case Act.Answer(var fields) -> answer(seen, task, person, fields, key);
            case Act.Approve _ -> decide(seen, task, person, true, "", key);
            case Act.Reject(var reason) -> decide(seen, task, person, false, reason, key);
            case Act.Accept _ -> command(caseId, new Command.ClaimTask(step), person, key);
            case Act.Decline(var reason) -> command(caseId, new Command.DeclineTask(step, reason), person, key);
            case Act.SendBack(var missing) -> command(caseId, new Command.SendBack(step, missing), person, key);
            case Act.Promise(var at) -> command(caseId, new Command.PromiseDate(step, at), person, key);
            case Act.Propose(var due, var reason) ->
                command(caseId, new Command.ProposeDate(step, due, reason), person, key);
            case Act.Stuck(var obstacle, var reason) ->
                command(caseId, new Command.ReportStuck(step, obstacle, reason, null), person, key);
            case Act.OtherTime(var at, var reason) -> ask(caseId, step, person, otherTime(seen, at, reason));
            case Act.Ask(var question) -> ask(caseId, step, person, question);
            case Act.TakeBack _ -> command(caseId, takeBack(seen, task), person, key);
            case Act.PassOn passOn -> passOn(seen, task, person, passOn, key);
        };
    }

    private static Command takeBack(GuestCase seen, Step step) {
        if (seen.isPassedOn(step)) {
            return new Command.WithdrawOffer(step.id());
        }
        if (seen.slip(step) != null) {
            return new Command.TakeBackAct(step.id());
        }
        return GuestCase.isStuck(step, seen.person())
                ? new Command.RemoveObstacle(step.id())
                : new Command.TakeBackDecision(step.id());
    }

    /** In the words and on the clock of the owner, who reads it. */
    private String otherTime(GuestCase seen, Instant at, String reason) {
        var owner = seen.row().owner();
        var locale =
                directory.find(owner).map(person -> person.profile().locale()).orElse(null);
        return Words.of(locale).say("guest.other-time.said", Words.of(locale).moment(at, zone(owner)), reason);
    }

    // Appointments

    /** Books another time than the one that the person has. */
    Result move(String person, long caseId, int step, Instant at) {
        return result(appointments.move(caseId, step, at, Actor.person(person), null));
    }

    Result giveUp(String person, long caseId, int step, String reason) {
        return result(appointments.release(caseId, step, reason, Actor.person(person), null));
    }

    /** On whose clock it was booked. */
    ZoneId zone(GuestCase seen, Booking booking) {
        return Slots.zone(seen.state(), booking, roster.get());
    }

    /** Null where the step offers no times. */
    @Nullable
    Free free(GuestCase seen, int step) {
        return appointments.free(seen.row().id(), seen.state(), step);
    }

    private Result command(long caseId, Command command, String person, @Nullable Idempotency key) {
        return result(tasks.perform(caseId, command, Actor.person(person), key));
    }

    /** Members see it, and who asked: an answer is shared with them. */
    private Result ask(long caseId, int step, String person, String question) {
        return result(comments.ask(caseId, step, person, question, Audience.people(List.of(person)))
                .answer());
    }

    private static Result result(Answer answer) {
        return switch (answer) {
            case Answer.Done done -> new Result.Performed(done.caseId(), done.seq(), done.at());
            case Answer.Refused(var reason, var message) -> new Result.Refused(reason, message);
            case Answer.KeyReused _ -> new Result.NotTheirs();
        };
    }

    // Doing the task

    private Result answer(
            GuestCase seen, Step task, String person, Map<String, List<String>> fields, @Nullable Idempotency key) {
        var answers = answers(seen, task, fields, zone(person));
        if (!answers.isRight()) {
            return new Result.Wrong(answers.problems());
        }
        var problems = handIn(seen, task, person, answers);
        if (!problems.isEmpty()) {
            return new Result.Wrong(problems);
        }
        var values = new LinkedHashMap<String, @Nullable Object>(answers.values());
        values.remove(Papers.EVIDENCE);
        var result = result(appointments.complete(seen.row().id(), task.id(), values, Actor.person(person), key));
        if (result instanceof Result.Performed) {
            suggestions.forget(person, seen.row().id(), task.id());
        }
        return result;
    }

    /** The files of an answer are attached before the task is done: whoever comes next finds them there. */
    private SequencedMap<String, Problem> handIn(GuestCase seen, Step task, String person, Answers answers) {
        var problems = new LinkedHashMap<String, Problem>();
        var mine = papers.mine(seen.row().id(), task.id(), person);
        for (var field : form(seen, task).fileFields()) {
            var chosen = ids(answers.values().get(field.key())).stream()
                    .filter(mine::containsKey)
                    .map(mine::get)
                    .toList();
            var problem = papers.handIn(chosen);
            if (problem != null) {
                problems.put(field.key(), problem);
            }
        }
        return problems;
    }

    private static List<String> ids(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case Object one -> List.of(one.toString());
        };
    }

    Papers papers() {
        return papers;
    }

    /** Whether the step's form has such a field for files. */
    boolean takesFiles(GuestCase seen, int step, String field) {
        return seen.task(step)
                .map(task -> form(seen, task).fileFields().stream()
                        .anyMatch(each -> each.key().equals(field)))
                .orElse(false);
    }

    Answers answers(GuestCase seen, Step task, Map<String, List<String>> fields, ZoneId zone) {
        var form = form(seen, task);
        var values = seen.seen(task, form);
        var choices = new LinkedHashSet<String>();
        var fileFields = form.fileFields();
        if (!fileFields.isEmpty()) {
            choices.addAll(
                    papers.mine(seen.row().id(), task.id(), seen.person()).keySet());
            fileFields.forEach(field -> choices.addAll(ids(values.get(field.key()))));
        }
        if (seen.node(task).slots() != null) {
            var free = free(seen, task.id());
            (free == null ? List.<Instant>of() : free.starts()).forEach(at -> choices.add(at.toString()));
        }
        return Answers.of(form, values, fields, choices, zone, clock.instant());
    }

    /** What else the form asks for keeps the value it has; the first long text that then has to be filled in is the reason. */
    private Result decide(
            GuestCase seen, Step task, String person, boolean approve, String reason, @Nullable Idempotency key) {
        var form = form(seen, task);
        var fields = new LinkedHashMap<String, List<String>>();
        var decision = form.decision(approve).orElse(null);
        if (decision == null) {
            return new Result.NotThatSimple();
        }
        seen.seen(task, form).forEach((name, value) -> {
            if (value != null) {
                fields.put(name, List.of(String.valueOf(value)));
            }
        });
        fields.putAll(decision);
        if (!reason.isBlank()) {
            reasonField(form, answers(seen, task, fields, zone(person)))
                    .ifPresent(name -> fields.put(name, List.of(reason)));
        }
        return answer(seen, task, person, fields, key);
    }

    private Optional<String> reasonField(Form form, Answers answers) {
        return form.components().stream()
                .filter(component -> component instanceof Form.Field field
                        && (field.kind() == Form.Kind.LONG_TEXT || field.kind() == Form.Kind.TEXT)
                        && answers.values().containsKey(field.key())
                        && (field.hide() != null || answers.problems().containsKey(field.key())))
                .map(component -> ((Form.Field) component).key())
                .findFirst();
    }

    // Passing on

    private Result passOn(GuestCase seen, Step task, String person, Act.PassOn passOn, @Nullable Idempotency key) {
        var email = passOn.email().strip().toLowerCase(Locale.ROOT);
        var giver = directory.find(person).orElseThrow();
        var refused = mayPassOn(seen, task, giver, email);
        if (refused != null) {
            return new Result.MayNotPassOn(refused);
        }
        var colleague =
                directory.findByEmail(email).map(Person::id).or(() -> addColleague(giver, email, passOn.name()));
        if (colleague.isEmpty()) {
            return new Result.MayNotPassOn(NotPassedOn.NOT_HERE);
        }
        if (task.task() != null && !person.equals(task.task().holder())) {
            var accepted = command(seen.row().id(), new Command.ClaimTask(task.id()), person, null);
            if (!(accepted instanceof Result.Performed)) {
                return accepted;
            }
        }
        var offer = new Command.OfferTask(task.id(), colleague.get(), null, passOn.reason());
        return command(seen.row().id(), offer, person, key);
    }

    private @Nullable NotPassedOn mayPassOn(GuestCase seen, Step task, Person giver, String email) {
        if (!isAddress(email)) {
            return NotPassedOn.NOT_AN_ADDRESS;
        }
        if (email.equals(giver.email())) {
            return NotPassedOn.IS_THEMSELVES;
        }
        return switch (seen.passOn(task)) {
            case NOBODY -> NotPassedOn.NOBODY_ALLOWED;
            case ANYONE -> null;
            case SAME_DOMAIN ->
                giver.email() != null && domain(giver.email()).equals(domain(email)) ? null : NotPassedOn.OTHER_DOMAIN;
        };
    }

    /** Whether a mail could be sent there: stricter than the standard, as addresses of people are. */
    static boolean isAddress(String email) {
        return email.length() <= Person.EMAIL_CHARACTERS_MAX
                && email.matches("[^\\s@<>\"(),:;\\[\\]\\\\]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    }

    private static String domain(String email) {
        return email.substring(email.lastIndexOf('@') + 1);
    }

    private Optional<String> addColleague(Person giver, String email, @Nullable String name) {
        var called = name == null || name.isBlank() ? email.substring(0, email.indexOf('@')) : name.strip();
        var contact = new Person("", called, email, Person.Kind.CONTACT, giver.organisation(), false, giver.teams());
        return directory.create(contact) instanceof Written.Done(var id) ? Optional.of(id) : Optional.empty();
    }

    // Seeing

    /** The case as the person may see it; empty where they have no part in it. */
    Optional<GuestCase> see(String person, long caseId) {
        var row = cases.find(caseId).orElse(null);
        if (row == null) {
            return Optional.empty();
        }
        var before = database
                .sql(PARTIES)
                .param(caseId)
                .param(person)
                .query((found, _) -> deployments
                        .requireModel(found.getInt("process_id"))
                        .node(found.getInt("node"))
                        .element()
                        .party())
                .list()
                .stream()
                .map(party -> party == null ? "" : party)
                .toList();
        var key = cases.key(row.id(), row.process());
        return Optional.of(new GuestCase(
                        row, key, cases.state(row), deployments::requireModel, person, before, clock.instant()))
                .filter(GuestCase::takesPart);
    }

    /** What was said about the case with the person. */
    List<Comment> conversation(GuestCase seen, Person person) {
        return comments.list(seen.row().id(), Reader.contact(person.id(), person.organisation()));
    }

    Form form(GuestCase seen, Step task) {
        return form(seen.state().processOf(task), seen.node(task));
    }

    /** Of a task in that version of its process, which may be over. */
    Form form(int process, UserTask node) {
        var name = node.assignment().form();
        var form = name == null
                ? Form.EMPTY
                : deployments.form(process, name).map(FormReader::read).orElse(Form.EMPTY);
        var timed = node.slots() == null ? form : form.withSlots(node.slots().into());
        return node.papers().uploads().isEmpty() ? timed : timed.withEvidence();
    }

    /** Where the person lives, by their calendar. */
    ZoneId zone(String person) {
        var found = roster.get().person(person);
        WorkingCalendar calendar = found == null ? Roster.ALWAYS : found.calendar();
        return calendar.zone();
    }
}
