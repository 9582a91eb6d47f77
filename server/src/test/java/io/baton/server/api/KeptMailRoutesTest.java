package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.mailbox.Mailbox;
import io.baton.server.web.TestServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What could not be dealt with is for administrators: to read, to try again, to throw away. */
class KeptMailRoutesTest {

    private static final TestServer SERVER = TestServer.start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void anAdministratorReadsTriesAgainAndThrowsAway() throws Exception {
        var node = SERVER.bean(Node.class);
        Mailbox mailbox = node.mailIn().mailbox();
        mailbox.store("From: a@x.example\r\n\r\nHello".getBytes(StandardCharsets.UTF_8), "reply+1@x.example");
        node.jdbc().sql("update mail_in set problem = 'It answers nothing'").update();
        var admin = SERVER.signedIn(SERVER.addAdministrator("Ada"));
        var mail = admin.get("/api/kept-mails").json().get("items").get(0);
        assertThat(mail.get("problem").asString()).isEqualTo("It answers nothing");
        assertThat(mail.get("recipient").asString()).isEqualTo("reply+1@x.example");
        var path = "/api/kept-mails/" + mail.get("id").asString();
        var raw = admin.get(path + "/raw");
        assertThat(raw.status()).isEqualTo(200);
        assertThat(raw.body()).contains("Hello");
        assertThat(admin.post(path + "/another-try", "").status()).isEqualTo(204);
        assertThat(admin.get("/api/kept-mails").json().get("items")).isEmpty();
        assertThat(admin.delete(path).status()).isEqualTo(404);
        node.jdbc().sql("update mail_in set problem = 'It answers nothing'").update();
        assertThat(admin.delete(path).status()).isEqualTo(204);
        assertThat(admin.get("/api/kept-mails/nonsense/raw").status()).isIn(404, 422);
    }
}
