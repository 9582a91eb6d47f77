package io.baton.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom the events since the last look concern. A queue is nobody in particular, so what lies in one concerns nobody. It
 * follows from the events alone, so that a replay finds the same.
 */
final class Notices {

    private List<Notice> noted = new ArrayList<>();

    /** With the state as it was before the event. */
    void before(Case state, Event event) {
        switch (event) {
            case Event.HandoffOffered offered -> note(Notice.Reason.OFFERED, offered.step(), offered.person());
            case Event.HandoffDeclined declined -> offerIsOver(state, declined.step());
            case Event.HandoffWithdrawn withdrawn -> offerIsOver(state, withdrawn.step());
            case Event.HandoffExpired(var step) -> offerIsOver(state, step);
            case Event.HandoffAccepted accepted -> passes(state, accepted.step(), accepted.person());
            case Event.TaskTaken taken -> {
                passes(state, taken.step(), taken.person());
                note(Notice.Reason.GIVEN, taken.step(), taken.person());
            }
            case Event.TaskSentBack back -> {
                passes(state, back.step(), back.to());
                note(Notice.Reason.SENT_BACK, back.step(), back.to());
            }
            case Event.TaskReleased(var step) -> passes(state, step, null);
            case Event.TaskCompleted(var step) -> passes(state, step, null);
            case Event.TaskWaived waived -> passes(state, waived.step(), null);
            case Event.StepTerminated(var step) -> passes(state, step, null);
            case Event.JobOpened opened
            when opened.type().equals(Notice.MAIL_JOB) -> note(Notice.Reason.MAIL, opened.step(), "");
            case Event.JobCompleted(var step) -> noted.remove(new Notice(Notice.Reason.MAIL, step, ""));
            case Event.ReminderSent sent -> note(Notice.Reason.REMINDER, sent.step(), sent.to());
            case Event.Escalated told -> note(Notice.Reason.ESCALATION, told.step(), told.to());
            case Event.CommentPosted posted -> said(posted);
            case Event.SlotBooked booked ->
                appointment(state, Notice.Reason.APPOINTMENT, booked.step(), booked.person(), booked.book());
            case Event.SlotReleased(var step, var _, var _) -> {
                var booking = state.bookings.get(step);
                if (booking != null) {
                    appointment(state, Notice.Reason.APPOINTMENT_OFF, step, booking.person(), booking.book());
                }
            }
            default -> aboutDatesAndOwners(state, event);
        }
    }

    private void aboutDatesAndOwners(Case state, Event event) {
        switch (event) {
            case Event.DueChanged changed when changed.step() != 0 -> dueChanges(state, changed);
            case Event.CaseResumed _ -> goesOn(state);
            case Event.DatePromised promised -> {
                var before = Case.requireTask(state.open(promised.step())).promise();
                if (before != null && !before.at().equals(promised.at())) {
                    note(Notice.Reason.PROMISE_CHANGED, promised.step(), state.owner());
                }
            }
            case Event.PromiseWithdrawn withdrawn -> {
                if (withdrawn.before() != null) {
                    note(Notice.Reason.PROMISE_CHANGED, withdrawn.step(), state.owner());
                }
            }
            case Event.DateProposed proposed -> note(Notice.Reason.DATE_PROPOSED, proposed.step(), state.owner());
            case Event.ProposalDeclined declined ->
                note(
                        Notice.Reason.PROPOSAL_DECLINED,
                        declined.step(),
                        Case.requireTask(state.open(declined.step())).holder());
            case Event.OwnershipOffered offered -> note(Notice.Reason.OWNERSHIP_OFFERED, 0, offered.person());
            case Event.OwnershipDeclined _ -> note(Notice.Reason.OWNERSHIP_DECLINED, 0, state.owner());
            case Event.OwnerChanged changed -> {
                note(Notice.Reason.OWNER_CHANGED, 0, state.owner());
                note(Notice.Reason.OWNER_CHANGED, 0, changed.owner());
            }
            default -> {}
        }
    }

