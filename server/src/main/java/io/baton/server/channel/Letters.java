package io.baton.server.channel;

import io.baton.engine.Case;
import io.baton.engine.Event;
import io.baton.engine.Notice;
import io.baton.engine.Roster;
import io.baton.engine.Step;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.journal.Entry;
import io.baton.server.processes.Deployments;
import io.baton.server.room.Comments;
import io.baton.server.room.Reader;
import io.baton.server.words.Words;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the words for what somebody is to be told, from the case as it is now and the entry of its journal that led to
 * it; and whether it is still true.
 */
final class Letters {

    /** Longer texts of a process are cut: a mail is no file. */
    private static final int TEXT_CHARACTERS_MAX = 20_000;

    private static final long CALENDAR_MINUTES_DEFAULT = 30;
    private static final long CALENDAR_MINUTES_MAX = 7 * 24 * 60;

    private static final Pattern PARAGRAPH = Pattern.compile("\\R\\s*\\R");
    private static final Pattern PERSON = Pattern.compile("\\bp[1-9]\\d{0,9}\\b");

    private final JdbcClient database;
    private final Cases cases;
    private final Directory directory;
    private final Deployments deployments;
    private final Deliveries deliveries;
    private final Comments comments;
    private final Supplier<Roster> roster;
    private final boolean canReply;

    Letters(
            JdbcClient database,
            Cases cases,
            Directory directory,
            Deployments deployments,
            Deliveries deliveries,
            Comments comments,
            Supplier<Roster> roster,
            boolean canReply) {
        this.database = database;
        this.cases = cases;
        this.directory = directory;
        this.deployments = deployments;
        this.deliveries = deliveries;
        this.comments = comments;
        this.roster = roster;
        this.canReply = canReply;
    }

    /** All that is known when a delivery's turn comes. {@code entry} is what led to it. */
    record Told(Delivery delivery, Person to, CaseRow row, Case state, Entry entry) {

        @Nullable
        Step step() {
            return delivery.step() == 0 ? null : state.step(delivery.step());
        }

        Step.@Nullable Task task() {
            var step = step();
            return step == null ? null : step.task();
        }

        boolean isOpen() {
            return state.status() == Case.Status.OPEN;
        }

        boolean isAsked() {
            var task = task();
            return task != null
                    && task.offer() != null
                    && to.id().equals(task.offer().person());
        }

        boolean isHolding() {
            var task = task();
            return task != null && task.offer() == null && to.id().equals(task.holder());
        }

        <E extends Event> Optional<E> event(Class<E> type) {
            return entry.events().stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .findFirst();
        }
    }

    /** Whether it need still be told. */
    boolean isTrue(Told told) {
        return switch (told.delivery().reason()) {
            case OFFERED -> told.isAsked() && !findsItThere(told);
            case GIVEN, SENT_BACK -> told.isHolding();
            case REMINDER ->
                told.step() != null && told.to().id().equals(told.state().addressee(told.step()));
            case ESCALATION, DUE_CHANGED, PROMISE_CHANGED, PROPOSAL_AGREED, PROPOSAL_DECLINED -> told.task() != null;
            case DATE_PROPOSED -> told.task() != null && told.task().proposal() != null;
            case INCIDENT -> incident(told).isPresent();
            case OWNERSHIP_OFFERED -> told.to().id().equals(told.state().heir());
            case OWNERSHIP_DECLINED, OWNER_CHANGED -> told.isOpen();
            case MAIL -> told.step() != null && told.step().job() != null;
            case COMMENT -> comment(told).isPresent();
            case APPOINTMENT -> booked(told).isPresent();
            case APPOINTMENT_OFF -> {
                var booking = told.state().booking(told.delivery().step());
                yield booking == null || booking.isReleased();
            }
            case NO_LONGER_NEEDED -> !told.isAsked() && !told.isHolding() && knewOfIt(told);
        };
    }

