package io.baton.server.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.Roster;
import io.baton.engine.Step;
import io.baton.engine.Wait;
import io.baton.engine.model.FlowNode.Element;
import io.baton.server.Crew;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Request;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Person;
import io.baton.server.directory.Policies;
import io.baton.server.directory.PolicyBody;
import io.baton.server.directory.Team;
import io.baton.server.journal.Entry;
import io.baton.server.play.Plays.Played;
import io.baton.server.processes.Draft;
import io.baton.server.processes.ProcessFolder;
import io.baton.server.processes.Sources;
import io.baton.server.processes.Transcript;
import io.baton.server.timers.FireDueTimers;
import io.baton.server.web.TestClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a play shows is what happens: random acts are played, and then done on the server, on a clock that goes along. The
 * server has its directory, its policies, its own count of who has how much to do, and its own loop for timers.
 */
class PlayPropertyTest {

    private static final int HISTORIES = 12;
    private static final int ACTS_MAX = 30;

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final TestClock CLOCK = new TestClock();
    private static final Node NODE = new Node(DATABASE.database(), LocalWorkers.NONE, CLOCK);
    private static final FireDueTimers TIMERS =
            new FireDueTimers(NODE.jdbc(), NODE.transaction(), NODE.committer(), CLOCK);
    private static final List<Sources> PROCESSES = new ArrayList<>();
    private static final List<String> PEOPLE = new ArrayList<>();
    private static long last;

    @BeforeAll
    static void aCompany() throws IOException {
        for (int i = 0; i < Crew.SIZE; i++) {
            PEOPLE.add(NODE.directory()
                    .add(Person.member("Person " + i, null, List.of()))
                    .orElseThrow());
        }
        assertThat(NODE.policies()
                        .put(
                                "chase",
                                new PolicyBody(
                                        "PT8H",
                                        false,
                                        false,
                                        List.of(new PolicyBody.Reminder("-PT12H", "PT6H", 3)),
                                        List.of(new PolicyBody.Rung("PT12H", "team-lead")),
                                        new PolicyBody.AtEnd("P2D", "team-lead")),
                                PEOPLE.getFirst()))
                .isInstanceOf(Policies.Put.Done.class);
        try (var folders = Files.list(Path.of("..", "processes"))) {
            for (var folder : folders.filter(Files::isDirectory).sorted().toList()) {
                PROCESSES.add(ProcessFolder.read(folder));
            }
        }
        PROCESSES.add(Crew.process().sources());
        PROCESSES.add(shared().sources());
        for (var sources : PROCESSES) {
            NODE.deployments().deploy(sources, PEOPLE.getFirst());
            for (var model : sources.models()) {
                for (var node : model.nodes()) {
                    join(node.element().party());
                }
            }
        }
        join("ap");
    }

    private static void join(@Nullable String team) {
        if (team != null && NODE.directory().findTeam(team).isEmpty()) {
            var _ = NODE.directory()
                    .put(new Team(team, team, Team.Kind.TEAM, PEOPLE.getLast(), null, null, null, null, List.of()));
            PEOPLE.forEach(person -> NODE.directory().join(person, team));
        }
    }

