package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.ProcessRef;
import io.baton.server.cases.Decisions;
import io.baton.server.cases.Decisions.Before;
import io.baton.server.cases.Decisions.Done;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Questions;
import io.baton.server.session.Caller;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the caller has finished, with what they answered. */
@RestController
final class DoneRoutes {

    /** Of the values of an answer in the short form. */
    private static final int ANSWER_LENGTH_MAX = 200;

    private final Decisions decisions;
    private final Deployments deployments;
    private final Questions questions;

    DoneRoutes(Node node) {
        this.decisions = new Decisions(node.jdbc(), node.journal());
        this.deployments = node.deployments();
        this.questions = node.questions();
    }

    /** {@code answer} is short, for people; {@code variables} is all of it. */
    record DoneView(
            String id,
            String caseKey,
            @Nullable String caseTitle,
            String caseState,
            ProcessRef process,
            String node,
            String name,
            Instant enteredAt,
            Instant doneAt,
            @Nullable Instant dueAt,
            boolean onTime,
            String answer,
            Map<String, @Nullable Object> variables) {}

    /** The newest first. */
    @GetMapping("/api/tasks/done")
    Page<DoneView> list(PageQuery page, Caller caller) {
        var before = page.after(Instant.class, Long.class, Long.class)
                .map(cursor -> new Before(cursor.instant(0), cursor.number(1), (int) cursor.number(2)))
                .orElse(Before.START);
        var rows = decisions.doneBy(caller.person(), before, page.rows());
        var answers = decisions.answers(rows);
        return Page.of(
                rows,
                page,
                row -> Cursor.of(row.leftAt(), row.caseId(), (long) row.step()),
                row -> view(row, Decisions.answer(answers, row)));
    }

    private DoneView view(Done done, Map<String, @Nullable Object> answer) {
        var process = deployments.require(done.caseProcess());
        var element = deployments.requireModel(done.process()).node(done.node()).element();
        return new DoneView(
                done.caseId() + "." + done.step(),
                process.prefix() + "-" + done.caseId(),
                done.title(),
                done.status().name().toLowerCase(Locale.ROOT),
                new ProcessRef(process.key(), process.label(), process.version()),
                deployments.requireModel(done.process()).node(done.node()).id(),
                element.label(),
                done.enteredAt(),
                done.decidedAt() == null ? done.leftAt() : done.decidedAt(),
                done.dueAt(),
                done.onTime(),
                PacketViews.spoken(questions.of(done.process(), done.node()).orElse(null), answer),
                answer);
    }

    static String inShort(Map<String, ? extends @Nullable Object> answer) {
        var text = answer.entrySet().stream()
                .filter(each -> each.getValue() != null
                        && !(each.getValue() instanceof Map<?, ?>)
                        && !(each.getValue() instanceof java.util.List<?>))
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", "));
        return text.length() > ANSWER_LENGTH_MAX ? text.substring(0, ANSWER_LENGTH_MAX - 1) + "…" : text;
    }
}
