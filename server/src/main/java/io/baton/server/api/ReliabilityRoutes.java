package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.ReliabilityPage;
import io.baton.server.api.Views.ReliabilityView;
import io.baton.server.directory.Directory;
import io.baton.server.tasks.Reliability;
import io.baton.server.tasks.Reliability.Count;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Promises made and kept, and work that was ready the first time, per person and per party. */
@RestController
final class ReliabilityRoutes {

    private static final int DAYS_DEFAULT = 90;
    private static final int DAYS_MAX = 3_660;
    private static final int ROWS_MAX = 1_000;
    private static final int RATE_DIGITS = 4;

    private final Reliability reliability;
    private final Directory directory;
    private final Clock clock;

    ReliabilityRoutes(Node node, Directory directory) {
        this.reliability = new Reliability(node.jdbc());
        this.directory = directory;
        this.clock = node.clock();
    }

    /** Over the steps that were done in the last {@code days}; who promised most comes first. */
    @GetMapping("/api/reliability")
    ReliabilityPage read(@RequestParam(required = false) @Nullable Integer days) {
        var since = clock.instant()
                .minus(Duration.ofDays(Input.only(input -> input.number("days", days, 1, DAYS_MAX, DAYS_DEFAULT))));
        var people = reliability.ofPeople(since, ROWS_MAX);
        var parties = reliability.ofParties(since, ROWS_MAX);
        var names = Names.of(
                directory,
                people.stream().map(Count::who).toList(),
                parties.stream().map(Count::who).toList());
        return new ReliabilityPage(
                since,
                people.stream()
                        .map(count -> view(names.person(count.who()), null, count))
                        .toList(),
                parties.stream()
                        .map(count -> view(null, names.party(count.who()), count))
                        .toList());
    }

    private static ReliabilityView view(Views.@Nullable PersonRef person, Views.@Nullable PartyRef party, Count count) {
        return new ReliabilityView(
                person,
                party,
                count.done(),
                count.promised(),
                count.kept(),
                count.broken(),
                rate(count.kept(), count.promised()),
                count.slips(),
                count.returns(),
                rate(count.firstTimeRight(), count.done()));
    }

    private static @Nullable BigDecimal rate(long part, long whole) {
        return whole == 0
                ? null
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), RATE_DIGITS, RoundingMode.HALF_UP);
    }
}