    /** With the state as it is after the event. */
    void after(Case state, Event event) {
        if (event instanceof Event.IncidentRaised raised) {
            var incident = state.incidents.get(raised.incident());
            if (incident != null) {
                note(Notice.Reason.INCIDENT, raised.step(), state.holder(incident));
            }
        }
    }

    /** A team is nobody in particular: the owner sees to it that somebody comes. */
    private void appointment(Case state, Notice.Reason reason, int step, String person, String book) {
        note(reason, step, person);
        note(reason, step, book.startsWith(Slots.TEAM) ? state.owner() : book);
    }

    /** Organisations hear nothing as such: their people are told by name. */
    private void said(Event.CommentPosted posted) {
        note(Notice.Reason.COMMENT, posted.step(), posted.asked());
        posted.audience().stream()
                .filter(each -> !each.startsWith("@"))
                .forEach(each -> note(Notice.Reason.COMMENT, posted.step(), each));
    }

    private void offerIsOver(Case state, int step) {
        var offer = Case.requireTask(state.open(step)).offer();
        note(Notice.Reason.NO_LONGER_NEEDED, step, offer == null ? null : offer.person());
    }

    /** The step is {@code now}'s, or nobody's: who was asked and who had it are out of it. */
    private void passes(Case state, int number, @Nullable String now) {
        var task = state.open(number).task;
        if (task == null) {
            return;
        }
        var asked = task.offer() == null ? null : task.offer().person();
        if (asked != null && !asked.equals(now)) {
            note(Notice.Reason.NO_LONGER_NEEDED, number, asked);
        }
        // Who offered it on, and lost it by that, knows.
        if (task.holder() != null && task.offer() == null && !task.holder().equals(now)) {
            note(Notice.Reason.NO_LONGER_NEEDED, number, task.holder());
        }
    }

    private void dueChanges(Case state, Event.DueChanged changed) {
        var task = Case.requireTask(state.open(changed.step()));
        if (task.proposal() != null && task.proposal().due().equals(changed.due())) {
            note(Notice.Reason.PROPOSAL_AGREED, changed.step(), task.holder());
        } else if (!Objects.equals(task.due(), changed.due())) {
            note(Notice.Reason.DUE_CHANGED, changed.step(), addressee(task));
        }
    }

    /** After a pause everything is due later. */
    private void goesOn(Case state) {
        var pause = state.pause;
        for (var step : state.steps.values()) {
            if (pause != null
                    && step.task != null
                    && step.task.due() != null
                    && !step.task.due().isBefore(pause.since())) {
                note(Notice.Reason.DUE_CHANGED, step.id, addressee(step.task));
            }
        }
    }

    private static @Nullable String addressee(Step.Task task) {
        return task.offer() != null ? task.offer().person() : task.holder();
    }

    private void note(Notice.Reason reason, int step, @Nullable String to) {
        if (to != null) {
            noted.add(new Notice(reason, step, to));
        }
    }

    /** What is left of it: nobody hears of an offer that came and went, and nobody hears anything twice. */
    List<Notice> take() {
        if (noted.isEmpty()) {
            return List.of();
        }
        var taken = noted;
        noted = new ArrayList<>();
        return taken.size() == 1 ? List.copyOf(taken) : net(taken);
    }

    private record About(int step, String to) {}

    private static List<Notice> net(List<Notice> notices) {
        var net = new LinkedHashMap<Object, Notice>();
        var first = new LinkedHashMap<About, Notice>();
        for (var notice : notices) {
            if (!notice.reason().asks() && notice.reason() != Notice.Reason.NO_LONGER_NEEDED) {
                net.putIfAbsent(notice, notice);
                continue;
            }
            var about = new About(notice.step(), notice.to());
            var before = first.putIfAbsent(about, notice);
            net.remove(about);
            if (before == null || !before.reason().asks() || notice.reason().asks()) {
                net.put(about, notice);
            }
        }
        return List.copyOf(net.values());
    }
}