    /** Work that is shared out by turns and by load, as often as one likes. */
    private static TestProcess shared() {
        return TestProcess.of("shared", "SHA")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"by-load\">"
                        + TestProcess.extension(
                                "<baton:task team=\"ap\" assign=\"least-loaded\" due=\"P1D\" policy=\"chase\"/>")
                        + "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>= 4</bpmn:loopCardinality>"
                        + "</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>")
                .then("<bpmn:userTask id=\"by-turns\">"
                        + TestProcess.extension(
                                "<baton:task team=\"ap\" assign=\"round-robin\" undo=\"PT2H\" four-eyes=\"by-load\"/>")
                        + "</bpmn:userTask>")
                .then("<bpmn:userTask id=\"by-turns-again\">"
                        + TestProcess.extension("<baton:task team=\"ap\" assign=\"round-robin\" due=\"PT4H\"/>")
                        + "</bpmn:userTask>")
                .then("endEvent", "end");
    }

    @AfterAll
    static void close() {
        NODE.close();
        DATABASE.close();
    }

    /** What is done, in the play and on the server. The server's command is null where one waits. */
    private record Move(Act act, @Nullable Command command, Actor actor) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aPlayHasTheJournalThatTheServerHas(long seed) {
        var random = new Random(seed);
        int acts = 0;
        for (int history = 0; history < HISTORIES; history++) {
            var sources = PROCESSES.get(random.nextInt(PROCESSES.size()));
            var played = new ArrayList<Move>();
            var expected = play(random, sources, played);
            acts += played.size();
            if (expected != null) {
                var really = onTheServer(played, expected);
                assertThat(really)
                        .as("seed %d, history %d: %s", seed, history, played)
                        .isEqualTo(entries(expected.journal()));
                assertThat(delivered(last)).isEqualTo(told(expected));
                assertThat(NODE.committer()
                                .perform(Request.of(
                                        last, new Command.CancelCase("over"), Actor.person(PEOPLE.getFirst()))))
                        .isNotNull();
            }
        }
        assertThat(acts).isGreaterThan(HISTORIES * 5);
    }

    private @Nullable Play play(Random random, Sources sources, List<Move> moves) {
        var draft = new Draft(sources, NODE.deployments());
        var roster = recounted();
        moves.add(start(random, sources));
        Played played = Plays.play(draft, roster, CLOCK.instant(), acts(moves));
        assertThat(played.stopped()).isNull();
        for (int i = 0; i < ACTS_MAX && played.play() != null; i++) {
            var tried = new ArrayList<>(moves);
            tried.add(new Move(
                    new Act.Wait(Duration.ofMinutes(1 + random.nextInt(random.nextInt(4) == 0 ? 3_000 : 60)), null),
                    null,
                    Actor.TIMER));
            var later = Plays.play(draft, roster, CLOCK.instant(), acts(tried));
            var move = later.play() == null ? null : any(random, later.play().state());
            if (move != null) {
                tried.add(move);
                var next = Plays.play(draft, roster, CLOCK.instant(), acts(tried));
                if (next.stopped() == null) {
                    moves.clear();
                    moves.addAll(tried);
                    played = next;
                }
            }
        }
        return played.play();
    }

    /** Work is counted again when somebody has asked and it is long enough ago. */
    private static Roster recounted() {
        var _ = NODE.rosters().current().openWork(PEOPLE.getFirst());
        CLOCK.advance(Duration.ofHours(1));
        return NODE.rosters().current();
    }

    private static List<Act> acts(List<Move> moves) {
        return moves.stream().map(Move::act).toList();
    }

    private static Move start(Random random, Sources sources) {
        var model = sources.models().getFirst();
        var event = model.plainStart() != null
                ? null
                : model.startEvents(Element.PROCESS).getFirst().id();
        var by = someone(random);
        var variables = variables(random);
        var real = NODE.deployments().newest(model.key());
        return new Move(
                new Act.Start(model.key(), event, by, CLOCK.instant(), variables),
                new Command.StartCase(real, event, by, variables),
                Actor.person(by));
    }

    private static @Nullable Move any(Random random, Case state) {
        if (state.status() != Case.Status.OPEN) {
            return null;
        }
        var moves = new ArrayList<Move>();
        var seen = new HashMap<String, Integer>();
        for (var step : state.steps()) {
            if (step.task() != null) {
                moves.add(onTask(random, state, step, named("task " + id(step), id(step), seen)));
            } else if (step.job() != null) {
                moves.add(onJob(random, step, named("job " + id(step), id(step), seen)));
            }
        }
        for (var wait : state.waits()) {
            if (wait instanceof Wait.Message message) {
                var variables = variables(random);
                moves.add(new Move(
                        new Act.Receive(
                                named(
                                        "wait " + message.node().id(),
                                        message.node().id(),
                                        seen),
                                variables),
                        new Command.ReceiveMessage(message.id(), null, variables),
                        Actor.MESSAGE));
            }
        }
        for (var incident : state.incidents()) {
            var by = someone(random);
            moves.add(new Move(
                    new Act.Retry(named("incident " + incident.node(), incident.node(), seen), by),
                    new Command.ResolveIncident(incident.id()),
                    Actor.person(by)));
        }
        moves.add(new Move(new Act.Wait(null, null), null, Actor.TIMER));
        return moves.get(random.nextInt(moves.size()));
    }

    private static String id(Step step) {
        return step.node() == null ? "" : step.node().id();
    }

    private static String named(String kind, String node, Map<String, Integer> seen) {
        return node + "#" + seen.merge(kind, 1, Integer::sum);
    }

    private static Move onTask(Random random, Case state, Step step, String name) {
        var task = step.task();
        var holder = task == null ? null : task.offer() != null ? task.offer().person() : task.holder();
        var by = holder != null && random.nextInt(8) > 0 ? holder : someone(random);
        IntFunction<Command> command = switch (random.nextInt(12)) {
            case 0 -> Command.ClaimTask::new;
            case 1 -> Command.ReleaseTask::new;
            case 2 -> number -> new Command.DeclineTask(number, "no time");
            case 3 -> {
                var whom = someone(random);
                yield number -> new Command.OfferTask(number, whom, null, "you know more");
            }
            case 4 -> number -> new Command.SendBack(number, "a signature");
            case 5 -> number -> new Command.WaiveTask(number, "not needed");
            case 6 -> Command.TakeBackDecision::new;
            default -> {
                var variables = variables(random);
                yield number -> new Command.CompleteTask(number, variables);
            }
        };
        var actor = command.apply(0) instanceof Command.WaiveTask ? state.owner() : by;
        return new Move(new Act.OnTask(name, actor, command), command.apply(step.id()), Actor.person(actor));
    }

    private static Move onJob(Random random, Step step, String name) {
        var variables = variables(random);
        IntFunction<Command> command = switch (random.nextInt(6)) {
            case 0 -> number -> new Command.FailJob(number, "no luck", null);
            case 1 -> number -> new Command.ThrowError(number, "UNKNOWN", null, variables);
            default -> number -> new Command.CompleteJob(number, variables);
        };
        var type = step.job() == null ? "" : step.job().type();
        return new Move(new Act.OnJob(name, command), command.apply(step.id()), Actor.system("worker:" + type));
    }

    private static String someone(Random random) {
        return PEOPLE.get(random.nextInt(PEOPLE.size()));
    }

    private static SequencedMap<String, @Nullable Object> variables(Random random) {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        for (var name : List.of("amount", "vendor", "approved", "decision", "orderId", "outcome", "customer")) {
            if (random.nextInt(3) > 0) {
                variables.put(
                        name,
                        switch (random.nextInt(5)) {
                            case 0 -> true;
                            case 1 -> false;
                            case 2 -> BigDecimal.valueOf(random.nextInt(100_000), 2);
                            case 3 -> "approved";
                            default -> "value " + random.nextInt(9);
                        });
            }
        }
        return variables;
    }

    // The same on the server

    private static List<Entry> onTheServer(List<Move> moves, Play expected) {
        var id = NODE.committer().nextCaseId();
        last = id;
        var times = expected.journal().stream().map(Entry::at).distinct().toList();
        for (var move : moves) {
            switch (move.act()) {
                case Act.Wait(var duration, var _) -> {
                    var now = CLOCK.instant();
                    if (duration == null) {
                        // To the next time at which the play has something happen.
                        times.stream().filter(now::isBefore).findFirst().ifPresent(PlayPropertyTest::goTo);
                    } else {
                        var until = now.plus(duration);
                        times.stream()
                                .filter(at -> now.isBefore(at) && !at.isAfter(until))
                                .forEach(PlayPropertyTest::goTo);
                        goTo(until);
                    }
                }
                default -> {
                    if (move.command() != null) {
                        var answer = NODE.committer().perform(Request.of(id, move.command(), move.actor()));
                        assertThat(answer).as("%s of %s", move, moves).isInstanceOf(Answer.Done.class);
                    }
                    goTo(CLOCK.instant());
                }
            }
        }
        return entries(NODE.journal().all(id));
    }

    /** Others have clocks too, which strike on the way. */
    private static void goTo(Instant at) {
        if (CLOCK.instant().isBefore(at)) {
            CLOCK.advance(Duration.between(CLOCK.instant(), at));
        }
        while (TIMERS.tick().isZero()) {}
    }

    /** Numbers of cases and of process versions are the server's own. */
    private static List<Entry> entries(List<Entry> journal) {
        return journal.stream()
                .map(entry -> new Entry(
                        0,
                        entry.seq(),
                        entry.at(),
                        entry.actor(),
                        entry.command(),
                        entry.events().stream()
                                .map(event -> event instanceof Event.CaseStarted(var _, var owner, var title)
                                        ? new Event.CaseStarted(0, owner, title)
                                        : event)
                                .toList()))
                .toList();
    }

    private static List<String> delivered(long caseId) {
        return NODE.jdbc()
                .sql("select entry, nr, step, kind, recipient from delivery where case_id = ? order by entry, nr")
                .param(caseId)
                .query((row, _) -> row.getInt(1) + "." + row.getInt(2) + " step " + row.getInt(3) + " kind "
                        + row.getInt(4) + " to " + row.getString(5))
                .list();
    }

    private static List<String> told(Play play) {
        return play.told().stream()
                .map(row -> row.entry() + "." + row.nr() + " step " + row.step() + " kind " + row.kind() + " to "
                        + row.recipient())
                .toList();
    }

    @Test
    void aPlayWritesNothing() {
        var before = rows();
        var sources = PROCESSES.getLast();
        var played = Plays.play(
                new Draft(sources, NODE.deployments()),
                NODE.rosters().current(),
                CLOCK.instant(),
                List.of(
                        new Act.Start(null, null, PEOPLE.getFirst(), CLOCK.instant(), new LinkedHashMap<>()),
                        new Act.Wait(Duration.ofDays(9), null)));
        assertThat(played.play()).isNotNull();
        assertThat(played.stopped()).isNull();
        assertThat(rows()).isEqualTo(before);
    }

    /** Where the same roster decides: that of the transcripts knows no teams and no policies. */
    @Test
    void whatIsCopiedIsATranscript() {
        var sources = shared().sources();
        var draft = new Draft(sources, NODE.deployments());
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("text", "\u00e4 \"quoted\" {text}");
        values.put("amount", new BigDecimal("10.50"));
        IntFunction<Command> complete = step -> new Command.CompleteTask(step, values);
        var acts = new ArrayList<Act>();
        acts.add(new Act.Start(null, null, "olga", CLOCK.instant(), values));
        for (int left = 4; left > 0; left--) {
            acts.add(new Act.Wait(Duration.ofMinutes(90), null));
            acts.add(new Act.OnTask("by-load#" + left, "ann", complete));
        }
        var played = Plays.play(draft, Roster.NOBODY, CLOCK.instant(), acts);
        assertThat(played.stopped()).isNull();
        assertThat(played.transcript()).startsWith("> start {").contains("> wait PT1H30M\n> complete by-load#4 {");
        var again = Transcript.play(draft, "shared", "# Copied\n" + played.transcript());
        assertThat(again).doesNotContain("! ").contains("TaskCompleted");
        assertThat(again.lines().filter(line -> line.startsWith("> ")))
                .isEqualTo(played.transcript().lines().toList());
    }

    private static List<Long> rows() {
        return List.of("cases", "journal", "task", "timer", "delivery", "process", "idempotency").stream()
                .map(table -> NODE.jdbc()
                        .sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .toList();
    }
}
