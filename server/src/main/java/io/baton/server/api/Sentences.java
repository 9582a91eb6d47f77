package io.baton.server.api;

import io.baton.engine.Event;
import io.baton.engine.Foreseen;
import io.baton.engine.IncidentKind;
import io.baton.engine.Notice;
import io.baton.engine.Preflight;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.ProcessModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened, in words. Moves of tokens that mean nothing to people have none. */
final class Sentences {

    private static final int VALUE_LENGTH_MAX = 80;

    private final ProcessModel model;
    private final Names names;
    /** The node of each step met so far: later events name only the step. */
    private final Map<Integer, String> nodes = new LinkedHashMap<>();

    private final Map<Integer, Event.IncidentRaised> incidents = new LinkedHashMap<>();

    Sentences(ProcessModel model, Names names) {
        this.model = model;
        this.names = names;
    }

    /** A reason that the engine gave, with the name of the person that it mentions. */
    static String reason(String reason, Names names) {
        var found = Mentioned.in(reason);
        return found.find()
                ? reason.substring(0, found.start(1))
                        + names.personName(found.group(1))
                        + reason.substring(found.end(1))
                : reason;
    }

    /** What will happen by itself. */
    static String of(Foreseen foreseen, Names names) {
        var person = names.personName(foreseen.person());
        return switch (foreseen.what()) {
            case OFFER_EXPIRES -> "The offer expires, and the step stays with " + person;
            case PROMISE_IS_BROKEN -> "The promise is broken, and " + person + " is told";
            case OVERDUE -> "The step is overdue, and " + person + " is told";
            case REMINDER -> person + " is reminded";
            case ESCALATION -> person + " is told that nobody has acted";
            case REASSIGNMENT -> "The step is offered to " + person;
            case DECISION_TAKES_EFFECT -> "What " + person + " decided takes effect";
            case STALLED -> "The step has stalled, and " + person + " is told";
        };
    }

    /** What somebody is told; {@code step} is null for the case as a whole. */
    static String of(Notice.Reason reason, @Nullable String step) {
        var about = step == null ? "the case" : "'" + step + "'";
        return switch (reason) {
            case REMINDER -> "is reminded of " + about;
            case ESCALATION -> "is told that nobody has acted on " + about;
            case OFFERED -> "is asked to take " + about;
            case SENT_BACK -> "gets " + about + " back: something is missing";
            case GIVEN -> "is told that " + about + " is theirs";
            case NO_LONGER_NEEDED -> "is told that " + about + " is no longer theirs";
            case DUE_CHANGED -> "is told the new due date of " + about;
            case PROMISE_CHANGED -> "is told the new date promised for " + about;
            case DATE_PROPOSED -> "is asked for another date for " + about;
            case PROPOSAL_AGREED -> "is told that the new date of " + about + " is agreed";
            case PROPOSAL_DECLINED -> "is told that the date of " + about + " stays";
            case INCIDENT -> "is told of trouble with " + about;
            case OWNERSHIP_OFFERED -> "is asked to own the case";
            case OWNERSHIP_DECLINED -> "is told that the case was not taken over";
            case OWNER_CHANGED -> "is told who owns the case now";
            case MAIL -> "The process writes: " + about;
            case COMMENT -> "is told what was said about " + about;
            case APPOINTMENT -> "gets the appointment of " + about + " for their calendar";
            case APPOINTMENT_OFF -> "is told that the appointment of " + about + " is off";
        };
    }

