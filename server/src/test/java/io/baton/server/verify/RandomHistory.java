package io.baton.server.verify;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Step;
import io.baton.engine.Wait;
import io.baton.server.Crew;
import io.baton.server.CrewAct;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import io.baton.server.processes.Deployments.Version;
import io.baton.server.processes.ProcessFolder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A company at work as chance has it: random commands over the shipped processes, the same for the same seed. */
public final class RandomHistory {

    private static final Path PROCESSES = Path.of("..", "processes");
    private static final Actor SYSTEM = Actor.system("chance");

    private final Node node;
    private final Committer committer;
    private final Random random;
    private final List<Version> processes = new ArrayList<>();
    private final List<Long> open = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-05T08:00:00Z");
    private int done;
    private int refused;

    /** What the node reads, a committer of its own writes, for whom the crew are all there is. */
    public RandomHistory(Node node, Committer committer, long seed) throws IOException {
        this.node = node;
        this.committer = committer;
        this.random = new Random(seed);
        try (var folders = Files.list(PROCESSES)) {
            for (var folder : folders.filter(Files::isDirectory).sorted().toList()) {
                node.deployments()
                        .deploy(ProcessFolder.read(folder), "p1")
                        .forEach(deployed -> processes.add(deployed.version()));
            }
        }
        for (var process : List.of(Crew.process(), undoable(false), undoable(true))) {
            node.deployments().deploy(process.sources(), "p1").forEach(deployed -> processes.add(deployed.version()));
        }
    }

    /** Two decisions that can be taken back for a day. */
    private static TestProcess undoable(boolean longer) {
        var process = TestProcess.of("undoable", "UND").then("startEvent", "start");
        if (longer) { // so that every other element has another index
            process.then("userTask", "think");
        }
        return process.then(undoable("agree")).then(undoable("sign")).then("endEvent", "end");
    }

    private static String undoable(String id) {
        return "<bpmn:userTask id=\"" + id + "\">"
                + TestProcess.extension("<baton:task team=\"ap\" due=\"P1D\" undo=\"P1D\"/>") + "</bpmn:userTask>";
    }

    public void commands(int count) {
        for (int i = 0; i < count; i++) {
            now = now.plus(Duration.ofMinutes(random.nextInt(600)));
            if (open.isEmpty() || random.nextInt(5) == 0) {
                start();
            } else {
                act(open.get(random.nextInt(open.size())));
            }
        }
    }

    /** How far it has come. */
    public Instant now() {
        return now;
    }

    /** How many changed something. */
    int done() {
        return done;
    }

    int refused() {
        return refused;
    }

    private void start() {
        var version = processes.get(random.nextInt(processes.size()));
        var model = node.deployments().requireModel(version.id());
        var starts = model.startEvents(io.baton.engine.model.FlowNode.Element.PROCESS);
        var plain = model.plainStart() != null;
        var id = committer.nextCaseId();
        if (give(
                        id,
                        new Command.StartCase(
                                version.id(), plain ? null : starts.getFirst().id(), person().id(), variables()),
                        person())
                instanceof Answer.Done) {
            open.add(id);
        }
    }

    private void act(long id) {
        var row = node.cases().find(id).orElseThrow();
        if (row.status() != Case.Status.OPEN) {
            open.remove(id);
            return;
        }
        var state = node.cases().state(row);
        switch (random.nextInt(48)) {
            case 0 -> give(id, new Command.SetVariables(0, variables()), person());
            case 30, 31 -> migrate(id, row.process());
            case 1 -> give(id, new Command.ObserveDeviation("something", "was seen"), SYSTEM);
            case 2 -> give(id, new Command.CompleteTask(random.nextInt(1000), variables()), person());
            case 3 -> give(id, new Command.CancelCase("no longer wanted"), person());
            case 4, 5 ->
                state.incidents().stream()
                        .findFirst()
                        .ifPresent(incident -> give(id, new Command.ResolveIncident(incident.id()), person()));
            case 6, 7, 8, 9, 10, 11 -> wake(id, state);
            case 12, 13, 14, 15, 16, 17 -> strike(id, state);
            case 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29 -> coordinate(id, state);
            default -> work(id, state);
        }
    }

