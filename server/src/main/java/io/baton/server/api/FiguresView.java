package io.baton.server.api;

import io.baton.server.api.TowerView.Counted;
import io.baton.server.api.TowerView.HeadlineView;
import io.baton.server.api.TowerView.PeriodView;
import io.baton.server.api.Views.Span;
import io.baton.server.insight.ProcessFigures;
import io.baton.server.processes.Deployments;
import io.baton.server.usual.Durations.Usual;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one process does, as JSON. A {@code count} beside a {@code list} is how many items that list has, as in the tower. */
record FiguresView(
        Instant at,
        PeriodView period,
        HeadlineView headline,
        QualityView quality,
        List<WeekView> weeks,
        List<VersionFiguresView> versions,
        List<UsualView> usual) {

    /** Of the cases completed in the period; {@code share} from 0 to 1 of those in which nothing was sent back. */
    record QualityView(@Nullable BigDecimal share, Counted firstTimeRight, Counted reworked) {}

    /** Seven days; the last end now. {@code late}: of the completed, those after their due date. */
    record WeekView(Instant since, Instant before, Counted completed, Counted late) {}

    /** A case counts in the version in which it runs now, or ended. All but {@code open} is of the period. */
    record VersionFiguresView(
            int version,
            Counted open,
            Counted completed,
            @Nullable BigDecimal onTime,
            Counted late,
            @Nullable Span median,
            @Nullable Span p85,
            @Nullable BigDecimal firstTimeRight,
            Counted reworked) {}

    /**
     * How long a step usually takes, over all versions: from {@code n} that were done, counted at {@code countedAt}. The
     * lists are of some of the cases counted: {@code recent} of the last ones, {@code longest} of those above the 85th
     * percentile.
     */
    record UsualView(String node, long n, Span median, Span p85, Instant countedAt, String recent, String longest) {

        static UsualView of(Usual usual, ListLink link) {
            var cases = link.and("state", "all").and("took", usual.node());
            return new UsualView(
                    usual.node(),
                    usual.n(),
                    Span.of(usual.p50()),
                    Span.of(usual.p85()),
                    usual.computedAt(),
                    cases.cases(),
                    cases.and("longest", "true").cases());
        }
    }

    static FiguresView of(ProcessFigures figures, ListLink link, Deployments deployments, List<Usual> usual) {
        var period = figures.headline().period();
        var completed = completed(link, period.since());
        long done = figures.headline().done().completed();
        return new FiguresView(
                period.now(),
                new PeriodView(period.days(), period.since(), figures.headline().usualPeriods()),
                TowerViews.headline(figures.headline(), link, true),
                new QualityView(
                        TowerViews.share(done - figures.reworked(), done),
                        new Counted(
                                done - figures.reworked(),
                                completed.and("rework", "false").cases()),
                        new Counted(
                                figures.reworked(),
                                completed.and("rework", "true").cases())),
                figures.weeks().stream()
                        .map(week -> week(week, period.now(), link))
                        .toList(),
                figures.versions().stream()
                        .map(each -> version(
                                each, deployments.require(each.process()).version(), link, period.since()))
                        .toList(),
                usual.stream().map(each -> UsualView.of(each, link)).toList());
    }

    private static ListLink completed(ListLink link, Instant since) {
        return link.and("state", "completed").and("endedSince", since);
    }

    /** The last week has no end, as what ends at this very moment counts in it. */
    private static WeekView week(ProcessFigures.Week week, Instant now, ListLink link) {
        var since = completed(link, week.since());
        var completed = week.before().isBefore(now.truncatedTo(ChronoUnit.MICROS))
                ? since.and("endedBefore", week.before())
                : since;
        return new WeekView(
                week.since(),
                week.before(),
                new Counted(week.completed(), completed.cases()),
                new Counted(week.late(), completed.and("risk", "late").cases()));
    }

    private static VersionFiguresView version(
            ProcessFigures.OfVersion each, int version, ListLink link, Instant since) {
        var own = link.and("version", Integer.toString(version));
        var completed = completed(own, since);
        return new VersionFiguresView(
                version,
                new Counted(each.open(), own.open().cases()),
                new Counted(each.completed(), completed.cases()),
                TowerViews.share(each.onTime(), each.withDue()),
                new Counted(
                        each.withDue() - each.onTime(),
                        completed.and("risk", "late").cases()),
                TowerViews.span(each.median()),
                TowerViews.span(each.p85()),
                TowerViews.share(each.completed() - each.reworked(), each.completed()),
                new Counted(each.reworked(), completed.and("rework", "true").cases()));
    }
}