    /** A member who did one step sees the next before them; somebody outside sees only what they have a link to. */
    private static boolean findsItThere(Told told) {
        return told.to().kind() == Person.Kind.MEMBER
                && told.entry().actor().id().equals(told.to().id());
    }

    /** Only who was told of the step, or had it, has to hear that it is over. */
    private boolean knewOfIt(Told told) {
        var step = told.step();
        var person = told.to().id();
        return (step != null
                        && step.custody().stream()
                                .anyMatch(held -> held.holder().equals(person)))
                || deliveries.wasTold(told.delivery().caseId(), told.delivery().step(), person);
    }

    private static Optional<Event.IncidentRaised> incident(Told told) {
        var open = told.state().incidents();
        return told.entry().events().stream()
                .filter(Event.IncidentRaised.class::isInstance)
                .map(Event.IncidentRaised.class::cast)
                .filter(raised -> raised.step() == told.delivery().step()
                        && open.stream().anyMatch(incident -> incident.id() == raised.incident()))
                .findFirst();
    }

    Letter letter(Told told) {
        return switch (told.delivery().reason()) {
            case MAIL -> written(told);
            case OFFERED -> {
                var paragraphs = lead(told, "offered", actor(told), what(told));
                if (told.entry().command().equals("OfferTask")) {
                    told.event(Event.HandoffOffered.class)
                            .ifPresent(offer -> paragraphs.add(say(told, "offered.reason", offer.reason())));
                }
                yield about(told, "offered", paragraphs);
            }
            case SENT_BACK -> {
                var paragraphs = lead(told, "sent-back", actor(told), what(told));
                told.event(Event.TaskSentBack.class)
                        .ifPresent(back -> paragraphs.add(say(told, "sent-back.missing", back.missing())));
                yield about(told, "sent-back", paragraphs);
            }
            case GIVEN -> about(told, "given", lead(told, "given", what(told)));
            case NO_LONGER_NEEDED -> about(told, "no-longer-needed", lead(told, "no-longer-needed", what(told)));
            case REMINDER -> about(told, "reminder", lead(told, "reminder", what(told)));
            case ESCALATION -> {
                var step = told.step();
                var holder = step == null ? told.row().owner() : told.state().holder(step);
                yield about(told, "escalation", lead(told, "escalation", name(holder), what(told)));
            }
            case DUE_CHANGED -> about(told, "due-changed", lead(told, "due-changed", what(told)));
            case PROMISE_CHANGED ->
                about(told, "promise-changed", lead(told, "promise-changed", actor(told), what(told)));
            case DATE_PROPOSED -> proposed(told);
            case PROPOSAL_AGREED -> about(told, "proposal-agreed", lead(told, "proposal-agreed", what(told)));
            case PROPOSAL_DECLINED -> about(told, "proposal-declined", lead(told, "proposal-declined", what(told)));
            case INCIDENT -> {
                var paragraphs = lead(told, "incident", what(told));
                incident(told)
                        .ifPresent(
                                raised -> paragraphs.add(say(told, "incident.message", withNames(raised.message()))));
                yield about(told, "incident", paragraphs);
            }
            case OWNERSHIP_OFFERED -> {
                var paragraphs = lead(told, "ownership-offered", actor(told));
                told.event(Event.OwnershipOffered.class)
                        .ifPresent(offer -> paragraphs.add(say(told, "ownership-offered.reason", offer.reason())));
                yield about(told, "ownership-offered", paragraphs);
            }
            case OWNERSHIP_DECLINED -> about(told, "ownership-declined", lead(told, "ownership-declined"));
            case COMMENT -> {
                var paragraphs = lead(told, "comment", actor(told));
                comment(told).ifPresent(paragraphs::add);
                yield about(told, "comment", paragraphs);
            }
            case APPOINTMENT -> appointment(told);
            case APPOINTMENT_OFF -> appointmentOff(told);
            case OWNER_CHANGED ->
                about(
                        told,
                        "owner-changed",
                        lead(told, "owner-changed", name(told.state().owner())));
        };
    }