    private void migrate(long id, int process) {
        var key = node.deployments().require(process).key();
        var versions = node.deployments().ids(key);
        give(
                id,
                new Command.MigrateCase(process, versions.get(random.nextInt(versions.size())), new LinkedHashMap<>()),
                person());
    }

    private void wake(long id, Case state) {
        var waits = List.copyOf(state.waits());
        if (!waits.isEmpty()) {
            switch (waits.get(random.nextInt(waits.size()))) {
                case Wait.Timer timer -> {
                    now = now.isBefore(timer.due()) && random.nextInt(4) > 0 ? timer.due() : now;
                    give(id, new Command.FireTimer(timer.id()), Actor.TIMER);
                }
                case Wait.Message message ->
                    give(id, new Command.ReceiveMessage(message.id(), "m" + done, variables()), Actor.MESSAGE);
            }
        }
    }

    /** Waits for a clock to strike, or at times does not. */
    private void strike(long id, Case state) {
        var stroke = CrewAct.stroke(random, state);
        if (stroke != null && stroke.command() instanceof Command.FireTimer(var clock)) {
            var step = state.step(-clock);
            var due =
                    clock == 0 ? state.clock().orElse(now) : step == null || step.clock() == null ? now : step.clock();
            now = now.isBefore(due) && random.nextInt(8) > 0 ? due : now;
            give(id, stroke.command(), stroke.actor());
        }
    }

    private void coordinate(long id, Case state) {
        var act = CrewAct.any(random, state, now);
        if (act != null) {
            give(id, act.command(), act.actor());
        }
    }

    private void work(long id, Case state) {
        var steps = state.steps().stream()
                .filter(step -> step.task() != null || step.job() != null)
                .toList();
        if (!steps.isEmpty()) {
            var step = steps.get(random.nextInt(steps.size()));
            give(id, work(step), step.task() == null ? SYSTEM : holder(step));
        }
    }

    private Command work(Step step) {
        if (step.task() != null) {
            return switch (random.nextInt(5)) {
                case 0 -> new Command.ClaimTask(step.id());
                case 1 -> new Command.ReleaseTask(step.id());
                case 2 ->
                    step.task().decision() == null
                            ? new Command.CompleteTask(step.id(), variables())
                            : new Command.TakeBackDecision(step.id());
                default -> new Command.CompleteTask(step.id(), variables());
            };
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Command.FailJob(step.id(), "no luck", random.nextBoolean() ? null : 0);
            case 1 -> new Command.ThrowError(step.id(), "UNKNOWN", "nobody catches this", variables());
            default -> new Command.CompleteJob(step.id(), variables());
        };
    }

    private Actor holder(Step step) {
        var task = step.task();
        return task != null && task.holder() != null && random.nextInt(10) > 0 ? Actor.person(task.holder()) : person();
    }

    private Actor person() {
        return Actor.person("p" + (1 + random.nextInt(5)));
    }

    /** Names that the processes use, with values that sometimes fit. */
    private SequencedMap<String, @Nullable Object> variables() {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        for (var name : List.of("amount", "vendor", "approved", "decision", "orderId", "invoiceNumber", "customer")) {
            if (random.nextInt(3) > 0) {
                variables.put(name, value());
            }
        }
        return variables;
    }

    private @Nullable Object value() {
        return switch (random.nextInt(7)) {
            case 0 -> true;
            case 1 -> false;
            case 2 -> BigDecimal.valueOf(random.nextInt(100_000), 2);
            case 3 -> "Nordlicht GmbH " + random.nextInt(50);
            case 4 -> List.of("a", BigDecimal.ONE);
            case 5 -> null;
            default -> "approved";
        };
    }

    private Answer give(long id, Command command, Actor actor) {
        var answer = committer.perform(new Request(id, command, actor, now, null, false));
        switch (answer) {
            case Answer.Done accepted -> done += accepted.events().isEmpty() ? 0 : 1;
            case Answer.Refused _, Answer.KeyReused _ -> refused++;
        }
        return answer;
    }
}
