package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.server.Node;
import io.baton.server.commit.Answer;
import io.baton.server.mailbox.KeptMails;
import io.baton.server.mailbox.Mailbox;
import io.baton.server.processes.ProcessFolder;
import io.baton.server.web.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

    @Test
    void aKeptMailIsFiledToACaseWithItsTextAndFilesAndIsGone() throws Exception {
        var node = SERVER.bean(Node.class);
        var ada = SERVER.addAdministrator("Ada Filer");
        var admin = SERVER.signedIn(ada);
        var process = node.deployments()
                .deploy(ProcessFolder.read(Path.of("..", "processes", "request-for-payment")), ada)
                .getFirst()
                .version();
        var started = (Answer.Done)
                node.cases().start(process.id(), null, new LinkedHashMap<>(), ada, Actor.person(ada), null);
        var key = node.cases().key(started.caseId(), process.id());
        var mail = """
                From: =?UTF-8?Q?J=C3=BCrgen?= <jurgen@vendor.example>
                Subject: About %s and NOT-99
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                The price is wrong.
                --b
                Content-Type: text/plain; name=price.txt
                Content-Disposition: attachment; filename=price.txt

                12 EUR
                --b
                Content-Type: application/x-msdownload; name=virus.exe
                Content-Disposition: attachment; filename=virus.exe

                MZ
                --b--
                """.formatted(key);
        node.mailIn().mailbox().store(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), "hello@x.example");
        node.jdbc()
                .sql("update mail_in set problem = 'It answers no mail of ours'")
                .update();

        var listed = admin.get("/api/kept-mails?limit=1")
                .expect(200)
                .json()
                .get("items")
                .get(0);
        assertThat(listed.get("from").asString()).isEqualTo("Jürgen <jurgen@vendor.example>");
        assertThat(listed.get("subject").asString()).startsWith("About " + key);
        var path = "/api/kept-mails/" + listed.get("id").asString();
        var detail = admin.get(path).expect(200).json();
        assertThat(detail.get("text").asString()).isEqualTo("The price is wrong.");
        assertThat(detail.get("files")).hasSize(2);
        assertThat(detail.at("/mentions/0").asString()).isEqualTo(key);
        assertThat(detail.get("mentions")).hasSize(1);

        admin.post(path + "/filing", Map.of("caseKey", "NOT-99")).expectProblem(404, "NoSuchCase");
        // Once before, but a crash came before the mail was taken away.
        var mailbox = node.mailIn().mailbox();
        var kept = new KeptMails(mailbox, node.comments(), node.files());
        var _ = kept.file(mailbox.kept(Long.MAX_VALUE, 1).getFirst(), started.caseId(), ada);
        var filed =
                admin.post(path + "/filing", Map.of("caseKey", key)).expect(200).json();
        assertThat(filed.get("notTaken")).hasSize(1);
        assertThat(filed.at("/notTaken/0").asString()).startsWith("virus.exe: ");
        admin.get(path).expectProblem(404, "NoSuchMail");
        var said = admin.get("/api/cases/" + key + "/comments").json().at("/items/0");
        assertThat(said.get("text").asString()).contains("The price is wrong.", "Jürgen");
        assertThat(said.get("outside").asBoolean()).isFalse();
        assertThat(admin.get("/api/cases/" + key + "/comments").json().get("items"))
                .hasSize(1);
        var files = admin.get("/api/cases/" + key + "/files").json().get("items");
        assertThat(files).hasSize(1);
        assertThat(files.at("/0/name").asString()).isEqualTo("price.txt");
        assertThat(admin.get("/api/audit?act=MAIL_FILED")
                        .json()
                        .at("/items/0/subject")
                        .asString())
                .isEqualTo(key);
    }
}