    /** What was booked, if it was not moved or given up since; of a case that is over, nothing was. */
    private static Optional<Event.SlotBooked> booked(Told told) {
        var booking = told.state().booking(told.delivery().step());
        return told.event(Event.SlotBooked.class)
                .filter(booked -> booking == null
                        || (!booking.isReleased() && booking.at().equals(booked.at())));
    }

    private Letter appointment(Told told) {
        var booked = told.event(Event.SlotBooked.class).orElseThrow();
        var isBooker = told.to().id().equals(booked.person());
        var until = booked.at().plusSeconds(60L * booked.minutes());
        var paragraphs = lead(
                told,
                "appointment",
                what(told),
                words(told.to()).span(booked.at(), until, zone(told.to(), booked.book())),
                isBooker ? host(booked.book()) : name(booked.person()));
        paragraphs.add(say(told, "appointment.file"));
        if (isBooker && told.isOpen() && told.to().kind() == Person.Kind.CONTACT) {
            paragraphs.add(say(told, "appointment.change"));
        }
        return letter(
                told,
                say(told, "appointment.subject", what(told)),
                paragraphs,
                facts(told),
                Letter.Due.appointment(booked.at(), until, what(told), false));
    }

    private Letter appointmentOff(Told told) {
        var released = told.event(Event.SlotReleased.class).orElseThrow();
        var booked = lastBooked(told);
        var until = booked.at().plusSeconds(60L * booked.minutes());
        var paragraphs = lead(
                told,
                "appointment-off",
                what(told),
                words(told.to()).span(booked.at(), until, zone(told.to(), booked.book())));
        if (!released.reason().isBlank()) {
            paragraphs.add(say(told, "appointment-off.reason", released.reason()));
        }
        return letter(
                told,
                say(told, "appointment-off.subject", what(told)),
                paragraphs,
                facts(told),
                Letter.Due.appointment(booked.at(), until, what(told), true));
    }