    /** What will go wrong with a case. */
    static String of(Preflight.Finding finding, ProcessModel model, Names names) {
        var step = finding.node() == null ? "" : label(finding.node(), model);
        var person = finding.person() == null ? "" : names.personName(finding.person());
        var team = finding.team() == null ? "" : names.partyName(finding.team());
        return switch (finding.kind()) {
            case OWNER_UNKNOWN -> "Nobody called " + person + " is in the directory to own the case";
            case OWNER_LEFT -> person + ", who would own the case, has left";
            case OWNER_ABSENT -> person + ", who would own the case, is absent until " + finding.at();
            case NOBODY_NAMED ->
                finding.person() == null
                        ? "The process names nobody for " + step
                        : step + " goes to the manager of " + person + ", who has none";
            case TEAM_UNKNOWN -> step + " goes to '" + finding.team() + "', which the directory does not know";
            case TEAM_EMPTY -> step + " goes to " + team + ", which has no members";
            case NO_CONTACT -> step + " goes to " + team + ", of whom nobody is known";
            case TEAM_ABSENT -> step + " goes to " + team + ", where everybody is absent";
            case NOBODY_SKILLED -> step + " needs the skill '" + finding.name() + "', which nobody has who is there";
            case NO_SECOND_PAIR_OF_EYES ->
                step + " needs another pair of eyes than " + label(String.valueOf(finding.name()), model)
                        + ", but only " + person + " is there in " + team;
            case HOLDER_UNKNOWN -> step + " names " + person + ", who is not in the directory";
            case HOLDER_LEFT -> step + " names " + person + ", who has left";
            case HOLDER_ABSENT ->
                step + " names " + person + ", who is absent" + (finding.at() == null ? "" : " until " + finding.at())
                        + " without a substitute";
            case OVERLOADED ->
                step + " goes to " + (finding.person() == null ? team + ", where everybody" : person + ", who")
                        + " has more open work than usual";
            case DUE_IN_THE_PAST -> step + " would be due at " + finding.at() + ", which is over";
            case NO_WORKING_TIME -> step + " would be due at " + finding.at() + ", before anybody works on it";
            case DUE_ON_A_DAY_OFF -> step + " would be due at " + finding.at() + ", when nobody works";
            case IMPOSSIBLE_DEADLINE ->
                "The case would be due at " + finding.name() + ", but what is to do had to begin at " + finding.at();
            case POLICY_UNKNOWN -> step + " follows the policy '" + finding.name() + "', which does not exist";
        };
    }

    private static String label(String node, ProcessModel model) {
        return "'" + (model.has(node) ? model.node(node).element().label() : node) + "'";
    }

