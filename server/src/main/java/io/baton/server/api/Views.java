package io.baton.server.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The JSON shapes of the API. Ids of tasks, jobs, timers and incidents are {@code <case number>.<number in the case>}. */
final class Views {

    private Views() {}

    record PersonRef(String id, String name) {}

    record PartyRef(String key, String name) {}

    /** {@code party} is a person's id, or {@code @} and the name of an organisation. */
    record AudienceRef(String party, String name, boolean outside) {}

    /** {@code text} is null once it is erased. {@code outside}: somebody outside may see it. */
    record CommentView(
            String id,
            @Nullable String step,
            @Nullable String stepName,
            Instant at,
            @Nullable PersonRef author,
            @Nullable String text,
            boolean outside,
            boolean byOutsider,
            List<AudienceRef> audience,
            @Nullable PersonRef asked,
            boolean erased) {}

    /** {@code name} is null once it is erased. {@code outside}: somebody outside may see it. */
    record FileView(
            String id,
            @Nullable String name,
            String type,
            int size,
            String digest,
            @Nullable String step,
            @Nullable String stepName,
            Instant at,
            @Nullable PersonRef by,
            boolean outside,
            boolean byOutsider,
            List<AudienceRef> audience,
            List<SeenView> opened,
            List<SeenView> signed,
            boolean erased) {}

    record PaperView(
            String file, @Nullable String name, boolean toOpen, boolean opened, boolean toSign, boolean signed) {}

    record SeenView(@Nullable PersonRef person, Instant at) {}

    /** {@code bytesMax} of one file. */
    record FilesView(List<FileView> items, List<AudienceRef> parties, List<String> types, long bytesMax) {}

    /** {@code parties} are the outsiders who take part in the case, and their organisations. */
    record ConversationView(List<CommentView> items, List<AudienceRef> parties) {}

    record ProcessRef(String key, String name, @Nullable Integer version) {}

    record ProcessView(
            String key,
            String name,
            String prefix,
            int version,
            Instant deployedAt,
            @Nullable String startForm,
            long openCases,
            boolean manualStart,
            boolean mayStart) {}

    record VersionView(
            int version, Instant deployedAt, @Nullable PersonRef deployedBy) {}

    /** {@code how}: BY_HAND, BY_MAIL, BY_ANY_MAIL, BY_MESSAGE, ON_SCHEDULE or CALLED; {@code what}: the message, schedule or process,
     * or the teams whose members may. */
    record StartView(String how, @Nullable String what) {}

    record NodeView(
            String id,
            @Nullable String name,
            String type,
            @Nullable String party,
            @Nullable String policy) {}

    record ProcessDetail(
            String key,
            String name,
            String prefix,
            int version,
            List<VersionView> versions,
            List<NodeView> nodes,
            @Nullable String startForm,
            boolean manualStart,
            boolean mayStart,
            List<StartView> starts) {}

    record DeployedView(String key, String name, int version, Instant deployedAt, boolean unchanged) {}

    record OpenStepView(
            String node,
            String name,
            String type,
            @Nullable PersonRef holder,
            boolean claimed,
            @Nullable PartyRef party,
            Instant since) {}

    record CaseView(
            String key,
            @Nullable String title,
            ProcessRef process,
            String state,
            @Nullable PersonRef owner,
            Instant startedAt,
            Instant changedAt,
            @Nullable Instant endedAt,
            List<OpenStepView> openSteps,
            int incidents,
            @Nullable Instant dueAt,
            boolean overdue,
            boolean paused) {}

    record NodeCount(String node, int count) {}

    record TimerView(String id, String node, String name, Instant dueAt) {}

    record AwaitedView(String node, String name, String message, String key) {}

    record IncidentView(
            String id,
            String caseKey,
            @Nullable String caseTitle,
            String node,
            String name,
            String kind,
            String severity,
            String message,
            @Nullable String about,
            @Nullable PersonRef holder,
            String suggestion,
            Instant raisedAt,
            Instant dueAt,
            boolean overdue) {}

    /** What is said of a case under a name; {@code agreed} unless two disagree who were not overruled. */
    record FactView(String name, @Nullable Object own, List<StatementView> systems, boolean agreed) {}

    /** {@code overruled}: a person has decided since. */
    record StatementView(@Nullable PartyRef system, Object value, boolean overruled) {}

    /** Times are null where none closed. */
    record MeasureView(
            String kind,
            String severity,
            long raised,
            long open,
            long closed,
            @Nullable Span median,
            @Nullable Span p85,
            long repeated,
            Map<String, Long> causes) {}

    record MeasuresView(Instant from, Instant to, List<MeasureView> kinds) {}

    record PauseView(
            Instant since,
            Instant until,
            String reason,
            @Nullable PersonRef charged) {}

    /** An amount of time in seconds, exact to the microsecond, and as an ISO 8601 duration. */
    record Span(BigDecimal seconds, String duration) {

