package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HolidayRoutesTest {

    private static final TestServer SERVER = TestServer.start();
    private static final TestClient MEMBER = SERVER.signedIn(SERVER.addMember("Mo"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static int thisYear() {
        return SERVER.clock().instant().atOffset(ZoneOffset.UTC).getYear();
    }

    @Test
    void listsTheHolidaysOfACountryAndOfARegion() {
        var country =
                MEMBER.get("/api/holidays?country=DE&year=2026").expect(200).json();
        assertThat(country.get("items").findValuesAsString("date"))
                .isSorted()
                .hasSize(9)
                .contains("2026-10-03")
                .doesNotContain("2026-01-06");
        var region = MEMBER.get("/api/holidays?country=DE&region=DE-BY&year=2026")
                .expect(200)
                .json();
        assertThat(region.get("items")).hasSize(12);
        assertThat(region.at("/items/1").toString()).isEqualTo("{\"date\":\"2026-01-06\",\"name\":\"Epiphany\"}");
    }

    @Test
    void withoutAYearTheyAreThisYears() {
        var items = MEMBER.get("/api/holidays?country=FR").expect(200).json().get("items");
        assertThat(items.findValuesAsString("date")).contains(thisYear() + "-07-14");
    }

    @Test
    void refusesPlacesAndYearsThatAreNotKnown() {
        for (var query : List.of(
                "",
                "country=",
                "country=Germany",
                "country=de",
                "country=DE&region=BY",
                "country=DE&region=FR-67",
                "country=DE&year=x",
                "country=DE&year=" + (thisYear() + 11),
                "country=DE&year=" + (thisYear() - 11))) {
            MEMBER.get("/api/holidays?" + query).expectProblem(422, "InvalidInput");
        }
    }

    @Test
    void listsCountriesWithTheirRegions() {
        var items = MEMBER.get("/api/holidays/countries").expect(200).json().get("items");
        assertThat(items.size()).isGreaterThan(200);
        assertThat(items.valueStream()
                        .filter(country -> country.get("code").asString().equals("DE"))
                        .flatMap(country -> country.get("regions").valueStream())
                        .map(region -> region.get("code").asString()))
                .contains("DE-BY", "DE-BE");
    }
}