    /** Events must come in the order of the journal. */
    @Nullable
    String of(Event event) {
        return switch (event) {
            case Event.CaseStarted started ->
                "The case started; " + names.personName(started.owner()) + " is accountable for it";
            case Event.CaseCompleted _ -> "The case is completed";
            case Event.CaseCancelled cancelled -> "The case was cancelled: " + cancelled.reason();
            case Event.VariablesSet set -> values(set);
            case Event.DeviationObserved seen ->
                "Seen, but not allowed here: " + seen.activity() + " (" + seen.reason() + ")";
            case Event.StepEntered entered -> {
                nodes.put(entered.step(), entered.node());
                yield null;
            }
            case Event.StepPassed passed -> passed(passed);
            case Event.StepTerminated ended -> quoted(ended.step()) + " was ended by what happened around it";
            case Event.TaskOpened opened -> opened(opened);
            case Event.TaskClaimed claimed -> names.personName(claimed.person()) + " took " + quoted(claimed.step());
            case Event.TaskReleased released -> quoted(released.step()) + " was put back";
            case Event.TaskCompleted completed -> quoted(completed.step()) + " is done";
            case Event.JobOpened opened -> quoted(opened.step()) + " waits for a system (" + opened.type() + ")";
            case Event.JobFailed failed ->
                quoted(failed.step()) + " failed: " + failed.message() + "; "
                        + (failed.retries() == 0 ? "no attempt is left" : failed.retries() + " attempts are left");
            case Event.JobCompleted completed -> quoted(completed.step()) + " is done";
            case Event.TimerSet set -> "A timer for " + node(set.node()) + " is set to " + set.due();
            case Event.TimerFired _ -> "The time is up";
            case Event.MessageAwaited awaited ->
                "Waits for the message '" + awaited.name() + "'"
                        + (awaited.key().isEmpty() ? "" : " about " + awaited.key());
            case Event.MessageReceived _ -> "The message arrived";
            case Event.ErrorCaught caught ->
                "Error " + caught.code() + (caught.message() == null ? "" : " (" + caught.message() + ")")
                        + " goes on at " + node(caught.caughtBy());
            case Event.LoopStarted started -> quoted(started.step()) + " runs " + started.total() + " times";
            case Event.IncidentRaised raised -> {
                incidents.put(raised.incident(), raised);
                yield (raised.kind().stopsToken() ? "Stuck at " : "Trouble at ") + node(raised.node()) + ": "
                        + (raised.kind() == IncidentKind.STUCK ? raised.message() : reason(raised.message(), names));
            }
            case Event.IncidentResolved resolved -> resolved(incidents.get(resolved.incident()));
            case Event.IncidentNamed _, Event.IncidentDismissed _ -> null;
            case Event.FactsStated stated -> said(stated);
            case Event.FactDecided decided -> "It was decided what holds of '" + decided.name() + "'";
            case Event.ProcessCalled called -> quoted(called.step()) + " calls another process";
            case Event.HandoffOffered offered ->
                names.personName(offered.from()) + " offers " + quoted(offered.step()) + " to "
                        + (offered.person() == null
                                ? names.partyName(String.valueOf(offered.team()))
                                : names.personName(offered.person()))
                        + (offered.acceptBy() == null ? "" : ", to be accepted by " + offered.acceptBy()) + ": "
                        + reason(offered.reason(), names);
            case Event.HandoffAccepted accepted ->
                names.personName(accepted.person()) + " accepted " + quoted(accepted.step());
            case Event.HandoffDeclined declined ->
                names.personName(declined.person()) + " declined " + quoted(declined.step()) + ": " + declined.reason();
            case Event.HandoffWithdrawn withdrawn -> "The offer of " + quoted(withdrawn.step()) + " was taken back";
            case Event.HandoffExpired expired -> "Nobody accepted " + quoted(expired.step()) + " in time";
            case Event.TaskSentBack back ->
                names.personName(back.from()) + " sent " + quoted(back.step()) + " back to "
                        + names.personName(back.to()) + "; missing: " + back.missing();
            case Event.TaskTaken taken ->
                quoted(taken.step()) + " is with " + names.personName(taken.person()) + " now: " + taken.reason();
            case Event.TaskWaived waived ->
                names.personName(waived.by()) + " waived " + quoted(waived.step()) + ": " + waived.reason();
            case Event.DatePromised promised ->
                names.personName(promised.person()) + " promised " + quoted(promised.step()) + " for " + promised.at();
            case Event.PromiseWithdrawn withdrawn ->
                names.personName(withdrawn.by()) + " took back the promise for " + quoted(withdrawn.step())
                        + (withdrawn.before() == null ? "" : ": " + withdrawn.before() + " holds again");
            case Event.PromiseBroken broken ->
                names.personName(broken.person()) + " did not keep the promise for " + quoted(broken.step());
            case Event.DateProposed proposed ->
                names.personName(proposed.person()) + " proposes " + proposed.due() + " for " + quoted(proposed.step())
                        + ": " + proposed.reason();
            case Event.ProposalDeclined declined ->
                names.personName(declined.by()) + " keeps the date of " + quoted(declined.step());
            case Event.DueChanged changed ->
                (changed.step() == 0 ? "The case" : quoted(changed.step()))
                        + (changed.due() == null
                                ? " has no due date any more: "
                                : " is due " + changed.due() + " now: ")
                        + changed.reason();
            case Event.StepBlocked blocked ->
                names.personName(blocked.by()) + " cannot go on with " + quoted(blocked.step()) + ": "
                        + blocked.reason() + "; " + names.personName(blocked.blocker()) + " can help";
            case Event.StepUnblocked unblocked -> quoted(unblocked.step()) + " can go on";
            case Event.StepSponsored sponsored ->
                names.personName(sponsored.person()) + " answers for the system at " + quoted(sponsored.step());
            case Event.CasePaused paused ->
                "Paused until " + paused.until() + ": " + paused.reason() + "; the time is "
                        + names.personName(paused.charged()) + "'s";
            case Event.CaseResumed _ -> "The case goes on";
            case Event.CaseMigrated _ -> "The case goes on in another version of its process";
            case Event.OwnershipOffered offered ->
                names.personName(offered.person()) + " is asked to take the case over: " + offered.reason();
            case Event.OwnershipDeclined declined ->
                names.personName(declined.person()) + " does not take the case over: " + declined.reason();
            case Event.OwnerChanged changed -> names.personName(changed.owner()) + " is accountable for the case now";
            case Event.ReminderSent sent -> names.personName(sent.to()) + " was reminded of " + quoted(sent.step());
            case Event.Escalated told -> names.personName(told.to()) + " was told about " + quoted(told.step());
            case Event.ApprovalSettled settled ->
                quoted(settled.step()) + " is " + settled.outcome() + ": " + settled.reason();
            case Event.SkillRequired required ->
                quoted(required.step()) + " is for people with the skill '" + required.skill() + "'"
                        + (required.amount() == null ? "" : " up to " + required.amount());
            case Event.DueMoved moved ->
                quoted(moved.step())
                        + (moved.due() == null ? " has no due date any more" : " is due at " + moved.due());
            case Event.DecisionMade made ->
                names.personName(made.by()) + " decided " + quoted(made.step()) + "; it takes effect at "
                        + made.effectiveAt();
            case Event.DecisionTakenBack back ->
                names.personName(back.by()) + " took back the decision of " + quoted(back.step());
            case Event.PolicyApplied _, Event.ClockSet _, Event.ActSkipped _ -> null;
            case Event.CommentPosted posted ->
                names.personName(posted.author())
                        + (posted.asked() == null
                                ? " wrote a comment"
                                : " asked " + names.personName(posted.asked()) + " a question")
                        + (posted.step() == 0 ? "" : " about " + quoted(posted.step()))
                        + (posted.audience().isEmpty() ? "" : ", seen by " + audience(posted.audience()));
            case Event.CommentErased erased -> names.personName(erased.by()) + " erased a comment";
            case Event.FileAttached attached ->
                names.personName(attached.by()) + " attached a file"
                        + (attached.step() == 0 ? "" : " to " + quoted(attached.step()))
                        + (attached.audience().isEmpty() ? "" : ", seen by " + audience(attached.audience()));
            case Event.FileErased erased -> names.personName(erased.by()) + " erased a file";
            case Event.FileOpened opened -> names.personName(opened.person()) + " opened a file";
            case Event.FileSigned signed -> names.personName(signed.person()) + " signed a document";
            case Event.SlotBooked booked ->
                names.personName(booked.person()) + " has the time of " + booked.at() + " with " + host(booked.book())
                        + " for " + quoted(booked.step());
            case Event.SlotReleased released ->
                names.personName(released.by()) + " gave up the time for " + quoted(released.step()) + ": "
                        + released.reason();
            case Event.FlowTaken _,
                    Event.TokenArrived _,
                    Event.TokensJoined _,
                    Event.TokensDiscarded _,
                    Event.StepLeft _,
                    Event.WaitEnded _,
                    Event.LoopInstanceDone _ -> null;
        };
    }