        static Span of(Duration duration) {
            var micros = BigDecimal.valueOf(duration.toNanos() / 1_000, 6);
            return new Span(micros, duration.toString());
        }
    }

    /** {@code share} in percent; the shares of a ledger add up to 100.00. */
    record ChargeView(
            @Nullable PersonRef holder,
            @Nullable PartyRef party,
            Span elapsed,
            Span working,
            BigDecimal share,
            @Nullable CostView cost) {}

    /**
     * {@code work}: rate per hour × working time; {@code party}: the party's cost per day × elapsed days; {@code waiting}: the
     * process's cost of waiting per day × elapsed days; {@code total}: all three. Two decimals each.
     */
    record CostView(BigDecimal work, BigDecimal party, BigDecimal waiting, BigDecimal total) {

        static final CostView NONE =
                new CostView(LedgerViews.NOTHING, LedgerViews.NOTHING, LedgerViews.NOTHING, LedgerViews.NOTHING);

        CostView plus(CostView other) {
            return new CostView(
                    work.add(other.work), party.add(other.party), waiting.add(other.waiting), total.add(other.total));
        }
    }

    /** Costs are null for who may not see them. */
    record LedgerView(
            Instant from,
            Instant until,
            Span elapsed,
            List<ChargeView> charges,
            @Nullable String currency,
            @Nullable BigDecimal waitingPerDay,
            @Nullable CostView cost) {}

    /**
     * Over {@code cases}, which {@code list} has. What the sum is not of is null: a person's time for a party, a party's as a
     * whole, or a process's. {@code party} is null too for what was nobody's work.
     */
    record SumView(
            @Nullable ProcessRef process,
            @Nullable PartyRef party,
            @Nullable PersonRef holder,
            long cases,
            String list,
            Span elapsed,
            Span working,
            @Nullable String currency,
            @Nullable CostView cost) {}

    record SumsView(
            Instant from,
            Instant to,
            long cases,
            String list,
            List<SumView> charges,
            List<SumView> parties,
            List<SumView> processes) {}

    /** What a sum has of one case. */
    record SummedCaseView(
            String key,
            @Nullable String title,
            ProcessRef process,
            @Nullable PersonRef owner,
            Instant endedAt,
            Span elapsed,
            Span working,
            @Nullable String currency,
            @Nullable CostView cost) {}

    /** Rates are shares from 0 to 1, or null where there is nothing to count. */
    record ReliabilityView(
            @Nullable PersonRef person,
            @Nullable PartyRef party,
            long done,
            long promised,
            long kept,
            long broken,
            @Nullable BigDecimal keptRate,
            long slips,
            long returns,
            @Nullable BigDecimal firstTimeRightRate) {}

    record ReliabilityPage(Instant since, List<ReliabilityView> people, List<ReliabilityView> parties) {}

    record PreflightView(List<FindingView> findings) {}

    /** {@code node} and {@code name} are null for the case as a whole; {@code at} is what {@code text} says it is. */
    record FindingView(
            String kind,
            String severity,
            @Nullable String node,
            @Nullable String name,
            String text,
            String suggestion,
            @Nullable PersonRef person,
            @Nullable PartyRef party,
            @Nullable Instant at) {}

    /** {@code left} = {@code due} − {@code now} − what is still to do, of the open step where that is least. */
    record BufferView(Instant due, Instant now, Span left, boolean negative, List<StepBufferView> steps) {}

    /** {@code left} = due − now − {@code elapsed} of all terms; from {@code usedUpAt} on it is negative if nothing is done. */
    record StepBufferView(
            String id, String node, String name, Span left, Instant usedUpAt, List<BufferTermView> terms) {}

    /** {@code takes} is work where {@code workingTime}; on the wall clock that is {@code elapsed}. */
    record BufferTermView(
            String node, String name, Span takes, boolean workingTime, Instant from, Instant until, Span elapsed) {}

    /** {@code with} is whose time it is: a person, or else a team. {@code step} names it in the case's routes. */
    record AppointmentView(
            int step,
            String name,
            Instant at,
            Instant until,
            @Nullable PersonRef person,
            @Nullable PersonRef with,
            @Nullable PartyRef withTeam) {}

    record CaseDetail(
            String key,
            @Nullable String title,
            ProcessRef process,
            String state,
            @Nullable PersonRef owner,
            Instant startedAt,
            Instant changedAt,
            @Nullable Instant endedAt,
            List<OpenStepView> openSteps,
            List<NodeCount> tokens,
            List<String> travelled,
            List<NodeCount> visited,
            List<TaskView> tasks,
            List<JobView> jobs,
            List<TimerView> timers,
            List<AwaitedView> awaited,
            List<IncidentView> incidents,
            SequencedMap<String, @Nullable Object> variables,
            @Nullable Instant dueAt,
            boolean overdue,
            @Nullable PauseView pause,
            @Nullable PersonRef heir,
            boolean mayDecide,
            @Nullable BufferView buffer,
            List<AppointmentView> appointments,
            List<UndoView> undos) {}

