package io.baton.server.api;

import io.baton.server.api.Views.PartyRef;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.api.Views.ProcessRef;
import io.baton.server.api.Views.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The control tower as JSON. Wherever a {@code count} stands beside a {@code list}, that list has exactly so many items:
 * its address is below {@code /api/}.
 */
record TowerView(
        Instant at,
        PeriodView period,
        HeadlineView headline,
        List<NeedView> needsYou,
        List<CourtView> parties,
        List<CourtView> people,
        List<PersonLoadView> personLoads,
        List<TeamLoadView> teamLoads,
        List<TroubleView> incidents,
        List<WaitingView> waiting,
        ChangesView changes) {

    /** {@code usualPeriods}: how many periods before this one the usual is made of, at most four. */
    record PeriodView(int days, Instant since, int usualPeriods) {}

    record Counted(long count, String list) {}

    /** {@code trend}: one number a day, the last is now; of what ended on each day, or was open at its end. */
    record Figure(long count, String list, @Nullable BigDecimal usual, List<Integer> trend) {}

    /** Shares from 0 to 1, or null where nothing with a due date was completed. */
    record OnTime(@Nullable BigDecimal share, @Nullable BigDecimal usual, Counted onTime, Counted late) {}

    /** Of the cases that were completed; null where none was. */
    record Took(@Nullable Span span, @Nullable Span usual, long count, String list) {}

    /** What is null cannot be narrowed in this way: cases that are over wait with nobody. */
    record HeadlineView(
            Figure open,
            @Nullable OnTime onTime,
            Figure atRisk,
            Figure overdue,
            Figure orphaned,
            @Nullable Figure throughput,
            @Nullable Took median,
            @Nullable Took p85) {}

    /**
     * {@code what} is OPEN (look at the case), OFFER (to somebody else, {@code body} says to whom), or an act that is done
     * by sending the request as it stands.
     */
    record ActView(
            String what,
            @Nullable String method,
            @Nullable String path,
            @Nullable Map<String, Object> body,
            @Nullable PersonRef person) {

        static final ActView OPEN = new ActView("OPEN", null, null, null, null);
    }

    record NeedView(
            String caseKey,
            @Nullable String caseTitle,
            ProcessRef process,
            String why,
            String kind,
            @Nullable String suggestion,
            @Nullable String step,
            @Nullable PersonRef holder,
            Instant since,
            @Nullable Instant due,
            ActView act) {}

    /** Open cases with a party or a person; {@code held}: for how long they have had all these steps. */
    record CourtView(
            @Nullable PartyRef party,
            @Nullable PersonRef person,
            long count,
            String list,
            long steps,
            Instant oldest,
            Span held) {}

    /** Tasks that wait for the person to act; {@code usual}: how many they have on a usual day. */
    record PersonLoadView(PersonRef person, long count, String list, int usual) {}

    /** Tasks of the team, taken or not; {@code usual}: how many its members have on a usual day. */
    record TeamLoadView(PartyRef team, long count, String list, long usual) {}

    record TroubleView(String kind, String severity, long count, String list, Counted late, Instant oldest) {}

    /**
     * What it costs that the open cases wait whose amounts the reader may see, in one currency or, null, in none;
     * {@code dearest} have cost most so far.
     */
    record WaitingView(
            @Nullable String currency,
            long count,
            String list,
            BigDecimal perDay,
            BigDecimal soFar,
            List<DearestView> dearest) {}

    record DearestView(String caseKey, @Nullable String caseTitle, BigDecimal perDay, BigDecimal soFar) {}

    record ChangesView(
            Instant since,
            Counted started,
            @Nullable Counted completed,
            @Nullable Counted cancelled,
            Counted overdue,
            Counted incidents) {}

    // The other two pictures

    record AgeingView(
            Instant at,
            long of,
            @Nullable Span p50,
            @Nullable Span p85,
            @Nullable Span p95,
            List<ColumnView> columns,
            List<PointView> oldest) {}

    record ColumnView(
            String key,
            String name,
            long count,
            String list,
            @Nullable Counted overP50,
            @Nullable Counted overP85,
            @Nullable Counted overP95,
            Instant oldest) {}

    record PointView(
            String caseKey,
            @Nullable String caseTitle,
            String column,
            Instant startedAt,
            boolean overdue,
            boolean atRisk) {}

    record MapView(ProcessRef process, List<MapNodeView> nodes, List<ArcView> arcs) {}

    record MapNodeView(
            String node,
            String name,
            @Nullable PartyRef party,
            long count,
            String list,
            Counted untaken,
            Instant oldest,
            Span held) {}

    /** A flow from one party to another, and the cases behind it that nobody of the other party has taken yet. */
    record ArcView(String flow, PartyRef from, PartyRef to, long count, String list) {}

    record HomeView(String page) {}
}