    private static String said(Event.FactsStated stated) {
        var parts = new ArrayList<String>();
        stated.facts()
                .forEach((name, value) -> parts.add(
                        value == null ? name + " is taken back" : name + " is " + cut(String.valueOf(value))));
        return stated.system() + " says: " + String.join(", ", parts);
    }

    private String resolved(Event.@Nullable IncidentRaised raised) {
        return raised == null || raised.kind().stopsToken()
                ? "Tried again"
                : "The trouble at " + node(raised.node()) + " is over";
    }

    /** Gateways speak only where they decide something with a name; events where they have one. */
    private @Nullable String passed(Event.StepPassed passed) {
        nodes.put(passed.step(), passed.node());
        if (!model.has(passed.node())) {
            return null;
        }
        var node = model.node(passed.node());
        return switch (node) {
            case FlowNode.EndEvent end
            when end.element().name() != null ->
                "Reached the end '" + end.element().name() + "'";
            case FlowNode.BoundaryEvent event -> "'" + event.element().label() + "' happened";
            case FlowNode.IntermediateCatchEvent event -> "'" + event.element().label() + "' happened";
            default -> null;
        };
    }

    private String opened(Event.TaskOpened opened) {
        var step = quoted(opened.step());
        if (opened.holder() != null) {
            return step + " is with " + names.personName(opened.holder());
        }
        return opened.team() == null ? step + " waits" : step + " is offered to " + names.partyName(opened.team());
    }

    private String host(String book) {
        return book.startsWith("@") ? names.partyName(book.substring(1)) : names.personName(book);
    }

    private String audience(List<String> audience) {
        return audience.stream()
                .map(each -> each.startsWith("@") ? each.substring(1) : names.personName(each))
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String values(Event.VariablesSet set) {
        var text = new StringBuilder();
        set.variables().forEach((name, value) -> {
            if (value != null) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(" = ")
                        .append(cut(String.valueOf(value)));
            }
        });
        return text.isEmpty() ? null : text.toString();
    }

    private static String cut(String text) {
        return text.length() > VALUE_LENGTH_MAX ? text.substring(0, VALUE_LENGTH_MAX) + "…" : text;
    }

    private String quoted(int step) {
        var id = nodes.get(step);
        return id == null ? "Step " + step : node(id);
    }

    private String node(String id) {
        return label(id, model);
    }
}
