package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.usual.Durations;
import io.baton.server.web.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The page of a process: who published it and starts it, and how it does. {@code TowerTest} counts over a random history. */
class ProcessFiguresTest {

    private static final Company COMPANY = new Company();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static TestProcess twoOfSales(String key) {
        return TestProcess.of(key, "FIG")
                .then("startEvent", "start")
                .then(task("offer", ""))
                .then(task("check", " policy=\"chase\""))
                .then("endEvent", "end");
    }

    private static String task(String id, String more) {
        return "<bpmn:userTask id=\"" + id + "\" name=\"" + id + "\">"
                + TestProcess.extension("<baton:task team=\"sales\"" + more + "/>") + "</bpmn:userTask>";
    }

    @Test
    void saysWhoPublishedItWhatStartsItAndWhatGovernsItsSteps() {
        COMPANY.deploy(twoOfSales("asked").cases("start-by-mail=\"known\""));
        COMPANY.deploy(TestProcess.of("asking", "ASK")
                .then("startEvent", "start")
                .then("<bpmn:callActivity id=\"call\" calledElement=\"asked\"/>")
                .then("endEvent", "end"));

        var process = COMPANY.adaClient.get("/api/processes/asked").expect(200).json();

        assertThat(process.at("/versions/0/deployedBy/name").asString()).isEqualTo("Chief");
        assertThat(process.get("starts"))
                .extracting(start ->
                        start.get("how").asString() + " " + start.get("what").asString())
                .containsExactly("BY_HAND ", "BY_MAIL ", "CALLED asking");
        assertThat(process.get("nodes"))
                .filteredOn(node -> !node.get("policy").isNull())
                .extracting(
                        node -> node.get("id").asString(),
                        node -> node.get("policy").asString())
                .containsExactly(tuple("check", "chase"));
    }

    /** By hand or by a program; the message and the mail have rules of their own. */
    @Test
    void onlyMembersOfTheTeamsItNamesAndAdministratorsStartACase() {
        COMPANY.deploy(twoOfSales("theirs").cases("starters=\"sales\""));
        var start = Map.of("process", "theirs");

        var refused = COMPANY.stranger.post("/api/cases", start).expect(403).json();
        assertThat(refused.get("code").asString()).isEqualTo("MayNotStart");
        assertThat(refused.get("detail").asString()).contains("members of Sales");
        COMPANY.adaClient.post("/api/cases", start).expect(201);
        COMPANY.chief.post("/api/cases", start).expect(201);

        var seen = COMPANY.stranger.get("/api/processes/theirs").expect(200).json();
        assertThat(seen.get("mayStart").asBoolean()).isFalse();
        assertThat(seen.at("/starts/0/what").asString()).isEqualTo("Sales");
        assertThat(COMPANY.adaClient
                        .get("/api/processes/theirs")
                        .json()
                        .get("mayStart")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void countsWhatWasRightTheFirstTimeInTheVersionInWhichItEnded() {
        try (var company = new Company()) {
            figuresOfTwoVersions(company);
        }
    }

    private static void figuresOfTwoVersions(Company company) {
        company.deploy(twoOfSales("figured"));
        var right = company.start("figured", Map.of());
        complete(company, right);
        complete(company, right);
        company.deploy(twoOfSales("figured").cases("title=\"another\""));
        var sentBack = company.start("figured", Map.of());
        complete(company, sentBack);
        company.bobClient
                .post("/api/tasks/" + company.task(sentBack) + "/return", Map.of("missing", "the price"))
                .expect(200);
        assertThat(figures(company.adaClient).at("/versions/0/open/count").asInt())
                .isEqualTo(1);
        assertThat(items(company.adaClient, "cases?process=figured&state=open&rework=true"))
                .isEqualTo(1);
        var task = company.task(sentBack);
        company.start("figured", Map.of());
        company.server.clock().advance(Duration.ofDays(8));
        var later = company.server.signedIn(company.ada);
        later.post("/api/tasks/" + task + "/completion", Map.of("variables", Map.of()))
                .expect(204);

        var figures = figures(later);

        assertThat(figures.at("/quality/share").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(figures.at("/quality/reworked/count").asInt()).isEqualTo(1);
        assertThat(items(later, figures.at("/quality/reworked/list").asString()))
                .isEqualTo(1);
        assertThat(items(later, figures.at("/quality/firstTimeRight/list").asString()))
                .isEqualTo(1);
        assertThat(figures.get("versions"))
                .extracting(version -> version.get("version") + " " + version.at("/open/count") + " "
                        + version.at("/completed/count") + " " + version.at("/reworked/count") + " "
                        + version.at("/firstTimeRight").asDouble())
                .containsExactly("2 1 1 1 0.0", "1 0 1 0 1.0");
        assertThat(figures.get("weeks"))
                .hasSize(13)
                .extracting(week -> week.at("/completed/count").asInt())
                .endsWith(0, 1, 1);
        assertThat(items(later, "cases?process=figured&version=2&state=all")).isEqualTo(2);
    }

    /** The last cases, and of the slowest 15 of 100 those that took longest; narrowed further like any list. */
    @Test
    void opensTheCasesBehindHowLongAStepUsuallyTakes() {
        try (var company = new Company()) {
            company.deploy(twoOfSales("figured"));
            var keys = new ArrayList<String>();
            for (int i = 0; i < Durations.OBSERVATIONS_MIN; i++) {
                keys.add(company.start("figured", Map.of()));
                company.server.clock().advance(Duration.ofMinutes(i));
                complete(company, keys.getLast());
            }
            company.server.bean(Node.class).durations().tick();

            var usual = figures(company.adaClient).at("/usual/0");

            assertThat(usual.get("node").asString()).isEqualTo("offer");
            assertThat(listed(company.adaClient, usual.get("recent").asString()))
                    .containsExactlyElementsOf(keys.reversed());
            var longest = usual.get("longest").asString();
            assertThat(listed(company.adaClient, longest))
                    .containsExactlyElementsOf(keys.reversed().subList(0, 3));
            assertThat(listed(company.adaClient, longest + "&limit=2"))
                    .containsExactlyElementsOf(keys.reversed().subList(0, 2));
            assertThat(listed(company.adaClient, longest.replace("state=all", "state=completed")))
                    .isEmpty();
            assertThat(listed(company.adaClient, "cases?process=figured&took=nothing"))
                    .isEmpty();
            company.adaClient.get("/api/cases?took=offer").expect(422);
        }
    }

    private static List<String> listed(TestClient reader, String list) {
        return reader.get("/api/" + list)
                .expect(200)
                .json()
                .get("items")
                .valueStream()
                .map(item -> item.get("key").asString())
                .toList();
    }

    private static JsonNode figures(TestClient reader) {
        return reader.get("/api/processes/figured/figures").expect(200).json();
    }

    private static int items(TestClient reader, String list) {
        return reader.get("/api/" + list).expect(200).json().get("items").size();
    }

    private static void complete(Company company, String caseKey) {
        company.adaClient
                .post("/api/tasks/" + company.task(caseKey) + "/completion", Map.of("variables", Map.of()))
                .expect(204);
    }
}
