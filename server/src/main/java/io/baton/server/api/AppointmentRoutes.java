package io.baton.server.api;

import io.baton.engine.Case;
import io.baton.server.Node;
import io.baton.server.api.Views.AppointmentView;
import io.baton.server.appointments.Appointments;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Times over HTTP: which a task offers, and what was booked in a case, to be moved or given up. */
@RestController
final class AppointmentRoutes {

    private final Cases cases;
    private final Appointments appointments;
    private final CaseViews views;

    AppointmentRoutes(Node node, CaseViews views) {
        this.cases = node.cases();
        this.appointments = node.appointments();
        this.views = views;
    }

    record SlotsView(int minutes, String zone, String variable, List<Instant> starts) {}

    record MoveBody(@Nullable Instant at) {}

    record ReasonBody(@Nullable String reason) {}

    /** Those that are free now; whoever completes the task with one of them as {@code variable} has booked it. */
    @GetMapping("/api/tasks/{id}/slots")
    SlotsView slots(@PathVariable String id) {
        var where = Input.id("Task", id);
        var free = cases.find(where.caseId())
                .map(row -> appointments.free(row.id(), cases.state(row), where.number()))
                .orElseThrow(() -> ProblemException.notFound("NoSlots", "Task " + id + " offers no times."));
        return new SlotsView(free.minutes(), free.zone().getId(), free.into(), free.starts());
    }

    @GetMapping("/api/cases/{key}/appointments")
    List<AppointmentView> list(@PathVariable String key) {
        var row = find(key);
        return views.appointments(row, state(row));
    }

    /** The owner, and whoever's time it is, may choose any; whoever has booked it one that is offered. */
    @PutMapping("/api/cases/{key}/appointments/{step}")
    List<AppointmentView> move(
            @PathVariable String key,
            @PathVariable String step,
            @RequestBody MoveBody body,
            Caller caller,
            @Nullable Idempotency idempotency) {
        var at = Input.only(input -> input.time("at", body.at()));
        var row = find(key);
        var _ = ProblemException.done(appointments.move(row.id(), Input.part(step), at, caller.actor(), idempotency));
        return list(key);
    }

    @PostMapping("/api/cases/{key}/appointments/{step}/cancellation")
    List<AppointmentView> cancel(
            @PathVariable String key,
            @PathVariable String step,
            @RequestBody ReasonBody body,
            Caller caller,
            @Nullable Idempotency idempotency) {
        var reason = Input.only(input -> input.reason("reason", body.reason()));
        var row = find(key);
        var _ = ProblemException.done(
                appointments.release(row.id(), Input.part(step), reason, caller.actor(), idempotency));
        return list(key);
    }

    private Case state(CaseRow row) {
        return cases.state(row);
    }

    private CaseRow find(String key) {
        return Cases.number(key)
                .flatMap(cases::find)
                .orElseThrow(() -> ProblemException.notFound("NoSuchCase", "There is no case " + key + "."));
    }
}
