package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Calendars over HTTP: what is put can be read and counted with; what is no calendar is refused, field by field. */
class CalendarRoutesTest {

    private static final TestServer SERVER = TestServer.start();
    private static final TestClient ADMINISTRATOR = SERVER.signedIn(SERVER.addAdministrator("Root"));
    private static final TestClient MEMBER = SERVER.signedIn(SERVER.addMember("Mo"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    /** Monday 09:00 to 12:00 and 13:00 to 17:00 in Bavaria, and half of Christmas Eve. */
    private static Map<String, Object> bavaria() {
        return new LinkedHashMap<>(Map.of(
                "name", "Bavaria",
                "zone", "Europe/Berlin",
                "hours", Map.of("monday", List.of("13:00-17:00", "09:00-12:00"), "tuesday", List.of("09:00-17:00")),
                "country", "DE",
                "region", "DE-BY",
                "exceptions",
                        List.of(Map.of(
                                "date", "2026-12-24", "hours", List.of("09:00-12:00"), "name", "Christmas Eve"))));
    }

    @Test
    void whatIsPutCanBeReadAndReplacedAndRemoved() {
        ADMINISTRATOR.put("/api/calendars/bavaria", bavaria()).expect(204);
        var read = MEMBER.get("/api/calendars/bavaria").expect(200).json();
        assertThat(read.toString()).isEqualTo("""
                        {"key":"bavaria","name":"Bavaria","zone":"Europe/Berlin","hours":{\
                        "monday":["09:00-12:00","13:00-17:00"],"tuesday":["09:00-17:00"],"wednesday":[],"thursday":[],\
                        "friday":[],"saturday":[],"sunday":[]},"country":"DE","region":"DE-BY",\
                        "exceptions":[{"date":"2026-12-24","hours":["09:00-12:00"],"name":"Christmas Eve"}]}""");
        ADMINISTRATOR
                .put("/api/calendars/bavaria", Map.of("name", "Never", "zone", "UTC", "hours", Map.of()))
                .expect(204);
        var replaced = MEMBER.get("/api/calendars/bavaria").expect(200).json();
        assertThat(replaced.get("name").asString()).isEqualTo("Never");
        assertThat(replaced.get("country").isNull()).isTrue();
        assertThat(replaced.get("exceptions")).isEmpty();
        ADMINISTRATOR.delete("/api/calendars/bavaria").expect(204);
        ADMINISTRATOR.delete("/api/calendars/bavaria").expectProblem(404, "NoSuchCalendar");
        MEMBER.get("/api/calendars/bavaria").expectProblem(404, "NoSuchCalendar");
        MEMBER.get("/api/calendars/bavaria/working-time?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z")
                .expectProblem(404, "NoSuchCalendar");
    }

    @Test
    void onlyAdministratorsChangeThem() {
        MEMBER.put("/api/calendars/mine", bavaria()).expectProblem(403, "NotAllowed");
        MEMBER.delete("/api/calendars/mine").expectProblem(403, "NotAllowed");
    }

    @Test
    void readsThemPageByPage() {
        for (var key : List.of("page-b", "page-a", "page-c")) {
            var body = bavaria();
            body.put("name", "Z " + key);
            ADMINISTRATOR.put("/api/calendars/" + key, body).expect(204);
        }
        var names = new ArrayList<String>();
        var cursor = "";
        while (cursor != null) {
            var page = MEMBER.get("/api/calendars?limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .expect(200)
                    .json();
            names.add(page.at("/items/0/name").asString());
            cursor = page.get("next").isNull() ? null : page.get("next").asString();
        }
        assertThat(names).isSorted().containsSubsequence("Z page-a", "Z page-b", "Z page-c");
    }

    @Test
    void countsWorkingTime() {
        ADMINISTRATOR.put("/api/calendars/counted", bavaria()).expect(204);
        // Easter Monday is none, the Monday after has seven hours and the Tuesday eight; summer time.
        var counted = MEMBER.get(
                        "/api/calendars/counted/working-time?from=2026-04-06T00:00:00Z&to=2026-04-14T07:30:00.5Z")
                .expect(200)
                .json();
        assertThat(counted.get("working").asString()).isEqualTo("PT15H30M0.5S");
        assertThat(counted.get("milliseconds").asLong()).isEqualTo(55_800_500);
        assertThat(counted.get("from").asString()).isEqualTo("2026-04-06T00:00:00Z");
        MEMBER.get("/api/calendars/counted/working-time?from=2026-04-06T00:00:00Z")
                .expectProblem(422, "InvalidInput");
        MEMBER.get("/api/calendars/counted/working-time?from=yesterday&to=2026-04-06T00:00:00Z")
                .expectProblem(422, "InvalidInput");
        var far = MEMBER.get("/api/calendars/counted/working-time"
                        + "?from=-1000000000-01-01T00:00:00Z&to=%2B1000000000-12-31T23:59:59Z")
                .expect(200)
                .json();
        assertThat(far.get("working").asString()).startsWith("PT");
    }

    @Test
    void refusesWhatIsNoCalendarFieldByField() {
        refuses("name", "name", null);
        refuses("name", "name", "x".repeat(201));
        refuses("zone", "zone", null);
        refuses("zone", "zone", "Europe/Atlantis");
        refuses("zone", "zone", "+01:00");
        refuses("hours", "hours", null);
        refuses("hours", "hours", Map.of("Monday", List.of()));
        refuses("hours.monday", "hours", Map.of("monday", List.of("9-5")));
        refuses("hours.monday", "hours", Map.of("monday", List.of("22:00-06:00")));
        refuses("hours.monday", "hours", Map.of("monday", Collections.singletonList(null)));
        refuses("hours.sunday", "hours", Map.of("sunday", List.of("09:00-12:00", "11:59-13:00")));
        refuses("hours.sunday", "hours", Map.of("sunday", Collections.nCopies(25, "09:00-12:00")));
        refuses("country", "country", "XX");
        refuses("country", "country", "");
        refuses("region", "region", "BY");
        refuses("region", "country", null);
        refuses("exceptions[0].date", "exceptions", List.of(Map.of("hours", List.of())));
        refuses("exceptions[0].date", "exceptions", Collections.singletonList(null));
        refuses("exceptions[0].date", "exceptions", List.of(Map.of("date", "24.12.2026")));
        refuses("exceptions[0].date", "exceptions", List.of(Map.of("date", "+999999999-12-31")));
        refuses("exceptions[1].date", "exceptions", Collections.nCopies(2, Map.of("date", "2026-12-24")));
        refuses("exceptions[0].hours", "exceptions", List.of(Map.of("date", "2026-12-24", "hours", List.of("x"))));
        refuses("exceptions[0].name", "exceptions", List.of(Map.of("date", "2026-12-24", "name", "x".repeat(201))));
        refuses("exceptions", "exceptions", Collections.nCopies(1_001, Map.of("date", "2026-12-24")));
        refuses("exceptions", "exceptions", Map.of());
        refuses("zones", "zones", "unknown fields are refused");
        for (var key : List.of("Upper", "a--b", "x".repeat(101))) {
            ADMINISTRATOR.put("/api/calendars/" + key, bavaria()).expectProblem(422, "InvalidInput");
        }
    }

    /** With this one field of a good calendar changed. */
    private static void refuses(String field, String changed, @Nullable Object value) {
        var body = new HashMap<String, @Nullable Object>(bavaria());
        body.put(changed, value);
        var problem = ADMINISTRATOR.put("/api/calendars/refused", body).expectProblem(422, "InvalidInput");
        assertThat(problem.json().at("/errors/0/field").asString())
                .as(problem.body())
                .isEqualTo(field);
        MEMBER.get("/api/calendars/refused").expectProblem(404, "NoSuchCalendar");
    }
}
