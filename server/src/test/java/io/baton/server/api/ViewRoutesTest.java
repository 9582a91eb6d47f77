package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.insight.SavedViews;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Views of the tower: one's own, a team's, and had sent as a digest. */
class ViewRoutesTest {

    private static final Company COMPANY = new Company();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    @Test
    void areTheirOwnersUnlessSharedWithATeam() {
        var own = COMPANY.adaClient
                .post("/api/views", Map.of("name", " Late in treasury ", "query", "party=treasury&days=30"))
                .expect(201)
                .json();
        COMPANY.adaClient
                .post("/api/views", Map.of("name", "All of sales", "query", "party=sales", "team", "sales"))
                .expect(201);

        var adas = COMPANY.adaClient.get("/api/views").expect(200).json().get("items");
        assertThat(adas).hasSize(2);
        assertThat(adas.get(1).toString()).isEqualTo(own.toString());
        assertThat(own.get("name").asString()).isEqualTo("Late in treasury");
        var bobs = COMPANY.bobClient.get("/api/views").expect(200).json().get("items");
        assertThat(bobs).hasSize(1);
        assertThat(bobs.get(0).at("/owner/name").asString()).isEqualTo("Ada");
        assertThat(bobs.get(0).get("mine").asBoolean()).isFalse();
        assertThat(COMPANY.stranger.get("/api/views").json().get("items")).isEmpty();

        var shared = "/api/views/" + bobs.get(0).get("id").asString();
        COMPANY.bobClient.delete(shared).expectProblem(404, "NoSuchView");
        COMPANY.adaClient.delete("/api/views/" + own.get("id").asString()).expect(204);
        COMPANY.adaClient.delete(shared).expect(204);
        assertThat(COMPANY.adaClient.get("/api/views").json().get("items")).isEmpty();
    }

    @Test
    void areSentToWhoMaySeeThem() {
        var view = "/api/views/"
                + COMPANY.bobClient
                        .post("/api/views", Map.of("name", "Sales", "query", "", "team", "sales"))
                        .expect(201)
                        .json()
                        .get("id")
                        .asString();
        COMPANY.adaClient.put(view + "/digest", Map.of("every", "day")).expect(200);
        assertThat(COMPANY.adaClient
                        .put(view + "/digest", Map.of("every", "week"))
                        .expect(200)
                        .json()
                        .get("digest")
                        .asString())
                .isEqualTo("week");
        assertThat(COMPANY.bobClient
                        .get("/api/views")
                        .json()
                        .at("/items/0/digest")
                        .isNull())
                .isTrue();
        COMPANY.adaClient.put(view + "/digest", Map.of("every", "year")).expectProblem(422, "InvalidInput");
        COMPANY.stranger.put(view + "/digest", Map.of("every", "day")).expectProblem(404, "NoSuchView");
        COMPANY.adaClient.delete(view + "/digest").expect(204);
        assertThat(COMPANY.server
                        .sql()
                        .sql("select count(*) from view_digest")
                        .query(Long.class)
                        .single())
                .isZero();
        COMPANY.bobClient.delete(view).expect(204);
    }

    @Test
    void areAlsoOfThePagesWhoseFiltersStandInTheirAddress() {
        var cases = COMPANY.bobClient
                .post("/api/views", Map.of("name", "Mine", "page", "cases", "query", "owner=me"))
                .expect(201)
                .json();
        assertThat(cases.get("page").asString()).isEqualTo("cases");
        var view = "/api/views/" + cases.get("id").asString();
        COMPANY.bobClient.put(view + "/digest", Map.of("every", "day")).expectProblem(422, "InvalidInput");
        COMPANY.bobClient
                .post("/api/views", Map.of("name", "n", "page", "moon"))
                .expectProblem(422, "InvalidInput");
        COMPANY.bobClient.delete(view).expect(204);
    }

    @Test
    void refusesWhatIsNoView() {
        COMPANY.adaClient.post("/api/views", Map.of("query", "x")).expectProblem(422, "InvalidInput");
        COMPANY.adaClient
                .post("/api/views", Map.of("name", "n", "query", "x".repeat(1_001)))
                .expectProblem(422, "InvalidInput");
        COMPANY.stranger
                .post("/api/views", Map.of("name", "n", "team", "sales"))
                .expectProblem(422, "InvalidInput");
        COMPANY.adaClient.delete("/api/views/x").expectProblem(404, "NoSuchView");
        COMPANY.adaClient.delete("/api/views/" + UUID.randomUUID()).expectProblem(404, "NoSuchView");
        var keeper = COMPANY.server.signedIn(COMPANY.server.addMember("Keeper"));
        for (int i = 0; i < SavedViews.VIEWS_MAX; i++) {
            keeper.post("/api/views", Map.of("name", "View " + i)).expect(201);
        }
        keeper.post("/api/views", Map.of("name", "One more")).expectProblem(422, "InvalidInput");
    }
}