    /** What was released: the last that was booked at the step before. */
    private Event.SlotBooked lastBooked(Told told) {
        return cases.journal(told.row(), 0, told.delivery().entry()).stream()
                .flatMap(entry -> entry.events().stream())
                .filter(event -> event instanceof Event.SlotBooked booked
                        && booked.step() == told.delivery().step())
                .map(Event.SlotBooked.class::cast)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private String host(String book) {
        return book.startsWith("@")
                ? directory.findTeam(book.substring(1)).map(team -> team.name()).orElse(book.substring(1))
                : name(book);
    }

    /** Of somebody whose zone nobody knows: the clock of whose time it is, which is named. */
    private ZoneId zone(Person person, String book) {
        var known = roster.get().person(person.id());
        if (known != null && !known.calendar().zone().equals(ZoneOffset.UTC)) {
            return known.calendar().zone();
        }
        var host = book.startsWith("@") ? null : roster.get().person(book);
        var team = book.startsWith("@") ? roster.get().team(book.substring(1)) : null;
        return host != null
                ? host.calendar().zone()
                : team != null && team.calendar() != null ? team.calendar().zone() : zone(person);
    }

    /** As the person may read it; empty when it was erased, or is not for them. */
    private Optional<String> comment(Told told) {
        var to = told.to();
        var reader =
                to.kind() == Person.Kind.MEMBER ? Reader.member(to.id()) : Reader.contact(to.id(), to.organisation());
        return comments.ofEntry(told.row().id(), told.delivery().entry(), reader)
                .flatMap(comment -> Optional.ofNullable(comment.text()));
    }

    private Letter proposed(Told told) {
        var task = told.task();
        var proposal = task == null ? null : task.proposal();
        var paragraphs = new ArrayList<String>();
        if (proposal != null) {
            var date = words(told.to()).date(proposal.due(), zone(told.to()));
            paragraphs.add(say(told, "date-proposed.lead", actor(told), date, what(told)));
            paragraphs.add(say(told, "date-proposed.reason", proposal.reason()));
        }
        return about(told, "date-proposed", paragraphs);
    }

    private List<String> lead(Told told, String key, Object... given) {
        return new ArrayList<>(List.of(say(told, key + ".lead", given)));
    }

    private Letter about(Told told, String key, List<String> paragraphs) {
        return letter(told, say(told, key + ".subject", what(told)), paragraphs, facts(told), due(told));
    }

    /** What a process writes itself: in the words of whoever drew it, by language where there are several. */
    private Letter written(Told told) {
        var step = told.step();
        var variables = step == null ? told.state().variables() : told.state().visible(step);
        var language = words(told.to()).language();
        var text = inLanguage(variables.get("text"), language);
        var subject = inLanguage(variables.get("subject"), language);
        var paragraphs = PARAGRAPH
                .splitAsStream(text.length() > TEXT_CHARACTERS_MAX ? text.substring(0, TEXT_CHARACTERS_MAX) : text)
                .map(String::strip)
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
        return letter(
                told, subject.isBlank() ? what(told) : subject, paragraphs, List.of(), appointment(variables, subject));
    }

    /** What {@code calendarStart} says, for so many minutes; nothing where it is no moment. */
    private static Letter.@Nullable Due appointment(SequencedMap<String, @Nullable Object> variables, String title) {
        try {
            var from = variables.get("calendarStart") instanceof String text ? OffsetDateTime.parse(text) : null;
            var minutes = variables.get("calendarMinutes") instanceof BigDecimal number
                    ? Math.clamp(number.longValue(), 1, CALENDAR_MINUTES_MAX)
                    : CALENDAR_MINUTES_DEFAULT;
            return from == null
                    ? null
                    : new Letter.Due(from.toInstant(), from.plusMinutes(minutes).toInstant(), title);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String inLanguage(@Nullable Object value, String language) {
        if (value instanceof java.util.Map<?, ?> languages) {
            var said = languages.get(language) != null ? languages.get(language) : languages.get("en");
            return said == null ? "" : said.toString();
        }
        return value == null ? "" : value.toString();
    }

    private Letter letter(
            Told told, String subject, List<String> paragraphs, List<Letter.Fact> facts, Letter.@Nullable Due due) {
        var to = told.to();
        var isContact = to.kind() == Person.Kind.CONTACT;
        var key = cases.key(told.row().id(), told.row().process());
        var organisation = directory.organisation().name();
        var notes = new ArrayList<String>();
        if (canReply) {
            notes.add(say(told, "reply.hint"));
        }
        if (isContact) {
            notes.add(say(told, "link.alone"));
        }
        return new Letter(
                words(to),
                organisation,
                key,
                subject,
                say(told, "greeting", to.name()),
                paragraphs,
                facts,
                List.of(),
                say(told, isContact ? "button.contact" : "button.member"),
                notes,
                say(told, "footer", organisation, key),
                due);
    }

    /** Of what waits for one person, in the order given. */
    Letter digest(Person to, List<Told> all, Instant now) {
        var words = words(to);
        var organisation = directory.organisation().name();
        var items = all.stream().map(told -> item(told, now)).toList();
        return new Letter(
                words,
                organisation,
                "",
                items.size() == 1 ? words.say("digest.subject.one") : words.say("digest.subject", items.size()),
                words.say("greeting", to.name()),
                List.of(words.say("digest.lead")),
                List.of(),
                items,
                words.say(to.kind() == Person.Kind.CONTACT ? "button.contact" : "button.member"),
                List.of(),
                words.say("footer.digest", organisation),
                null);
    }

    private Letter.Item item(Told told, Instant now) {
        var task = told.task();
        var key = cases.key(told.row().id(), told.row().process());
        if (task == null || task.due() == null) {
            return new Letter.Item(what(told), key, false);
        }
        var overdue = task.due().isBefore(now);
        var when = say(
                told,
                overdue ? "digest.overdue" : "digest.due",
                words(told.to()).date(task.due(), zone(told.to())));
        return new Letter.Item(what(told), when + " · " + key, overdue);
    }

    /** For the calendar of who has to do the step. */
    private Letter.@Nullable Due due(Told told) {
        var task = told.task();
        var reason = told.delivery().reason();
        var matters = reason.asks() || reason == Notice.Reason.DUE_CHANGED || reason == Notice.Reason.PROPOSAL_AGREED;
        return matters && task != null && task.due() != null
                ? Letter.Due.by(task.due(), say(told, "calendar.due", what(told)))
                : null;
    }

    private List<Letter.Fact> facts(Told told) {
        var facts = new ArrayList<Letter.Fact>();
        var task = told.task();
        var title = told.row().title();
        if (title != null && told.to().kind() == Person.Kind.MEMBER) {
            facts.add(fact(told, "about", title));
        }
        if (task != null) {
            facts.add(
                    fact(told, "due", task.due() == null ? say(told, "fact.no-date") : moment(told.to(), task.due())));
            if (told.isAsked() && task.offer() != null && task.offer().acceptBy() != null) {
                facts.add(fact(told, "accept", moment(told.to(), task.offer().acceptBy())));
            }
            if (task.promise() != null && !told.isAsked()) {
                facts.add(
                        fact(told, "promised", moment(told.to(), task.promise().at())));
            }
        }
        facts.add(fact(told, "case", cases.key(told.row().id(), told.row().process())));
        facts.add(fact(told, "owner", name(told.row().owner())));
        return facts;
    }

    private Letter.Fact fact(Told told, String name, String value) {
        return new Letter.Fact(say(told, "fact." + name), value);
    }

    /** As the policy that the step follows says; empty where it does not. */
    List<String> channels(Told told) {
        var step = told.step();
        var key = step == null ? null : step.policy();
        var policy = step == null || key == null ? null : roster.get().policy(key, step.policyVersion());
        return policy == null ? List.of() : policy.channels();
    }

    /** The step by its name, or the case by its title. */
    private String what(Told told) {
        var step = told.step();
        if (step != null && step.node() != null) {
            return step.node().element().label();
        }
        if (told.delivery().step() != 0) {
            return database.sql("select process_id, node from step where case_id = ? and id = ?")
                    .param(told.delivery().caseId())
                    .param(told.delivery().step())
                    .query((row, _) -> deployments
                            .requireModel(row.getInt(1))
                            .node(row.getInt(2))
                            .element()
                            .label())
                    .optional()
                    .orElse("");
        }
        var title = told.row().title();
        return title == null || told.to().kind() == Person.Kind.CONTACT
                ? cases.key(told.row().id(), told.row().process())
                : title;
    }

    private String actor(Told told) {
        var actor = told.entry().actor();
        return actor.isPerson() ? name(actor.id()) : directory.organisation().name();
    }

    private String name(String person) {
        var known = directory.names(Set.of(person)).get(person);
        return known == null ? person : known.name();
    }

    private String withNames(String message) {
        return PERSON.matcher(message)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(name(found.group())));
    }

    String say(Told told, String key, Object... given) {
        return words(told.to()).say(key, given);
    }

    static Words words(Person person) {
        return Words.of(person.profile().locale());
    }

    /** Of the person's working calendar, which knows the zone of their team where they have none. */
    ZoneId zone(Person person) {
        var known = roster.get().person(person.id());
        var zone = known == null ? Roster.ALWAYS.zone() : known.calendar().zone();
        return zone.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : zone; // people do not say Z
    }

    private String moment(Person person, Instant at) {
        return words(person).moment(at, zone(person));
    }
}
