package io.baton.server.replay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baton.server.replay.Profile.Rejections;
import io.baton.server.replay.Profile.Spread;
import io.baton.server.replay.Profile.Transition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the invented log by hand-computed figures and, where it lies beside the project, the real one by the check
 * values that came with it.
 */
class ProfileTest {

    private static final String REAL = "BPIC20_RequestForPayment.xes.gz";

    @TempDir
    Path folder;

    @Test
    void countsCasesEventsAndVariants() throws IOException {
        var profile = tiny();

        assertThat(profile.cases()).isEqualTo(3);
        assertThat(profile.events()).isEqualTo(8);
        assertThat(profile.variants()).isEqualTo(2);
        assertThat(profile.first()).isEqualTo("2024-01-01T09:00+01:00");
        assertThat(profile.last()).isEqualTo("2024-07-02T12:00+02:00");
    }

    @Test
    void measuresCycleTimesFromTheFirstToTheLastEvent() throws IOException {
        var hour = 3600.0;

        assertThat(tiny().cycleTimeSeconds())
                .isEqualTo(new Spread(
                        1.4 * hour, 2 * hour, 3 * hour, 3 * hour, 3 * hour, 3 * hour, 3 * hour, rounded(7 * hour / 3)));
    }

    @Test
    void countsArrivalsAndWorkByTheLoggedHour() throws IOException {
        var profile = tiny();

        assertThat(profile.arrivals().byMonth()).containsEntry("2024-01", 2).containsEntry("2024-07", 1);
        assertThat(arrivals(profile, DayOfWeek.MONDAY, 9)).isEqualTo(1);
        assertThat(arrivals(profile, DayOfWeek.TUESDAY, 9)).isEqualTo(2);
        assertThat(requireNonNull(profile.work().people().get(DayOfWeek.TUESDAY))
                        .get(11))
                .isEqualTo(1);
        assertThat(requireNonNull(profile.work().systems().get(DayOfWeek.TUESDAY))
                        .get(12))
                .isEqualTo(1);
    }

    @Test
    void measuresWhatFollowsWhatAndAfterHowLong() throws IOException {
        var ninetyMinutes = tiny().transitions().stream()
                .filter(transition -> transition.to().equals("Order APPROVED by HEAD"))
                .findFirst()
                .orElseThrow();

        assertThat(ninetyMinutes.count()).isEqualTo(2);
        assertThat(ninetyMinutes.share()).isEqualTo(0.6667);
        assertThat(requireNonNull(ninetyMinutes.seconds()).p50()).isEqualTo(5400);
        assertThat(tiny().transitions())
                .contains(
                        new Transition(Profile.START, "Order SUBMITTED by CLERK", 3, 1, null),
                        new Transition("Order REJECTED by HEAD", Profile.END, 1, 1, null));
    }

    @Test
    void measuresHowOftenAPartyRejects() throws IOException {
        assertThat(tiny().rejections()).containsExactly(new Rejections("HEAD", 3, 1, 0.3333));
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        var json = new StringBuilder();
        Profile.write(EventLogTest.TINY, "made by hand", json);

        var read = Profile.read(new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8)));

        try (var log = EventLog.open(EventLogTest.TINY)) {
            assertThat(read).isEqualTo(Profile.of(log, "made by hand"));
        }
    }

    @Test
    void refusesALogWithoutEvents() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.xes"), "<log/>");

        assertThatThrownBy(() -> Profile.write(empty, null, new StringBuilder()))
                .hasMessage("the log has no event, so there is nothing to measure");
    }

    @Test
    void measuresTheRealLogAsItsOriginDoes() throws IOException {
        try (var log = EventLog.open(realLog())) {
            var profile = Profile.of(log, null);

            assertThat(profile.cases()).isEqualTo(6_760);
            assertThat(profile.events()).isEqualTo(36_072);
            assertThat(profile.variants()).isEqualTo(77);
            assertThat(profile.cycleTimeSeconds().p50()).isEqualTo(697_299.5);
            assertThat(profile.cycleTimeSeconds().p90()).isEqualTo(1_758_092.3);
            assertThat(profile.cycleTimeSeconds().p99()).isEqualTo(5_731_894.76);
            assertThat(profile.cycleTimeSeconds().mean()).isEqualTo(987_901.17);
        }
    }

    @Test
    void ofTheRealLogIsTheOneThatTheDemoUses() throws IOException {
        try (var shipped = requireNonNull(Profile.class.getResourceAsStream("/demo/profile.json"))) {
            var profile = Profile.read(shipped);

            assertThat(profile.source()).contains("doi 10.4121/uuid:895b26fb-6f25-46eb-9e48-0dca26fcd030");
            try (var log = EventLog.open(realLog())) {
                assertThat(profile).isEqualTo(Profile.of(log, profile.source()));
            }
        }
    }

    private static Profile tiny() throws IOException {
        try (var log = EventLog.open(EventLogTest.TINY)) {
            return Profile.of(log, null);
        }
    }

    private static int arrivals(Profile profile, DayOfWeek day, int hour) {
        return requireNonNull(profile.arrivals().byHour().get(day)).get(hour);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** The log is never part of the project; it lies in a folder {@code shared/data} beside or above it. */
    private static Path realLog() {
        var found = Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("shared/data").resolve(REAL))
                .filter(Files::exists)
                .findFirst();
        assumeTrue(found.isPresent(), REAL + " is not here");
        return found.orElseThrow();
    }
}
