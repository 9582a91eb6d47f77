package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What administrators see and set of the ways to reach people. */
class ChannelRoutesTest {

    private static final Company COMPANY = new Company();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    @Test
    void withoutSettingsMailGoesToTheOutboxAndTheOthersAreOff() {
        var items = COMPANY.chief.get("/api/channels").expect(200).json().get("items");
        assertThat(StreamSupport.stream(items.spliterator(), false)
                        .map(item -> item.get("name").asString() + " "
                                + item.get("setUp").asString()))
                .containsExactly("mail OUTBOX", "slack OFF", "teams OFF", "sms OFF");
        assertThat(items.get(1).get("settings").get(0).asString()).isEqualTo("BATON_SLACK_WEBHOOK_URL");
        assertThat(items.get(0).get("callback").isNull()).isTrue();
        assertThat(items.get(2).get("callback").asString()).isEqualTo("/callbacks/teams");
        assertThat(items.get(2).get("hears").asBoolean()).isFalse();
        COMPANY.adaClient.get("/api/channels").expect(403);
    }

    @Test
    void aTestGoesToWhoAskedForIt() {
        var eve = COMPANY.server
                .directory()
                .add(io.baton.server.directory.Person.administrator("Eve", "eve@example.com"))
                .orElseThrow();
        var client = COMPANY.server.signedIn(eve);
        assertThat(client.post("/api/channels/mail/test", Map.of())
                        .expect(200)
                        .json()
                        .get("outcome")
                        .asString())
                .isEqualTo("ACCEPTED");
        for (int i = 0; i < 2; i++) {
            client.post("/api/channels/mail/test", Map.of()).expect(200);
        }
        assertThat(client.get("/api/outbox?person=" + eve).json().get("items").size())
                .as("each is there, though none has an entry in a journal")
                .isEqualTo(3);
        assertThat(client.get("/api/audit?act=CHANNEL_TESTED")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(3);
        COMPANY.chief.post("/api/channels/mail/test", Map.of()).expectProblem(409, "NoAddress");
        client.post("/api/channels/slack/test", Map.of()).expectProblem(409, "ChannelOff");
        client.post("/api/channels/pigeon/test", Map.of()).expectProblem(404, "NoSuchChannel");
    }

    @Test
    void anAddressIsOnePersonsOnly_andAdministratorsSayWhose() {
        var ada = "/api/people/" + COMPANY.ada + "/addresses";
        COMPANY.chief.put(ada + "/sms", Map.of("address", "+4915112345678")).expect(204);
        COMPANY.chief.put(ada + "/slack", Map.of("address", "U012AB3CD")).expect(204);
        COMPANY.chief.put(ada + "/slack", Map.of("address", "U012AB3CE")).expect(204);
        var items = COMPANY.adaClient.get(ada).expect(200).json().get("items");
        assertThat(items.size()).isEqualTo(2);
        assertThat(items.get(0).get("address").asString()).isEqualTo("U012AB3CE");

        var bob = "/api/people/" + COMPANY.bob + "/addresses";
        COMPANY.chief.put(bob + "/slack", Map.of("address", "U0BOB")).expect(204);
        COMPANY.chief.put(bob + "/slack", Map.of("address", "U012AB3CE")).expectProblem(409, "AddressTaken");
        assertThat(COMPANY.bobClient
                        .get(bob)
                        .json()
                        .get("items")
                        .get(0)
                        .get("address")
                        .asString())
                .as("what he had stays")
                .isEqualTo("U0BOB");
        COMPANY.bobClient.get(ada).expect(403);
        COMPANY.chief.put(ada + "/sms", Map.of("address", "0151 12345678")).expectProblem(422, "InvalidInput");
        COMPANY.chief.put(ada + "/teams", Map.of("address", "ada")).expectProblem(422, "InvalidInput");
        COMPANY.chief.put(ada + "/fax", Map.of("address", "1")).expectProblem(422, "InvalidInput");
        COMPANY.chief
                .put("/api/people/p999/addresses/sms", Map.of("address", "+4915112345678"))
                .expect(404);
        COMPANY.chief.delete(bob + "/slack").expect(204);
        COMPANY.chief.delete(bob + "/slack").expect(404);
    }
}
