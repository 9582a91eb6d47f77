package io.baton.server.cases;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.CaseCodec;
import io.baton.engine.Command;
import io.baton.engine.Step;
import io.baton.engine.codec.Decoder;
import io.baton.engine.model.FlowNode;
import io.baton.server.cases.CaseRow.OpenStep;
import io.baton.server.commit.Answer;
import io.baton.server.commit.CaseStatus;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import io.baton.server.journal.Entry;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The cases of this installation. A key ({@code PAY-1042}) is the prefix of the process and the case's number. */
public final class Cases {

    private static final String COLUMNS = """
            id, process_id, status, incidents, (extract(epoch from started_at) * 1000000)::bigint as started,
            (extract(epoch from changed_at) * 1000000)::bigint as changed,
            (extract(epoch from ended_at) * 1000000)::bigint as ended, owner, title,
            (extract(epoch from due_at) * 1000000)::bigint as due, paused, state""";

    /** Who says what became of messages. */
    private static final Actor CHANNELS = Actor.system("channels");

    private final JdbcClient database;
    private final Deployments deployments;
    private final Committer committer;
    private final Journal journal;

    public Cases(JdbcClient database, Deployments deployments, Committer committer, Journal journal) {
        this.database = database;
        this.deployments = deployments;
        this.committer = committer;
        this.journal = journal;
    }

    // Commands

    /** {@code start} is null for the process's plain start event. The answer names the new case. */
    public Answer start(
            int process,
            @Nullable String start,
            SequencedMap<String, @Nullable Object> variables,
            String owner,
            Actor actor,
            Request.@Nullable Idempotency key) {
        var command = new Command.StartCase(process, start, owner, variables);
        return committer.perform(new Request(committer.nextCaseId(), command, actor, null, key, false));
    }

    public Answer perform(long caseId, Command command, Actor actor, Request.@Nullable Idempotency key) {
        return committer.perform(new Request(caseId, command, actor, null, key, false));
    }

    /** A command by its name, and its entry in the journal. */
    public record Performed(String command, int seq) {}

    /** What was done in the case under this idempotency key. */
    public Optional<Performed> performed(long caseId, UUID key) {
        return database.sql("select seq from idempotency where key = ? and case_id = ?")
                .param(key)
                .param(caseId)
                .query(Integer.class)
                .optional()
                .flatMap(seq -> find(caseId)
                        .map(row -> new Performed(
                                journal(row, seq - 1, 1).getFirst().command(), seq)));
    }

    /**
     * A message about a step, or the case (0), did not reach the person. {@code reason} is shown to everybody who sees the
     * case: never the message's text, nor a secret. Refused where the step is over; telling the same again does nothing.
     */
    public Answer reportUndelivered(long caseId, int step, String person, String reason) {
        return perform(caseId, new Command.ReportUndelivered(step, person, reason), CHANNELS, null);
    }

    /** A later message about it arrived. Refused where the step is over; where nothing was in trouble, nothing happens. */
    public Answer reportDelivered(long caseId, int step, String person) {
        return perform(caseId, new Command.ReportDelivered(step, person), CHANNELS, null);
    }

    // Keys

    public String key(long caseId, int process) {
        return deployments.prefix(process) + "-" + caseId;
    }

