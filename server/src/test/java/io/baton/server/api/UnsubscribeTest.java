package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.ScriptedSmtp;
import io.baton.server.commit.Answer;
import io.baton.server.directory.Person;
import io.baton.server.directory.PolicyBody;
import io.baton.server.timers.FireDueTimers;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The way out of the daily digest: by the mail program's own button or by the page, and for the digest only. */
class UnsubscribeTest {

    private static final ScriptedSmtp SMTP = new ScriptedSmtp();
    private static final TestServer SERVER = TestServer.start(Settings.class);

    @Configuration(proxyBeanMethods = false)
    static class Settings {

        @Bean
        @Primary
        ChannelSettings settingsOfTheTest() {
            return new ChannelSettings(Map.of("BATON_SMTP_URL", SMTP.url(), "BATON_URL", "https://baton.example.com"));
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
        SMTP.close();
    }

    private static Node node() {
        return SERVER.bean(Node.class);
    }

    private static void tick() {
        while (node().channels().loop().tick().isZero()) {}
    }

    private static void days(int days) {
        SERVER.clock().advance(Duration.ofDays(days).plusHours(1)); // past the morning
        new FireDueTimers(node().jdbc(), node().transaction(), node().committer(), SERVER.clock()).tick();
        tick();
        SERVER.clock().advance(Duration.ofHours(23));
        tick();
    }

    @Test
    void aDigestCanBeLeftByOneClick_andReadingItLeavesNothing() {
        SMTP.start();
        var owner = SERVER.addMember("Olga");
        var vera = SERVER.directory()
                .add(Person.contact("Vera", "vera@vendor.example", "Vendor"))
                .orElseThrow();
        var _ = node().policies()
                .put(
                        "gathered",
                        new PolicyBody(
                                null,
                                false,
                                true,
                                List.of(new PolicyBody.Reminder("PT0S", "P1D", 20)),
                                List.of(),
                                null),
                        owner);
        node().deployments()
                .deploy(
                        TestProcess.of("gathering", "GAT")
                                .then("startEvent", "start")
                                .then("<bpmn:userTask id=\"answer\" name=\"Answer us\">"
                                        + TestProcess.extension(
                                                "<baton:task holder=\"= who\" due=\"P1D\" policy=\"gathered\"/>")
                                        + "</bpmn:userTask>")
                                .then("endEvent", "end")
                                .sources(),
                        owner);
        var version =
                node().deployments().newestVersion("gathering").orElseThrow().id();
        var variables = new LinkedHashMap<String, @Nullable Object>(Map.of("who", vera));
        assertThat(node().cases().start(version, null, variables, owner, Actor.person(owner), null))
                .isInstanceOf(Answer.Done.class);
        tick();
        assertThat(SMTP.received()).hasSize(1);
        assertThat(SMTP.received().getFirst().content()).doesNotContain("List-Unsubscribe");

        days(2);
        assertThat(SMTP.received()).hasSize(2);
        var digest = SMTP.received().getLast().content().replace("\r\n ", " ");
        assertThat(digest).contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        var link = Pattern.compile(
                        "List-Unsubscribe:\\s+<https://baton\\.example\\.com(/unsubscribe/[A-Za-z0-9_-]{43})>")
                .matcher(digest);
        assertThat(link.find()).isTrue();
        var path = link.group(1);

        var page = SERVER.anonymous().get(path).expect(200);
        assertThat(page.body()).contains("Stop them").contains("method=\"post\"");
        SERVER.anonymous()
                .send("POST", path, "application/x-www-form-urlencoded", new byte[0])
                .expect(200);
        assertThat(node().channels().digestRefusals().refuses(vera)).isFalse();
        SERVER.anonymous().get("/unsubscribe/nobody").expectProblem(404, "NoSuchLink");

        var click = "List-Unsubscribe=One-Click".getBytes(StandardCharsets.UTF_8);
        SERVER.anonymous()
                .send("POST", path, "application/x-www-form-urlencoded", click)
                .expect(200);
        assertThat(node().channels().digestRefusals().refuses(vera)).isTrue();
        days(4);
        assertThat(SMTP.received()).hasSize(2);
        assertThat(node().jdbc()
                        .sql("select count(*) from delivered where outcome = 6")
                        .query(Integer.class)
                        .single())
                .isPositive();

        press(SERVER, path, "again");
        assertThat(node().channels().digestRefusals().refuses(vera)).isFalse();
        days(6);
        assertThat(SMTP.received()).hasSize(3);

        var machine = SERVER.anonymous();
        assertThat(machine.get(path).body()).contains("name=\"act\" value=\"leave\"");
        for (var form : List.of(
                "act=leave&browser=" + machine.cookie("baton-guest").orElseThrow(), // the box is not ticked
                "act=leave&sure=yes&browser=another",
                "act=leave&sure=yes")) {
            send(machine, path, form);
            send(SERVER.anonymous(), path, form + "&sure=yes"); // it keeps no cookies
        }
        assertThat(node().channels().digestRefusals().refuses(vera)).isFalse();
        press(SERVER, path, "leave");
        assertThat(node().channels().digestRefusals().refuses(vera)).isTrue();
    }

    /** What somebody does on the page: ticks the box and presses the button. */
    static void press(TestServer server, String path, String act) {
        var browser = server.anonymous();
        assertThat(browser.get(path).expect(200).body()).contains("name=\"act\" value=\"" + act + "\"");
        send(
                browser,
                path,
                "act=" + act + "&sure=yes&browser="
                        + browser.cookie("baton-guest").orElseThrow());
    }

    private static void send(TestClient browser, String path, String form) {
        browser.send("POST", path, "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8))
                .expect(200);
    }
}
