package io.baton.server.api;

import io.baton.engine.Case;
import io.baton.engine.Event;
import io.baton.engine.Outlook;
import io.baton.engine.Policy;
import io.baton.engine.Roster;
import io.baton.engine.Step;
import io.baton.engine.Wait;
import io.baton.engine.model.FlowNode;
import io.baton.server.Node;
import io.baton.server.api.Views.PartyRef;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.api.Views.Span;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Decisions;
import io.baton.server.cases.Decisions.Done;
import io.baton.server.directory.Directory;
import io.baton.server.insight.PastDecisions;
import io.baton.server.insight.PastDecisions.Found;
import io.baton.server.insight.PastDecisions.Similar;
import io.baton.server.journal.Entry;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Questions;
import io.baton.server.processes.Questions.Question;
import io.baton.server.room.Files.Attachment;
import io.baton.server.tasks.Tasks.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The decision packet in the API's shapes, and the sentences in it. */
final class PacketViews {

    static final int BEFORE_MAX = 8;

    /** Numbers that differ by no more than this share of the larger one are called close. */
    private static final double CLOSE = 0.25;

    private final Deployments deployments;
    private final Directory directory;
    private final Questions questions;
    private final Supplier<Roster> roster;

    PacketViews(Node node) {
        this.deployments = node.deployments();
        this.directory = node.directory();
        this.questions = node.questions();
        this.roster = node.rosters()::current;
    }

    /** {@code question} and {@code similar} are null where the form asks nothing that has listed answers. */
    record PacketView(
            String id,
            @Nullable QuestionView question,
            List<EvidenceView> evidence,
            List<EvidenceFileView> files,
            RuleView rule,
            List<BeforeView> before,
            List<AnswerView> answers,
            @Nullable SimilarView similar) {}

    record QuestionView(String field, String label) {}

    /** {@code setIn}: the step in which it was set last; null where it came with the start, or by itself. */
    record EvidenceView(
            String name,
            String label,
            @Nullable Object value,
            @Nullable Instant setAt,
            @Nullable PersonRef setBy,
            @Nullable String setIn) {}

    record EvidenceFileView(
            String id,
            String name,
            String type,
            int size,
            Instant at,
            @Nullable PersonRef by) {}

    /** {@code policy} is null where the task follows none; {@code sentences} say what policy and process demand. */
    record RuleView(@Nullable PolicyKeyView policy, List<String> sentences) {}

    record PolicyKeyView(String key, int version) {}

    record BeforeView(String step, String name, @Nullable PersonRef person, Instant at, String answer) {}

    /**
     * What follows from this answer as things stand. {@code notPossible} says why it could not be given now; {@code unknown}
     * what it depends on that nobody can know yet.
     */
    record AnswerView(
            Object value,
            String label,
            @Nullable String notPossible,
            String caseState,
            @Nullable Instant effectiveAt,
            List<NextView> next,
            List<NextView> going,
            List<String> unknown) {}

    /** {@code kind}: TASK, JOB or WAIT. */
    record NextView(
            String node,
            String name,
            String kind,
            @Nullable PartyRef party,
            @Nullable PersonRef person,
            @Nullable Instant due,
            String text) {}

    /** {@code compared}: how many past decisions there are at this step; {@code by} is what they are compared by. */
    record SimilarView(int compared, List<String> by, List<SimilarCaseView> items) {}

    /** {@code took} is from the opening of the step to the decision; {@code caseTook} from the start of the case to its end. */
    record SimilarCaseView(
            String caseKey,
            @Nullable String caseTitle,
            String caseState,
            @Nullable Instant endedAt,
            Span caseTook,
            @Nullable PersonRef person,
            Instant decidedAt,
            Span took,
            boolean onTime,
            @Nullable Object answer,
            String answerLabel,
            String why,
            List<ComparedView> compared) {}

    record ComparedView(
            String name,
            String label,
            String here,
            @Nullable String there,
            boolean same) {}

