package io.baton.server.api;

import io.baton.engine.Event;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is mentioned in an event, so that all names of a page are asked for at once. */
final class Mentioned {

    private Mentioned() {}

    static List<String> people(Event event) {
        return switch (event) {
            case Event.CaseStarted started -> List.of(started.owner());
            case Event.TaskOpened opened -> some(opened.holder());
            case Event.TaskClaimed claimed -> List.of(claimed.person());
            case Event.HandoffOffered offered ->
                Stream.concat(some(offered.from(), offered.person()).stream(), inReason(offered.reason()).stream())
                        .toList();
            case Event.IncidentRaised raised -> inReason(raised.message());
            case Event.HandoffAccepted accepted -> List.of(accepted.person());
            case Event.HandoffDeclined declined -> List.of(declined.person());
            case Event.TaskSentBack back -> List.of(back.from(), back.to());
            case Event.TaskTaken taken -> List.of(taken.person());
            case Event.TaskWaived waived -> List.of(waived.by());
            case Event.DatePromised promised -> List.of(promised.person());
            case Event.PromiseBroken broken -> List.of(broken.person());
            case Event.PromiseWithdrawn withdrawn -> List.of(withdrawn.by());
            case Event.DateProposed proposed -> List.of(proposed.person());
            case Event.ProposalDeclined declined -> List.of(declined.by());
            case Event.StepBlocked blocked -> List.of(blocked.by(), blocked.blocker());
            case Event.StepSponsored sponsored -> List.of(sponsored.person());
            case Event.CasePaused paused -> List.of(paused.charged());
            case Event.OwnershipOffered offered -> List.of(offered.person());
            case Event.OwnershipDeclined declined -> List.of(declined.person());
            case Event.OwnerChanged changed -> List.of(changed.owner());
            case Event.ReminderSent sent -> List.of(sent.to());
            case Event.Escalated told -> List.of(told.to());
            case Event.DecisionMade made -> List.of(made.by());
            case Event.DecisionTakenBack back -> List.of(back.by());
            case Event.CommentPosted posted ->
                Stream.concat(some(posted.author(), posted.asked()).stream(), posted.audience().stream())
                        .toList();
            case Event.CommentErased erased -> List.of(erased.by());
            case Event.FileAttached attached ->
                Stream.concat(Stream.of(attached.by()), attached.audience().stream())
                        .toList();
            case Event.FileErased erased -> List.of(erased.by());
            case Event.FileOpened opened -> List.of(opened.person());
            case Event.FileSigned signed -> List.of(signed.person());
            case Event.SlotBooked booked -> some(booked.person(), booked.book().startsWith("@") ? null : booked.book());
            case Event.SlotReleased released -> List.of(released.by());
            default -> List.of();
        };
    }

    /** Ids at the places where the engine writes one into a reason. */
    private static final Pattern ID = Pattern.compile("^(?:manager of |stands in for )?(p[1-9]\\d{0,9})\\b");

    /** Where a reason of the engine's names a person; empty for the words of people. */
    static Matcher in(String reason) {
        return ID.matcher(reason);
    }

    static List<String> inReason(String reason) {
        var found = in(reason);
        return found.find() ? List.of(found.group(1)) : List.of();
    }

    static List<String> parties(Event event) {
        return switch (event) {
            case Event.TaskOpened opened -> some(opened.team());
            case Event.HandoffOffered offered -> some(offered.team());
            case Event.SlotBooked booked
            when booked.book().startsWith("@") -> List.of(booked.book().substring(1));
            default -> List.of();
        };
    }

    private static List<String> some(@Nullable String... ids) {
        return Stream.of(ids).filter(id -> id != null).map(String::valueOf).toList();
    }
}
