package io.baton.server.room;

import io.baton.engine.Event;
import io.baton.server.journal.Entry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a journal is one person's own doing. An entry also has what followed by itself from it: the next offers, what
 * scripts and mappings made of an answer. None of that is theirs, and some of it is nothing that somebody outside may know.
 */
final class OwnActs {

    private OwnActs() {}

    /** {@code act} is the event's name; {@code fields} are what the person gave themselves, or what names it. */
    record OwnAct(Entry entry, String act, Map<String, @Nullable Object> fields) {}

    static List<OwnAct> of(List<Entry> journal, String person) {
        var acts = new ArrayList<OwnAct>();
        for (var entry : journal) {
            if (entry.command().equals("TakeBackAct")) {
                if (person.equals(entry.actor().id())) {
                    acts.add(new OwnAct(entry, "ActTakenBack", fields("step", takenBackAt(entry))));
                }
                continue;
            }
            for (var event : entry.events()) {
                if (person.equals(who(event, entry))) {
                    acts.add(new OwnAct(entry, event.getClass().getSimpleName(), fields(event, entry)));
                }
            }
        }
        return acts;
    }

    private static int takenBackAt(Entry entry) {
        return switch (entry.events().getFirst()) {
            case Event.PromiseWithdrawn withdrawn -> withdrawn.step();
            case Event.HandoffOffered offered -> offered.step();
            case Event.TaskTaken taken -> taken.step();
            case Event other -> throw new IllegalStateException(other + " takes no slip back");
        };
    }

    /** Whose act it is; null for what follows by itself from somebody's act. */
    private static @Nullable String who(Event event, Entry entry) {
        return switch (event) {
            case Event.CommentPosted posted -> posted.author();
            case Event.FileAttached attached -> attached.by();
            case Event.FileOpened opened -> opened.person();
            case Event.FileSigned signed -> signed.person();
            case Event.SlotBooked _ -> entry.actor().id();
            case Event.SlotReleased released -> released.by();
            case Event.CommentErased erased -> erased.by();
            case Event.FileErased erased -> erased.by();
            case Event.TaskClaimed claimed -> claimed.person();
            case Event.HandoffAccepted accepted -> accepted.person();
            case Event.HandoffDeclined declined -> declined.person();
            case Event.TaskSentBack back -> back.from();
            case Event.DatePromised promised -> promised.person();
            case Event.DateProposed proposed -> proposed.person();
            case Event.StepBlocked blocked -> blocked.by();
            case Event.TaskWaived waived -> waived.by();
            case Event.DecisionMade made -> made.by();
            case Event.DecisionTakenBack back -> back.by();
            case Event.CaseStarted _ -> by(entry, "StartCase");
            case Event.CaseCancelled _ -> by(entry, "CancelCase");
            case Event.TaskReleased _ -> by(entry, "ReleaseTask");
            case Event.TaskCompleted _ -> by(entry, "CompleteTask", "BookSlot");
            case Event.VariablesSet _ -> by(entry, "SetVariables");
            case Event.HandoffOffered _ -> by(entry, "OfferTask");
            case Event.HandoffWithdrawn _ -> by(entry, "WithdrawOffer");
            case Event.StepUnblocked _ -> by(entry, "RemoveObstacle");
            case Event.DueChanged _ -> by(entry, "ChangeDue", "AnswerProposal");
            case Event.ProposalDeclined declined -> declined.by();
            case Event.CasePaused _ -> by(entry, "PauseCase");
            case Event.CaseResumed _ -> by(entry, "ResumeCase");
            case Event.OwnershipOffered _ -> by(entry, "OfferOwnership");
            case Event.OwnershipDeclined declined -> declined.person();
            case Event.OwnerChanged _ -> by(entry, "AcceptOwnership");
            default -> null;
        };
    }

    private static @Nullable String by(Entry entry, String... commands) {
        return List.of(commands).contains(entry.command()) ? entry.actor().id() : null;
    }

