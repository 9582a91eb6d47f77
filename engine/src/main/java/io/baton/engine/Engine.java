package io.baton.engine;

import io.baton.engine.CatchEvents.Brought;
import io.baton.engine.Outcome.Refused;
import io.baton.engine.expression.Budget;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.Trigger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a command means for a case. A pure function: the same case, command, actor and time always give the same
 * events. The case passed in is changed by the events of an accepted command; a refused command leaves it as it was.
 * Time counts in microseconds, as the store keeps it.
 */
public final class Engine {

    private Engine() {}

    /** For who knows nobody; see {@link Roster#NOBODY}. */
    public static Outcome decide(Case state, Command command, Actor actor, Instant time) {
        return decide(state, command, actor, time, Roster.NOBODY);
    }

    public static Outcome decide(Case state, Command command, Actor actor, Instant time, Roster roster) {
        state.roster = roster;
        var now = time.truncatedTo(ChronoUnit.MICROS);
        var decided = Undo.refusal(state, command);
        if (decided != null) {
            return decided;
        }
        var given = Values.size(variablesOf(command));
        if (given > 0 && state.variablesSize + given > Case.VARIABLES_SIZE_MAX) {
            return new Refused(
                    Refusal.TOO_LARGE,
                    "the case keeps variables of at most %d characters and values; it has %d, and these are %d more"
                            .formatted(Case.VARIABLES_SIZE_MAX, state.variablesSize, given));
        }
        return Budget.share(() -> dispatch(state, command, actor, now));
    }

    private static Outcome dispatch(Case state, Command command, Actor actor, Instant now) {
        return switch (command) {
            case Command.StartCase start -> start(state, start, now);
            case Command.ClaimTask claim -> Handoffs.claim(state, claim, actor, now);
            case Command.ReleaseTask release -> Handoffs.release(state, release, actor, now);
            case Command.CompleteTask complete -> UserTasks.complete(state, complete, actor, now);
            case Command.TakeBackAct back -> Slips.takeBack(state, back, actor, now);
            case Command.TakeBackDecision back -> Undo.takeBack(state, back, actor, now);
            case Command.OfferTask offer -> Handoffs.offer(state, offer, actor, now);
            case Command.DeclineTask decline -> Handoffs.decline(state, decline, actor, now);
            case Command.WithdrawOffer withdraw -> Handoffs.withdraw(state, withdraw, actor, now);
            case Command.SendBack back -> Handoffs.sendBack(state, back, actor, now);
            case Command.WaiveTask waive -> Handoffs.waive(state, waive, actor, now);
            case Command.PromiseDate promise -> Promises.promise(state, promise, actor, now);
            case Command.ProposeDate propose -> Promises.propose(state, propose, actor, now);
            case Command.AnswerProposal answer -> Promises.answer(state, answer, actor, now);
            case Command.ReportStuck stuck -> Obstacles.report(state, stuck, actor, now);
            case Command.RemoveObstacle remove -> Obstacles.remove(state, remove, actor, now);
            case Command.OfferOwnership offer -> Ownership.offer(state, offer, actor, now);
            case Command.AcceptOwnership _ -> Ownership.accept(state, actor, now);
            case Command.DeclineOwnership decline -> Ownership.decline(state, decline, actor, now);
            case Command.PauseCase pause -> Ownership.pause(state, pause, actor, now);
            case Command.ResumeCase _ -> Ownership.resume(state, actor, now);
            case Command.ChangeDue change -> Ownership.changeDue(state, change, actor, now);
            case Command.ReplacePerson replace -> Ownership.replace(state, replace, now);
            case Command.CompleteJob complete -> Jobs.complete(state, complete, now);
            case Command.FailJob fail -> Jobs.fail(state, fail, now);
            case Command.ThrowError error -> Jobs.throwError(state, error, now);
            case Command.FireTimer fire -> CatchEvents.fire(state, fire, now);
            case Command.ReceiveMessage receive -> CatchEvents.receive(state, receive, now);
            case Command.ResolveIncident resolve -> Incidents.resolve(state, resolve, now);
            case Command.SetVariables set -> setVariables(state, set, now);
            case Command.CancelCase cancel -> cancel(state, cancel, actor, now);
            case Command.ObserveDeviation deviation -> observe(state, deviation, now);
            case Command.ReportFacts facts -> Facts.report(state, facts, now);
            case Command.DecideConflict decide -> Facts.decide(state, decide, now);
            case Command.ReportUndelivered undelivered -> Bounces.undelivered(state, undelivered, now);
            case Command.ReportDelivered delivered -> Bounces.delivered(state, delivered, now);
            case Command.PostComment post -> CaseRoom.post(state, post, actor, now);
            case Command.EraseComment erase -> CaseRoom.erase(state, erase, actor, now);
            case Command.AttachFile attach -> CaseRoom.attach(state, attach, actor, now);
            case Command.EraseFile erase -> CaseRoom.erase(state, erase, actor, now);
            case Command.OpenFile open -> CaseRoom.open(state, open, actor, now);
            case Command.SignFile sign -> CaseRoom.sign(state, sign, actor, now);
            case Command.MigrateCase migrate -> Migration.migrate(state, migrate, now);
            case Command.BookSlot book -> Slots.book(state, book, actor, now);
            case Command.ReleaseSlot release -> Slots.release(state, release, actor, now);
        };
    }