    PacketView packet(
            Task task,
            CaseRow row,
            Case state,
            Step step,
            List<Entry> journal,
            List<Attachment> files,
            List<Done> before,
            @Nullable Question question,
            List<Outlook> outlooks,
            @Nullable SimilarView similar) {
        var shown = files.stream()
                .filter(file -> file.attached().erasedBy() == null && file.name() != null)
                .toList();
        var set = question == null ? Map.<String, Written>of() : lastWritten(journal, question);
        var rule = rule(step);
        var names = names(outlooks, before, set, shown, rule);
        return new PacketView(
                TaskViews.id(task),
                question == null ? null : new QuestionView(question.field(), question.label()),
                question == null ? List.of() : evidence(question, state.visible(step), set, row.process(), names),
                shown.stream().map(file -> file(file, names)).toList(),
                view(task.process(), step, rule, names),
                before.stream().map(each -> before(each, journal, names)).toList(),
                question == null ? List.of() : answers(question, outlooks, names),
                similar);
    }

    private Names names(
            List<Outlook> outlooks,
            List<Done> before,
            Map<String, Written> set,
            List<Attachment> files,
            @Nullable Policy rule) {
        var people = new LinkedHashSet<@Nullable String>();
        var parties = new LinkedHashSet<@Nullable String>();
        outlooks.stream()
                .flatMap(each -> Stream.concat(each.next().stream(), each.going().stream()))
                .forEach(next -> {
                    people.add(next.asked());
                    people.add(next.holder());
                    parties.add(next.party());
                });
        before.forEach(each -> people.add(each.holder()));
        set.values().forEach(each -> people.add(each.entry().actor().id()));
        files.forEach(each -> people.add(each.attached().by()));
        if (rule != null) {
            rule.acts().forEach(act -> people.add(act.person()));
        }
        return Names.of(directory, people, parties);
    }

    // The evidence

    private record Written(Entry entry, @Nullable String node) {}

    /** The entry that set each of what the form shows last, and the step that was done by it. */
    private static Map<String, Written> lastWritten(List<Entry> journal, Question question) {
        var nodes = new LinkedHashMap<Integer, String>();
        var written = new LinkedHashMap<String, Written>();
        for (var entry : journal) {
            String node = null;
            for (var event : entry.events()) {
                switch (event) {
                    case Event.StepEntered entered -> nodes.put(entered.step(), entered.node());
                    case Event.TaskCompleted over -> node = nodes.get(over.step());
                    case Event.JobCompleted over -> node = nodes.get(over.step());
                    case Event.VariablesSet set -> {
                        for (var name : question.inputs()) {
                            if (set.variables().containsKey(name)) {
                                written.put(name, new Written(entry, node));
                            }
                        }
                    }
                    default -> {}
                }
            }
        }
        return written;
    }

    private List<EvidenceView> evidence(
            Question question,
            Map<String, @Nullable Object> visible,
            Map<String, Written> set,
            int process,
            Names names) {
        var model = deployments.requireModel(process);
        var evidence = new ArrayList<EvidenceView>();
        for (var name : question.inputs()) {
            if (visible.get(name) == null) {
                continue;
            }
            var written = set.get(name);
            var node = written == null ? null : written.node();
            evidence.add(new EvidenceView(
                    name,
                    spoken(name),
                    visible.get(name),
                    written == null ? null : written.entry().at(),
                    written == null
                            ? null
                            : names.person(written.entry().actor().id()),
                    node == null || !model.has(node)
                            ? node
                            : model.node(node).element().label()));
        }
        return evidence;
    }

    private static EvidenceFileView file(Attachment file, Names names) {
        var attached = file.attached();
        return new EvidenceFileView(
                attached.id().toString(),
                String.valueOf(file.name()),
                attached.type(),
                attached.size(),
                attached.at(),
                names.person(attached.by()));
    }