    private static Map<String, @Nullable Object> fields(Event event, Entry entry) {
        return switch (event) {
            case Event.CommentPosted posted ->
                fields("step", posted.step(), "comment", posted.comment(), "sha256", posted.digest());
            case Event.FileAttached attached ->
                fields("step", attached.step(), "file", attached.file(), "sha256", attached.digest());
            case Event.FileOpened opened -> fields("step", opened.step(), "file", opened.file());
            case Event.FileSigned signed ->
                fields(
                        "step",
                        signed.step(),
                        "file",
                        signed.file(),
                        "sha256",
                        signed.digest(),
                        "evidence",
                        signed.evidence(),
                        "sealed",
                        signed.sealed());
            case Event.SlotBooked booked ->
                fields("step", booked.step(), "from", booked.at().toString(), "minutes", booked.minutes());
            case Event.SlotReleased released -> fields("step", released.step(), "reason", released.reason());
            case Event.CommentErased erased -> fields("comment", erased.comment());
            case Event.FileErased erased -> fields("file", erased.file());
            case Event.TaskClaimed claimed -> fields("step", claimed.step());
            case Event.HandoffAccepted accepted -> fields("step", accepted.step());
            case Event.HandoffDeclined declined -> fields("step", declined.step(), "reason", declined.reason());
            case Event.TaskSentBack back -> fields("step", back.step(), "missing", back.missing());
            case Event.DatePromised promised ->
                fields("step", promised.step(), "date", promised.at().toString());
            case Event.DateProposed proposed ->
                fields("step", proposed.step(), "date", proposed.due().toString(), "reason", proposed.reason());
            case Event.StepBlocked blocked -> fields("step", blocked.step(), "reason", blocked.reason());
            case Event.StepUnblocked unblocked -> fields("step", unblocked.step());
            case Event.TaskWaived waived -> fields("step", waived.step(), "reason", waived.reason());
            case Event.DecisionMade made ->
                fields(
                        "step",
                        made.step(),
                        "answer",
                        stable(made.variables()),
                        "until",
                        made.effectiveAt().toString());
            case Event.DecisionTakenBack back -> fields("step", back.step());
            case Event.CaseCancelled cancelled -> fields("reason", cancelled.reason());
            case Event.TaskReleased(var step) -> fields("step", step);
            case Event.TaskCompleted(var step) -> fields("step", step, "answer", stable(answer(entry, step)));
            case Event.VariablesSet set -> fields("scope", set.scope(), "values", stable(set.variables()));
            case Event.HandoffOffered offered -> fields("step", offered.step(), "reason", offered.reason());
            case Event.HandoffWithdrawn withdrawn -> fields("step", withdrawn.step());
            case Event.DueChanged changed ->
                fields(
                        "step",
                        changed.step(),
                        "due",
                        changed.due() == null ? null : changed.due().toString());
            case Event.ProposalDeclined declined -> fields("step", declined.step());
            case Event.CasePaused paused -> fields("until", paused.until().toString(), "reason", paused.reason());
            case Event.OwnershipOffered offered -> fields("reason", offered.reason());
            case Event.OwnershipDeclined declined -> fields("reason", declined.reason());
            default -> fields();
        };
    }

    private static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return fields;
    }

    /**
     * What whoever did the task filled in. It is what is set at once: at the step itself where mappings take out of it what
     * matters, whose results follow and are not theirs.
     */
    private static Map<String, @Nullable Object> answer(Entry entry, int step) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        var atTheStep = new LinkedHashMap<String, @Nullable Object>();
        var events = entry.events();
        int at = events.indexOf(new Event.TaskCompleted(step)) + 1;
        while (at < events.size() && events.get(at) instanceof Event.IncidentResolved) {
            at++;
        }
        for (; at < events.size() && events.get(at) instanceof Event.VariablesSet(var scope, var variables); at++) {
            (scope == step ? atTheStep : all).putAll(variables);
        }
        return atTheStep.isEmpty() ? all : atTheStep;
    }

    /** There must be one way to write it: numbers become texts. */
    private static @Nullable Object stable(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            case List<?> list -> list.stream().map(OwnActs::stable).toList();
            case Map<?, ?> map -> {
                var stable = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, each) -> stable.put(String.valueOf(name), stable(each)));
                yield stable;
            }
            case Boolean yes -> yes;
            case Object other -> String.valueOf(other);
        };
    }
}