    private static SequencedMap<String, @Nullable Object> variablesOf(Command command) {
        return switch (command) {
            case Command.StartCase start -> start.variables();
            case Command.CompleteTask complete -> complete.variables();
            case Command.CompleteJob complete -> complete.variables();
            case Command.ThrowError error -> error.variables();
            case Command.ReceiveMessage receive -> receive.variables();
            case Command.SetVariables set -> set.variables();
            case Command.DecideConflict decide -> Facts.variable("value", decide.value());
            case Command.BookSlot book -> book.variables();
            case Command.ClaimTask _,
                    Command.ReleaseTask _,
                    Command.TakeBackAct _,
                    Command.TakeBackDecision _,
                    Command.OfferTask _,
                    Command.DeclineTask _,
                    Command.WithdrawOffer _,
                    Command.SendBack _,
                    Command.WaiveTask _,
                    Command.PromiseDate _,
                    Command.ProposeDate _,
                    Command.AnswerProposal _,
                    Command.ReportStuck _,
                    Command.RemoveObstacle _,
                    Command.OfferOwnership _,
                    Command.AcceptOwnership _,
                    Command.DeclineOwnership _,
                    Command.PauseCase _,
                    Command.ResumeCase _,
                    Command.ChangeDue _,
                    Command.ReplacePerson _,
                    Command.FailJob _,
                    Command.FireTimer _,
                    Command.ResolveIncident _,
                    Command.CancelCase _,
                    Command.ObserveDeviation _,
                    Command.ReportFacts _,
                    Command.ReportUndelivered _,
                    Command.ReportDelivered _,
                    Command.PostComment _,
                    Command.EraseComment _,
                    Command.AttachFile _,
                    Command.EraseFile _,
                    Command.OpenFile _,
                    Command.SignFile _,
                    Command.MigrateCase _,
                    Command.ReleaseSlot _ -> Run.variables();
        };
    }

    private static Outcome start(Case state, Command.StartCase command, Instant now) {
        if (state.status != Case.Status.NEW) {
            return new Refused(Refusal.CASE_ALREADY_STARTED, "the case has started already");
        }
        var model = state.modelOrNull(command.process());
        if (model == null) {
            return new Refused(Refusal.NO_SUCH_PROCESS, "no process version " + command.process() + " is deployed");
        }
        var start = startEvent(model, command.start());
        if (start == null) {
            return new Refused(
                    Refusal.NO_SUCH_START,
                    command.start() == null
                            ? "process " + model.key() + " starts by a message or timer only"
                            : "process " + model.key() + " has no start event '" + command.start() + "'");
        }
        var run = new Run(state, now);
        var brought = CatchEvents.brought(run, start.trigger(), null, command.variables());
        var visible = brought instanceof Brought.Mapped(var mapped) ? mapped : command.variables();
        var owner = Expressions.ownerOr(model.owner(), visible, now, command.owner());
        var title = Expressions.title(model.title(), visible, now);

        var due = Expressions.due(model.due(), visible, now, Schedule.person(state.roster, owner));

        run.emit(new Event.CaseStarted(command.process(), owner, title));
        if (due != null) {
            run.emit(new Event.DueChanged(0, due, "by the process"));
        }
        if (brought instanceof Brought.Failed(var why)) {
            Scopes.awaitEventSubProcesses(run, state.root());
            CatchEvents.stop(run, start, state.root(), command.variables(), why);
        } else {
            run.setVariables(0, visible);
            Scopes.awaitEventSubProcesses(run, state.root());
            run.pass(start, state.root());
        }
        return run.finish();
    }

    private static @Nullable StartEvent startEvent(ProcessModel model, @Nullable String id) {
        if (id == null) {
            return model.plainStart();
        }
        return model.startEvents(Element.PROCESS).stream()
                .filter(start -> start.id().equals(id) && !(start.trigger() instanceof Trigger.None))
                .findFirst()
                .orElse(null);
    }

    private static Outcome setVariables(Case state, Command.SetVariables command, Instant now) {
        if (state.status != Case.Status.OPEN) {
            return notOpen(state);
        }
        if (state.step(command.step()) == null) {
            return new Refused(Refusal.NO_SUCH_STEP, "no open step " + command.step());
        }
        var run = new Run(state, now);
        run.setVariables(command.step(), command.variables());
        return run.finish();
    }

    private static Outcome cancel(Case state, Command.CancelCase command, Actor actor, Instant now) {
        if (state.status != Case.Status.OPEN) {
            return notOpen(state);
        }
        var run = new Run(state, now);
        Slots.releaseAll(run, actor, command.reason());
        Scopes.terminateChildren(run, state.root());
        run.emit(new Event.CaseCancelled(command.reason()));
        return run.accepted();
    }

    /** Also on a case that has ended: what was seen is recorded wherever it belongs. */
    private static Outcome observe(Case state, Command.ObserveDeviation command, Instant now) {
        if (state.status == Case.Status.NEW) {
            return new Refused(Refusal.NO_SUCH_CASE, "the case has not started");
        }
        var run = new Run(state, now);
        run.emit(new Event.DeviationObserved(command.activity(), command.reason()));
        return run.accepted();
    }

    static Refused notOpen(Case state) {
        return new Refused(
                state.status == Case.Status.NEW ? Refusal.NO_SUCH_CASE : Refusal.CASE_NOT_OPEN,
                switch (state.status) {
                    case NEW -> "there is no such case";
                    case OPEN -> "the case is open";
                    case COMPLETED -> "the case is completed";
                    case CANCELLED -> "the case was cancelled";
                });
    }

    /** Folds a journal back into the state it led to. */
    public static Case replay(Processes processes, List<Entry> entries) {
        var state = new Case(processes);
        for (var entry : entries) {
            entry.events().forEach(event -> state.apply(event, entry.at()));
        }
        return state;
    }

    /** One accepted command in the journal: its time, and what it caused. */
    public record Entry(Instant at, List<Event> events) {
        public Entry {
            events = List.copyOf(events);
        }
    }
}
