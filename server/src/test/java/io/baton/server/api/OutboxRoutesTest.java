package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.directory.Organisation;
import io.baton.server.directory.Person;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Mails that would have gone, without a mail server. */
class OutboxRoutesTest {

    private static final Company COMPANY = new Company();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    @Test
    void administratorsSeeEveryMailWithoutItsLink_andMayFollowANewOne() {
        COMPANY.deploy(TestProcess.of("ask-outside", "OUT")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"answer\" name=\"Answer us\">"
                        + TestProcess.extension("<baton:task holder=\"= who\"/>") + "</bpmn:userTask>")
                .then("endEvent", "end"));
        var vera = COMPANY.server
                .directory()
                .add(Person.contact("Vera", "vera@vendor.example", "Vendor"))
                .orElseThrow();
        var key = COMPANY.start("ask-outside", Map.of("who", vera));
        while (COMPANY.server.bean(Node.class).channels().loop().tick().isZero()) {}

        var lines = COMPANY.chief
                .get("/api/outbox?person=" + vera)
                .expect(200)
                .json()
                .get("items");
        assertThat(lines.size()).isEqualTo(1);
        assertThat(lines.get(0).get("subject").asString()).isEqualTo("Please: Answer us");
        assertThat(lines.get(0).get("caseKey").asString()).isEqualTo(key);

        var told = COMPANY.adaClient
                .get("/api/cases/" + key + "/deliveries")
                .expect(200)
                .json()
                .get("items");
        assertThat(told.size()).isEqualTo(1);
        assertThat(told.get(0).at("/to/name").asString()).isEqualTo("Vera");
        assertThat(told.get(0).get("why").asString()).isEqualTo("OFFERED");
        assertThat(told.get(0).get("channel").asString()).isEqualTo("mail");
        assertThat(told.get(0).get("became").asString()).isEqualTo("ACCEPTED");
        COMPANY.adaClient.get("/api/cases/OUT-999999/deliveries").expect(404);

        var path = "/api/outbox/" + lines.get(0).get("id").asString();
        var mail = COMPANY.chief.get(path).expect(200).json();
        assertThat(mail.get("text").asString()).contains("{{link}}").doesNotContain("/g/");
        assertThat(mail.get("html").asString()).contains("{{link}}").doesNotContain("/g/");

        var url = COMPANY.chief
                .post(path + "/link", Map.of())
                .expect(200)
                .json()
                .get("url")
                .asString();
        assertThat(url).contains("/g/");
        assertThat(COMPANY.chief
                        .post(path + "/link", Map.of())
                        .json()
                        .get("url")
                        .asString())
                .isNotEqualTo(url);
        COMPANY.chief.get("/api/outbox/999999").expect(404);
        COMPANY.chief.get("/api/outbox/x").expect(404);

        COMPANY.adaClient.get("/api/outbox").expect(403);
        COMPANY.adaClient.get(path).expect(403);
        COMPANY.adaClient.post(path + "/link", Map.of()).expect(403);
        COMPANY.server.directory().setOrganisation(new Organisation("Demo", true));
        COMPANY.adaClient.get(path).expect(200);
    }
}
