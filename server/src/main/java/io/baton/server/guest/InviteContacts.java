package io.baton.server.guest;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.IncidentKind;
import io.baton.engine.expression.Expression.Result;
import io.baton.engine.model.FlowNode.Assignment.Rule;
import io.baton.engine.model.FlowNode.UserTask;
import io.baton.engine.model.Text;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Wakeup;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.directory.Written;
import io.baton.server.processes.Deployments;
import io.baton.server.pumps.Pump;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where a process names somebody outside by an e-mail address that nobody has, and says that it may be a new contact, they
 * become one and are asked. Until then the step is an orphan, as it stays where the process says nothing of the kind.
 */
public final class InviteContacts implements Pump.Work {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int AT_ONCE_MAX = 100;

    private static final String ORPHANS =
            "select case_id, step from incident where kind = ? and step > 0 and raised_at > ? order by case_id, id limit ?";

    /** An orphan that was looked at so long is left to people. */
    private static final Duration LOOKED_AT_MAX = Duration.ofHours(1);

    private final JdbcClient database;
    private final Cases cases;
    private final Deployments deployments;
    private final Directory directory;
    private final Clock clock;
    private final Wakeup wakeup = new Wakeup();

    public InviteContacts(JdbcClient database, Cases cases, Deployments deployments, Directory directory, Clock clock) {
        this.database = database;
        this.cases = cases;
        this.deployments = deployments;
        this.directory = directory;
        this.clock = clock;
    }

    public Wakeup wakeup() {
        return wakeup;
    }

    /** To be told of each commit of this node. */
    public void committed(List<Answer.Done> done) {
        if (done.stream()
                .flatMap(each -> each.events().stream())
                .anyMatch(event ->
                        event instanceof Event.IncidentRaised raised && raised.kind() == IncidentKind.ORPHANED)) {
            wakeup.signal();
        }
    }

    private record Orphan(long caseId, int step) {}

    @Override
    public Duration tick() {
        database.sql(ORPHANS)
                .param(IncidentKind.ORPHANED.name())
                .param(clock.instant().minus(LOOKED_AT_MAX).atOffset(ZoneOffset.UTC))
                .param(AT_ONCE_MAX)
                .query((row, _) -> new Orphan(row.getLong(1), row.getInt(2)))
                .list()
                .forEach(this::invite);
        return PAUSE;
    }

    private void invite(Orphan orphan) {
        var row = cases.find(orphan.caseId()).orElse(null);
        if (row == null) {
            return;
        }
        var state = cases.state(row);
        var step = state.step(orphan.step());
        if (step == null
                || step.task() == null
                || step.task().offer() != null
                || !(step.node() instanceof UserTask task)) {
            return;
        }
        var outside = deployments.requireModel(state.processOf(step)).outside();
        var root = deployments.requireModel(row.process()).outside();
        var party = task.element().party();
        if (!outside.share(party).newContacts() && !root.share(party).newContacts()) {
            return;
        }
        var address = task.assignment().rule() instanceof Rule.Named(var person)
                ? address(person, state.visible(step))
                : null;
        if (address == null) {
            return;
        }
        contact(address, task.element().party())
                .ifPresent(person -> cases.perform(
                        orphan.caseId(),
                        new Command.OfferTask(orphan.step(), person, null, "named by the process"),
                        Actor.system("contacts"),
                        null));
    }

    private @Nullable String address(Text text, SequencedMap<String, @Nullable Object> visible) {
        var value = switch (text) {
            case Text.Literal(var literal) -> literal;
            case Text.Computed(var expression) ->
                expression.evaluate(visible, clock.instant()) instanceof Result.Value(var found) ? found : null;
        };
        return value instanceof String address && GuestActs.isAddress(address.strip())
                ? address.strip().toLowerCase(Locale.ROOT)
                : null;
    }

    /** Known by then, or added, as one of the party where the directory has it. */
    private Optional<String> contact(String address, @Nullable String party) {
        var known = directory.findByEmail(address).filter(Person::isPresent).map(Person::id);
        if (known.isPresent()) {
            return known;
        }
        var teams = party != null && directory.findTeam(party).isPresent() ? List.of(party) : List.<String>of();
        var domain = address.substring(address.indexOf('@') + 1);
        var contact = new Person(
                "", address.substring(0, address.indexOf('@')), address, Person.Kind.CONTACT, domain, false, teams);
        return directory.create(contact) instanceof Written.Done(var id) ? Optional.of(id) : Optional.empty();
    }
}
