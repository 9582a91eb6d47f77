package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.JobView;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.jobs.Jobs;
import io.baton.server.processes.Deployments;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Jobs over HTTP: workers fetch them by long poll, and complete or fail them. */
@RestController
final class JobRoutes {

    private static final int TYPES_MAX = 50;
    private static final int JOBS_MAX = 100;
    private static final int JOBS_DEFAULT = 10;
    private static final int LEASE_SECONDS_MAX = 86_400;
    private static final int LEASE_SECONDS_DEFAULT = 60;
    private static final int WAIT_SECONDS_MAX = 60;
    private static final int TEXT_LENGTH_MAX = 2_000;
    private static final int RETRIES_MAX = 100;
    private static final int TYPE_LENGTH_MAX = 255;
    private static final int WORKER_LENGTH_MAX = 200;
    private static final int CODE_LENGTH_MAX = 255;

    private final Jobs jobs;
    private final Cases cases;
    private final Deployments deployments;

    JobRoutes(Node node) {
        this.jobs = node.jobs();
        this.cases = node.cases();
        this.deployments = node.deployments();
    }

    record ActivationBody(
            List<String> types,
            String worker,
            @Nullable Integer max,
            @Nullable Integer leaseSeconds,
            @Nullable Integer waitSeconds) {}

    record Activated(List<JobView> jobs) {}

    record CompletionBody(@Nullable Map<String, @Nullable Object> variables) {}

    record FailureBody(
            String message,
            @Nullable Integer retries,
            @Nullable Integer retryInSeconds) {}

    record ErrorBody(
            String code, @Nullable String message, @Nullable Map<String, @Nullable Object> variables) {}

    @PostMapping("/api/jobs/activation")
    Activated activate(@RequestBody ActivationBody body) {
        var input = new Input();
        if (body.types() == null || body.types().isEmpty() || body.types().size() > TYPES_MAX) {
            input.wrong("types", "must name 1 to " + TYPES_MAX + " job types");
        } else {
            body.types().forEach(type -> input.exact("types", type, TYPE_LENGTH_MAX));
        }
        var worker = input.exact("worker", body.worker(), WORKER_LENGTH_MAX);
        var max = input.number("max", body.max(), 1, JOBS_MAX, JOBS_DEFAULT);
        var lease = input.number("leaseSeconds", body.leaseSeconds(), 1, LEASE_SECONDS_MAX, LEASE_SECONDS_DEFAULT);
        var wait = input.number("waitSeconds", body.waitSeconds(), 0, WAIT_SECONDS_MAX, 0);
        input.done();
        var leased = jobs.activate(body.types(), worker, max, Duration.ofSeconds(lease), Duration.ofSeconds(wait));
        var views = new ArrayList<JobView>();
        leased.forEach(job -> view(job).ifPresent(views::add));
        return new Activated(views);
    }

    /** A job that was completed between lease and look is left out. */
    private java.util.Optional<JobView> view(Jobs.Job job) {
        return cases.find(job.caseId()).flatMap(row -> {
            var state = cases.state(row);
            var step = state.step(job.step());
            if (step == null) {
                return java.util.Optional.empty();
            }
            var node = deployments.requireModel(job.process()).node(job.node());
            return java.util.Optional.of(new JobView(
                    job.caseId() + "." + job.step(),
                    job.type(),
                    cases.key(row.id(), row.process()),
                    node.id(),
                    node.element().label(),
                    job.retries(),
                    job.leasedUntil(),
                    state.visible(step)));
        });
    }

    @PostMapping("/api/jobs/{id}/completion")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void complete(@PathVariable String id, @RequestBody CompletionBody body, Caller caller, @Nullable Idempotency key) {
        var job = Input.id("Job", id);
        var variables = Input.only(input -> input.variables(body.variables()));
        var _ = ProblemException.done(jobs.complete(job.caseId(), job.number(), variables, caller.actor(), key));
    }

    @PostMapping("/api/jobs/{id}/failure")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void fail(@PathVariable String id, @RequestBody FailureBody body, Caller caller, @Nullable Idempotency key) {
        var job = Input.id("Job", id);
        var input = new Input();
        var message = input.exact("message", body.message(), TEXT_LENGTH_MAX);
        var _ = input.number("retries", body.retries(), 0, RETRIES_MAX, 0);
        var wait = input.number("retryInSeconds", body.retryInSeconds(), 0, LEASE_SECONDS_MAX, 0);
        input.done();
        var retryIn = body.retryInSeconds() == null ? null : Duration.ofSeconds(wait);
        var _ = ProblemException.done(
                jobs.fail(job.caseId(), job.number(), message, body.retries(), retryIn, caller.actor(), key));
    }

    @PostMapping("/api/jobs/{id}/error")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void error(@PathVariable String id, @RequestBody ErrorBody body, Caller caller, @Nullable Idempotency key) {
        var job = Input.id("Job", id);
        var input = new Input();
        var code = input.exact("code", body.code(), CODE_LENGTH_MAX);
        var message = input.optionalExact("message", body.message(), TEXT_LENGTH_MAX);
        var variables = input.variables(body.variables());
        input.done();
        var _ = ProblemException.done(
                jobs.throwError(job.caseId(), job.number(), code, message, variables, caller.actor(), key));
    }
}