    /** What the caller may do with it is said as it is now; the server decides again when he does it. */
    record TaskView(
            String id,
            String caseKey,
            @Nullable String caseTitle,
            ProcessRef process,
            String node,
            String name,
            @Nullable PartyRef party,
            @Nullable PersonRef holder,
            boolean claimed,
            @Nullable PersonRef claimedBy,
            Instant openedAt,
            @Nullable Instant dueAt,
            boolean overdue,
            @Nullable PersonRef offeredTo,
            @Nullable PartyRef offeredToTeam,
            @Nullable Instant acceptBy,
            @Nullable Instant promisedAt,
            @Nullable PersonRef blockedBy,
            @Nullable DecidedView decided,
            @Nullable String form,
            boolean mayClaim,
            boolean mayComplete,
            boolean mayRelease) {}

    record TaskDetail(
            String id,
            String caseKey,
            @Nullable String caseTitle,
            ProcessRef process,
            String node,
            String name,
            @Nullable PartyRef party,
            @Nullable PersonRef holder,
            boolean claimed,
            @Nullable PersonRef claimedBy,
            Instant openedAt,
            @Nullable Instant dueAt,
            boolean overdue,
            @Nullable PersonRef offeredTo,
            @Nullable PartyRef offeredToTeam,
            @Nullable Instant acceptBy,
            @Nullable Instant promisedAt,
            @Nullable PersonRef blockedBy,
            @Nullable DecidedView decided,
            @Nullable String form,
            boolean mayClaim,
            boolean mayComplete,
            boolean mayRelease,
            SequencedMap<String, @Nullable Object> variables,
            @Nullable Object formSchema,
            @Nullable PersonRef giver,
            @Nullable GivenView given,
            List<CustodyView> custody,
            int returns,
            @Nullable PromiseView promise,
            @Nullable ProposalView proposal,
            @Nullable ObstacleView obstacle,
            @Nullable PolicyRef policy,
            List<ForeseenView> ifNobodyActs,
            @Nullable SlipView slip,
            boolean undoable,
            List<String> acts) {}

    /** {@code kind} is PROMISED, DECLINED or SENT_BACK; {@code until} is until when it can be taken back. */
    record SlipView(String kind, Instant at, Instant until) {}

    /**
     * What the caller has done in a case and may take back, by deleting {@code undo} of the task. {@code what} is ANSWERED,
     * PROMISED, DECLINED, SENT_BACK, OFFERED or STUCK; {@code until} is null where it is until somebody acts on it.
     */
    record UndoView(
            String task, String name, String what, @Nullable Instant until, String undo) {}

    /** Completed by whom and when; {@code effectiveAt} is until when that can be taken back. */
    record DecidedView(@Nullable PersonRef by, Instant at, Instant effectiveAt) {}

    /** The last offer of a step, and why it was made: to a person or to a team. */
    record GivenView(
            Instant at,
            @Nullable PersonRef by,
            @Nullable PersonRef person,
            @Nullable PartyRef team,
            String reason) {}

    /** {@code until} is null for who has it now. */
    record CustodyView(
            @Nullable PersonRef holder,
            Instant since,
            @Nullable Instant until) {}

    /** {@code slips}: how often the date was moved. */
    record PromiseView(Instant at, int slips, boolean broken) {}

    record ProposalView(Instant due, String reason) {}

    record ObstacleView(
            String kind, String reason, @Nullable PersonRef blocker) {}

    /** {@code overridden}: what the task does otherwise, of remind, escalate and reassign. */
    record PolicyRef(String key, int version, List<String> overridden) {}

    /** {@code person} is told, or gets the step; {@code text} says it for people. */
    record ForeseenView(Instant at, String what, @Nullable PersonRef person, String text) {}

    record JobView(
            String id,
            String type,
            String caseKey,
            String node,
            String name,
            int retries,
            @Nullable Instant leasedUntil,
            @Nullable SequencedMap<String, @Nullable Object> variables) {}

    record StepView(
            String id,
            String node,
            String name,
            String type,
            @Nullable String scope,
            Instant enteredAt,
            @Nullable Instant leftAt,
            String state,
            @Nullable PersonRef holder,
            @Nullable PartyRef party) {}

    /** {@code text} says it for people; {@code fields} are the event's own. */
    record EventView(String type, @Nullable String text, Map<String, @Nullable Object> fields) {}

    record EntryView(int seq, Instant at, @Nullable PersonRef actor, String command, List<EventView> events) {}

    record ScopeView(
            int step, @Nullable String node, @Nullable String name, SequencedMap<String, @Nullable Object> variables) {}

    record Items<T>(List<T> items) {}

    record JournalPage(List<EntryView> items, @Nullable Integer next) {}

    record Overview(
            long openCases, long myTasks, long teamTasks, long overdueTasks, long incidents, long completedLast7Days) {}

    record Correlated(@Nullable String caseKey, boolean started, boolean delivered, boolean buffered) {}
}