    /** {@code purchaseOrder} as people say it: "purchase order". */
    private static String spoken(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    // The rule

    private @Nullable Policy rule(Step step) {
        var policy = step.policy() == null ? null : roster.get().policy(step.policy(), step.policyVersion());
        return policy != null && step.node() instanceof FlowNode.UserTask task
                ? policy.with(task.assignment().overrides())
                : policy;
    }

    private RuleView view(int process, Step step, @Nullable Policy rule, Names names) {
        var sentences = new ArrayList<String>();
        if (step.node() instanceof FlowNode.UserTask task) {
            var others = task.assignment().fourEyes();
            if (!others.isEmpty()) {
                sentences.add("A second pair of eyes: not by whoever did "
                        + others.stream().map(each -> label(process, each)).collect(Collectors.joining(" or ")) + ".");
            }
            var undo = task.assignment().undo();
            if (undo != null) {
                sentences.add("The decision can be taken back for " + PolicyWords.length(undo, false) + ".");
            }
        }
        if (rule != null) {
            var due = step.task() != null && step.task().due() != null;
            sentences.addAll(new PolicyWords(rule, due, names).sentences());
        }
        var policy = step.policy();
        return new RuleView(policy == null ? null : new PolicyKeyView(policy, step.policyVersion()), sentences);
    }

    private String label(int process, String node) {
        var model = deployments.requireModel(process);
        return "'" + (model.has(node) ? model.node(node).element().label() : node) + "'";
    }

    // What was decided before

    private BeforeView before(Done done, List<Entry> journal, Names names) {
        var element = deployments.requireModel(done.process()).node(done.node()).element();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        journal.forEach(entry -> answer.putAll(Decisions.answer(entry, done.step())));
        return new BeforeView(
                done.caseId() + "." + done.step(),
                element.label(),
                names.person(done.holder()),
                done.decided(),
                spoken(questions.of(done.process(), done.node()).orElse(null), answer));
    }

    /** The answer to the question where there was one, else all of it in short. */
    static String spoken(@Nullable Question question, Map<String, @Nullable Object> answer) {
        var value = question == null ? null : answer.get(question.field());
        return value == null || question == null ? DoneRoutes.inShort(answer) : question.label(value);
    }

    // What happens after each answer

    private List<AnswerView> answers(Question question, List<Outlook> outlooks, Names names) {
        var answers = new ArrayList<AnswerView>();
        for (int i = 0; i < outlooks.size(); i++) {
            var outlook = outlooks.get(i);
            var option = question.options().get(i);
            var refused = outlook.refused();
            answers.add(new AnswerView(
                    option.value(),
                    option.label(),
                    refused == null ? null : refused.message(),
                    CaseViews.state(outlook.status()),
                    outlook.effectiveAt(),
                    outlook.next().stream().map(next -> next(next, names)).toList(),
                    outlook.going().stream().map(next -> next(next, names)).toList(),
                    unknown(outlook)));
        }
        return answers;
    }

    private static NextView next(Outlook.Next next, Names names) {
        var element = next.node().element();
        return new NextView(
                element.id(),
                element.label(),
                next.kind().name(),
                names.party(next.party()),
                names.person(next.asked()),
                next.due(),
                text(next, names));
    }

    private static String text(Outlook.Next next, Names names) {
        var party = next.party() == null ? null : names.partyName(next.party());
        return switch (next.kind()) {
            case TASK ->
                next.asked() != null
                        ? names.personName(next.asked()) + " is asked"
                        : party != null
                                ? "waits with " + party + " until somebody takes it"
                                : names.personName(next.holder()) + " has it";
            case JOB -> "a system works on it" + (party == null ? "" : " (" + party + ")");
            case WAIT ->
                next.waits().isEmpty()
                        ? "waits"
                        : next.waits().stream().map(PacketViews::text).collect(Collectors.joining(", or "));
        };
    }

    private static String text(Wait wait) {
        return switch (wait) {
            case Wait.Timer timer -> "waits until " + timer.due();
            case Wait.Message message -> "waits for the message '" + message.name() + "'";
        };
    }

    private static List<String> unknown(Outlook outlook) {
        var unknown = new ArrayList<String>();
        outlook.stopped()
                .forEach(incident ->
                        unknown.add("Which way it goes depends on what is not known yet: " + incident.message()));
        for (var next : outlook.next()) {
            if (next.kind() != Outlook.Kind.TASK) {
                unknown.add("What comes after '" + next.node().element().label() + "' depends on "
                        + (next.kind() == Outlook.Kind.JOB ? "what the system answers." : "what arrives, and when."));
            }
        }
        return unknown;
    }

    // Similar past decisions

    SimilarView similar(
            Question question,
            SequencedMap<String, String> inputs,
            Found found,
            List<Done> done,
            Map<Decisions.Which, SequencedMap<String, @Nullable Object>> answers,
            List<CaseRow> rows) {
        var names = Names.of(directory, done.stream().map(Done::holder).toList(), List.of());
        var cases = rows.stream().collect(Collectors.toMap(CaseRow::id, Function.identity()));
        var items = new ArrayList<SimilarCaseView>();
        for (var each : found.nearest()) {
            var row = cases.get(each.caseId());
            done.stream()
                    .filter(one -> one.caseId() == each.caseId() && one.step() == each.step())
                    .findFirst()
                    .filter(_ -> row != null)
                    .ifPresent(one -> items.add(item(
                            question,
                            inputs,
                            each,
                            one,
                            Decisions.answer(answers, one),
                            Objects.requireNonNull(row),
                            names)));
        }
        return new SimilarView(
                found.compared(),
                inputs.keySet().stream().map(PacketViews::spoken).toList(),
                items);
    }

    private SimilarCaseView item(
            Question question,
            SequencedMap<String, String> inputs,
            Similar similar,
            Done done,
            Map<String, @Nullable Object> answer,
            CaseRow row,
            Names names) {
        var asked = questions.of(done.process(), done.node()).orElse(question);
        var ended = row.endedAt() == null ? done.leftAt() : row.endedAt();
        var compared = compared(inputs, similar.inputs());
        return new SimilarCaseView(
                deployments.prefix(row.process()) + "-" + row.id(),
                row.title(),
                CaseViews.state(row.status()),
                row.endedAt(),
                Span.of(Duration.between(row.startedAt(), ended)),
                names.person(done.holder()),
                done.decided(),
                Span.of(Duration.between(done.enteredAt(), done.decided())),
                done.onTime(),
                answer.get(asked.field()),
                spoken(asked, answer),
                why(compared, inputs, similar.inputs()),
                compared);
    }

    private static List<ComparedView> compared(SequencedMap<String, String> here, Map<String, String> there) {
        var compared = new ArrayList<ComparedView>();
        here.forEach((name, value) -> {
            var past = there.get(name);
            compared.add(new ComparedView(
                    name,
                    spoken(name),
                    PastDecisions.spoken(value),
                    past == null ? null : PastDecisions.spoken(past),
                    value.equals(past)));
        });
        return compared;
    }

    /** "Same vendor and currency; amount 4350 instead of 4200". */
    private static String why(List<ComparedView> compared, Map<String, String> here, Map<String, String> there) {
        var same = new ArrayList<String>();
        var close = new ArrayList<String>();
        for (var each : compared) {
            if (each.same()) {
                same.add(each.label());
            } else if (each.there() != null && isClose(here.get(each.name()), there.get(each.name()))) {
                close.add(each.label() + " " + each.there() + " instead of " + each.here());
            }
        }
        var parts = new ArrayList<String>();
        if (!same.isEmpty()) {
            parts.add("Same " + listed(same));
        }
        if (!close.isEmpty()) {
            parts.add((same.isEmpty() ? "Close: " : "") + listed(close));
        }
        return parts.isEmpty() ? "The same step; everything else differs" : String.join("; ", parts);
    }

    private static boolean isClose(@Nullable String here, @Nullable String there) {
        return here != null && there != null && PastDecisions.distance(here, there) <= CLOSE;
    }

    private static String listed(List<String> words) {
        return words.size() == 1
                ? words.getFirst()
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