    /** The number in a key, or empty for what is no key. */
    public static Optional<Long> number(String key) {
        int dash = key.lastIndexOf('-');
        var digits = key.substring(dash + 1);
        return digits.matches("[1-9]\\d{0,17}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    // Reading

    /** Which cases a list shows; null or empty means any. {@code before} continues after the case with that number. */
    public record Filter(
            @Nullable String process,
            @Nullable State state,
            @Nullable String owner,
            @Nullable String text,
            @Nullable Long before,
            int limit) {}

    public enum State {
        OPEN,
        COMPLETED,
        CANCELLED,
        INCIDENT
    }

    public Optional<CaseRow> find(long id) {
        return database.sql("select " + COLUMNS + " from cases where id = ?")
                .param(id)
                .query((row, _) -> row(row))
                .optional();
    }

    /** Newest first. */
    public List<CaseRow> list(Filter filter) {
        var where = new ArrayList<String>();
        var parameters = new ArrayList<Object>();
        if (filter.before() != null) {
            where.add("c.id < ?");
            parameters.add(filter.before());
        }
        if (filter.owner() != null) {
            where.add("c.owner = ?");
            parameters.add(filter.owner());
        }
        if (filter.text() != null) {
            var number = number(filter.text());
            where.add(number.isPresent() ? "c.id = ?" : "c.title ilike ? escape '\\'");
            parameters.add(number.<Object>map(id -> id).orElse("%" + escapeLike(filter.text()) + "%"));
        }
        var condition = where.isEmpty() ? "true" : String.join(" and ", where);
        var open = filter.state() == State.OPEN || filter.state() == State.INCIDENT;
        return open ? listOpen(filter, condition, parameters) : listAll(filter, condition, parameters);
    }

    /** Each process version's newest open cases by its own index range, then the newest of those. */
    private List<CaseRow> listOpen(Filter filter, String condition, List<Object> parameters) {
        var sql = """
                select %s from unnest(?::int[]) as p (process_id) cross join lateral (
                    select * from cases c
                    where c.process_id = p.process_id and c.ended_at is null and %s %s
                    order by c.id desc limit ?) c
                order by id desc limit ?""".formatted(
                        COLUMNS.replace(" process_id", " c.process_id"),
                        filter.state() == State.INCIDENT ? "c.incidents > 0 and" : "",
                        condition);
        var versions = filter.process() == null ? deployments.ids() : deployments.ids(filter.process());
        var all = new ArrayList<Object>();
        all.add(versions.toArray(Integer[]::new));
        all.addAll(parameters);
        all.add(filter.limit());
        all.add(filter.limit());
        return database.sql(sql).params(all).query((row, _) -> row(row)).list();
    }

    private List<CaseRow> listAll(Filter filter, String condition, List<Object> parameters) {
        var all = new ArrayList<>(parameters);
        var more = "";
        if (filter.process() != null) {
            more += " and c.process_id = any(?)";
            all.add(deployments.ids(filter.process()).toArray(Integer[]::new));
        }
        if (filter.state() != null) {
            more += " and c.status = ?";
            all.add(filter.state() == State.COMPLETED ? 2 : 3);
        }
        all.add(filter.limit());
        var sql = "select %s from cases c where %s%s order by c.id desc limit ?".formatted(COLUMNS, condition, more);
        return database.sql(sql).params(all).query((row, _) -> row(row)).list();
    }

    /** Those of these cases that have the text in their key or title, or all of them where it is null; the newest first. */
    public List<CaseRow> among(List<Long> ids, @Nullable String text) {
        var number = text == null ? Optional.<Long>empty() : number(text);
        return database.sql("select " + COLUMNS + """
                         from cases
                        where id = any(?) and (?::text is null or id = ? or title ilike ? escape '\\')
                        order by id desc""")
                .param(ids.toArray(Long[]::new))
                .param(text)
                .param(number.orElse(-1L))
                .param(text == null || number.isPresent() ? null : "%" + escapeLike(text) + "%")
                .query((row, _) -> row(row))
                .list();
    }

    private static String escapeLike(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /** The state of a case: of an open one as stored, of one that has ended from its journal. */
    public Case state(CaseRow row) {
        if (row.status() == Case.Status.OPEN) {
            var state = database.sql("select process_id, state from cases where id = ? and state is not null")
                    .param(row.id())
                    .query((found, _) -> CaseCodec.read(deployments, found.getInt(1), found.getBytes(2)))
                    .optional();
            if (state.isPresent()) {
                return state.get();
            }
        }
        return journal.replay(row.id());
    }

    public List<Entry> journal(CaseRow row, int after, int limit) {
        return journal.entries(row.id(), after, limit);
    }

    private CaseRow row(ResultSet row) throws SQLException {
        var process = row.getInt("process_id");
        var state = row.getBytes("state");
        var ended = row.getLong("ended");
        var due = row.getLong("due");
        var hasDue = !row.wasNull();
        return new CaseRow(
                row.getLong("id"),
                process,
                CaseStatus.of(row.getInt("status")),
                row.getInt("incidents"),
                Decoder.instant(row.getLong("started")),
                Decoder.instant(row.getLong("changed")),
                ended == 0 ? null : Decoder.instant(ended),
                row.getString("owner"),
                row.getString("title"),
                hasDue ? Decoder.instant(due) : null,
                row.getBoolean("paused"),
                state == null ? List.of() : openSteps(CaseCodec.read(deployments, process, state)));
    }

    /** The steps that wait for somebody or something; scopes around them are left out. */
    public static List<OpenStep> openSteps(Case state) {
        var open = new ArrayList<OpenStep>();
        for (var step : state.steps()) {
            var node = step.node();
            if (node != null && !hasChildren(state, step)) {
                var task = step.task();
                open.add(new OpenStep(
                        step.id(),
                        state.processOf(step),
                        node.id(),
                        node.element().label(),
                        type(node),
                        state.holder(step),
                        task != null && task.holder() != null,
                        task != null && task.team() != null
                                ? task.team()
                                : node.element().party(),
                        step.enteredAt(),
                        task == null ? null : task.due()));
            }
        }
        return open;
    }

    private static boolean hasChildren(Case state, Step step) {
        return state.steps().stream().anyMatch(other -> other.scope() == step);
    }

    /** BPMN's own word for the node: {@code userTask}, {@code exclusiveGateway}. */
    public static String type(FlowNode node) {
        return switch (node) {
            case FlowNode.StartEvent _ -> "startEvent";
            case FlowNode.EndEvent _ -> "endEvent";
            case FlowNode.IntermediateCatchEvent _ -> "intermediateCatchEvent";
            case FlowNode.IntermediateThrowEvent _ -> "intermediateThrowEvent";
            case FlowNode.BoundaryEvent _ -> "boundaryEvent";
            case FlowNode.ExclusiveGateway _ -> "exclusiveGateway";
            case FlowNode.ParallelGateway _ -> "parallelGateway";
            case FlowNode.InclusiveGateway _ -> "inclusiveGateway";
            case FlowNode.EventBasedGateway _ -> "eventBasedGateway";
            case FlowNode.UserTask task -> task.manual() ? "manualTask" : "userTask";
            case FlowNode.JobTask _ -> "serviceTask";
            case FlowNode.ScriptTask _ -> "scriptTask";
            case FlowNode.DecisionTask _ -> "businessRuleTask";
            case FlowNode.ReceiveTask _ -> "receiveTask";
            case FlowNode.SubProcess _ -> "subProcess";
            case FlowNode.CallActivity _ -> "callActivity";
        };
    }
}
