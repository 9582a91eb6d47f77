package io.baton.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.directory.Person;
import io.baton.server.directory.Profile;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestClient.Response;
import io.baton.server.web.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chat over real HTTP both ways: what goes to Slack and Teams, and what comes from there in the shapes that their
 * documentation shows.
 */
class CallbacksTest {

    private static final String SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final String TEAMS_SECRET =
            Base64.getEncoder().encodeToString("a key of Teams, 32 bytes of it.".getBytes(StandardCharsets.UTF_8));
    private static final OtherSide SLACK = new OtherSide();
    private static final OtherSide TEAMS = new OtherSide();
    private static final OtherSide SMS = new OtherSide();
    private static final TestServer SERVER = TestServer.start(Settings.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private static String owner = "";
    private static String ada = "";
    private static String tim = "";
    private static String vera = "";

    @Configuration(proxyBeanMethods = false)
    static class Settings {

        @Bean
        @Primary
        ChannelSettings settingsOfTheTest() {
            return new ChannelSettings(Map.ofEntries(
                    Map.entry("BATON_OUTBOUND_ALLOW", SLACK.host() + "," + TEAMS.host() + "," + SMS.host()),
                    Map.entry("BATON_SLACK_WEBHOOK_URL", SLACK.url() + "/services/T0/B0/secret"),
                    Map.entry("BATON_SLACK_SIGNING_SECRET", SLACK_SECRET),
                    Map.entry("BATON_SLACK_ANSWERS_AT", "127.0.0.1"),
                    Map.entry("BATON_TEAMS_WEBHOOK_URL", TEAMS.url() + "/workflows/secret"),
                    Map.entry("BATON_TEAMS_SECRET", TEAMS_SECRET),
                    Map.entry("BATON_SMS_URL", SMS.url() + "/messages"),
                    Map.entry("BATON_SMS_HEADERS", "Authorization: Bearer sms-key|X-Unit: ops"),
                    Map.entry("BATON_SMS_BODY", "{\"to\": [\"{to}\"], \"text\": \"{text}\", \"ref\": \"{id}\"}"),
                    Map.entry("BATON_SMS_CALLBACK_SECRET", "sms-secret"),
                    Map.entry("BATON_URL", "https://baton.example.com")));
        }
    }

    @BeforeAll
    static void people() {
        owner = add(Person.member("Olga", null, List.of()));
        ada = add(Person.member("Ada <b>Byron</b>", null, List.of()), Profile.Channel.CHAT);
        tim = add(Person.member("Tim", null, List.of()), Profile.Channel.CHAT);
        vera = add(Person.contact("Vera", null, "Vendor"), Profile.Channel.SMS);
        node().addresses().put(ada, "slack", "U012AB3CD");
        node().addresses().put(tim, "teams", "11111111-2222-3333-4444-555555555555");
        node().addresses().put(vera, "sms", "+4915112345678");
        node().deployments()
                .deploy(
                        TestProcess.of("chatting", "CHA")
                                .then("startEvent", "start")
                                .then("<bpmn:userTask id=\"answer\" name=\"Answer &lt;!channel&gt; *us*\">"
                                        + TestProcess.extension("<baton:task holder=\"= who\" due=\"P2D\"/>")
                                        + "</bpmn:userTask>")
                                .then("endEvent", "end")
                                .sources(),
                        owner);
    }

    private static String add(Person person, Profile.Channel... channels) {
        var id = SERVER.directory().add(person).orElseThrow();
        var _ = SERVER.directory()
                .change(
                        id,
                        known -> known.with(new Profile(
                                null, null, null, null, null, 10, List.of(), List.of(channels), null, null)));
        return id;
    }

    @AfterAll
    static void close() {
        SERVER.close();
        SLACK.close();
        TEAMS.close();
        SMS.close();
    }

    private static Node node() {
        return SERVER.bean(Node.class);
    }

    private static long ask(String person) {
        var version =
                node().deployments().newestVersion("chatting").orElseThrow().id();
        var variables = new LinkedHashMap<String, @org.jspecify.annotations.Nullable Object>(Map.of("who", person));
        long id = ((Answer.Done) node().cases().start(version, null, variables, owner, Actor.person(owner), null))
                .caseId();
        while (node().channels().loop().tick().isZero()) {}
        return id;
    }

    private static Case state(long id) {
        return node().cases().state(node().cases().find(id).orElseThrow());
    }

    private static boolean hasTaken(long id, String person) {
        var task = state(id).steps().iterator().next().task();
        return task != null && task.offer() == null && person.equals(task.holder());
    }

    private static String step(long id) {
        return id + "." + state(id).steps().iterator().next().id();
    }

    // Slack

    private static Response slack(String body, Instant at, String secret) {
        var timestamp = String.valueOf(at.getEpochSecond());
        var signed = Signatures.sign(
                secret.getBytes(StandardCharsets.UTF_8),
                ("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8));
        return slackAs(body, timestamp, "v0=" + HexFormat.of().formatHex(signed));
    }

    private static Response slackAs(String body, String timestamp, String signature) {
        return SERVER.anonymous()
                .with("X-Slack-Request-Timestamp", timestamp)
                .with("X-Slack-Signature", signature)
                .send(
                        "POST",
                        "/callbacks/slack",
                        "application/x-www-form-urlencoded",
                        body.getBytes(StandardCharsets.UTF_8));
    }

    /** As in docs.slack.dev/reference/interaction-payloads/block_actions-payload, shortened. */
    private static String pressed(String user, String action, String value, String reason) {
        var payload = """
                {"type": "block_actions",
                 "user": {"id": "%s", "username": "ada", "name": "ada", "team_id": "T9TK3CUKW"},
                 "api_app_id": "AABA1ABCD", "token": "9s8d9as89d8as9d8as989",
                 "container": {"type": "message", "message_ts": "1548261231.000200", "is_ephemeral": false},
                 "trigger_id": "12321423423.333649436676.d8c1bb837935619ccad0f624c448ffb3",
                 "team": {"id": "T9TK3CUKW", "domain": "example"},
                 "channel": {"id": "CBR2V3XEX", "name": "review-updates"},
                 "state": {"values": {"baton_reason": {"reason": {"type": "plain_text_input", "value": "%s"}}}},
                 "response_url": "%s/actions/AABA1ABCD/1232321423432/D09sSasdasdAS9091209",
                 "actions": [{"action_id": "%s", "block_id": "=qXel", "value": "%s", "type": "button",
                   "text": {"type": "plain_text", "text": "View", "emoji": true}, "action_ts": "1548426417.840180"}]}
                """.formatted(user, reason, SLACK.url(), action, value);
        return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
    }

    private static String answeredInSlack() {
        var got = SLACK.next();
        assertThat(got.path()).startsWith("/actions/");
        var answer = JSON.readTree(got.body());
        assertThat(answer.get("response_type").asString()).isEqualTo("ephemeral");
        return answer.get("text").asString();
    }

    @Test
    void whoIsAskedInSlackTakesItThere_andIsToldSo() {
        long id = ask(ada);
        var message = SLACK.next();
        assertThat(message.path()).isEqualTo("/services/T0/B0/secret");
        var json = JSON.readTree(message.body());
        var text = json.toString();
        assertThat(text)
                .contains("<@U012AB3CD>")
                .contains("https://baton.example.com/inbox?task=" + step(id))
                .contains("\"baton_accept\"")
                .contains("\"baton_decline\"")
                .contains("Due: ");
        for (var block : json.get("blocks")) {
            if (!block.at("/text/type").asString("").equals("mrkdwn")) {
                assertThat(block.toString()).doesNotContain("mrkdwn");
            }
        }
        assertThat(json.get("text").asString()).contains("&lt;!channel&gt;");

        var press = pressed("U012AB3CD", "baton_accept", step(id), "");
        slack(press, SERVER.clock().instant(), SLACK_SECRET).expect(200);
        assertThat(answeredInSlack()).isEqualTo("It is yours now.");
        assertThat(hasTaken(id, ada)).isTrue();

        slack(press, SERVER.clock().instant(), SLACK_SECRET).expectProblem(409, "HeardBefore");
        slack(press, SERVER.clock().instant().plusSeconds(1), SLACK_SECRET).expect(200);
        assertThat(answeredInSlack()).isEqualTo("You are not asked for that, or not any more.");
    }

    @Test
    void decliningInSlackNeedsAReason() {
        long id = ask(ada);
        SLACK.next();
        slack(
                        pressed("U012AB3CD", "baton_decline", step(id), " "),
                        SERVER.clock().instant(),
                        SLACK_SECRET)
                .expect(200);
        assertThat(answeredInSlack()).contains("why");
        assertThat(state(id).steps().iterator().next().task()).isNotNull();
        slack(
                        pressed("U012AB3CD", "baton_decline", step(id), "I am full"),
                        SERVER.clock().instant(),
                        SLACK_SECRET)
                .expect(200);
        assertThat(answeredInSlack()).isEqualTo("Declined. It goes back.");
        assertThat(hasTaken(id, ada)).isFalse();
    }

    @Test
    void whatIsForgedLateUnknownOrAnothersDoesNothing() {
        long id = ask(ada);
        SLACK.next();
        var now = SERVER.clock().instant();
        var press = pressed("U012AB3CD", "baton_accept", step(id), "");
        slack(press, now, "another secret").expectProblem(401, "WrongSignature");
        slackAs(press, String.valueOf(now.getEpochSecond()), "v0=00").expectProblem(401, "WrongSignature");
        slackAs(press, "soon", "v0=00").expectProblem(401, "WrongSignature");
        slack(press, now.minusSeconds(301), SLACK_SECRET).expectProblem(401, "NotTimely");
        slack(press, now.plusSeconds(301), SLACK_SECRET).expectProblem(401, "NotTimely");
        slack("payload=%7B%22type%22%3A", now, SLACK_SECRET).expectProblem(400, "NotUnderstood");
        slack("payload=%zz", now, SLACK_SECRET).expectProblem(400, "NotUnderstood");
        slack("x=y", now, SLACK_SECRET).expectProblem(400, "NotUnderstood");

        slack(pressed("U0EVE", "baton_accept", step(id), ""), now, SLACK_SECRET).expect(200);
        assertThat(answeredInSlack()).contains("does not know who you are").contains("U0EVE");
        node().addresses().put(owner, "slack", "U0OLGA");
        slack(pressed("U0OLGA", "baton_accept", step(id), ""), now, SLACK_SECRET)
                .expect(200);
        assertThat(answeredInSlack()).isEqualTo("You are not asked for that, or not any more.");
        for (var value : List.of("", "1", "999999.1", "0.0", id + ".99", "'; drop table person; --")) {
            slack(pressed("U012AB3CD", "baton_accept", value, ""), now, SLACK_SECRET)
                    .expect(200);
            assertThat(answeredInSlack()).isNotEqualTo("It is yours now.");
        }
        assertThat(hasTaken(id, ada)).isFalse();
    }

    /** Any change to a signed request is noticed. */
    @Test
    void aRequestThatWasChangedByOneCharacterIsForged() {
        long id = ask(ada);
        SLACK.next();
        var random = new Random(99);
        var now = SERVER.clock().instant();
        var timestamp = String.valueOf(now.getEpochSecond());
        var body = pressed("U012AB3CD", "baton_accept", step(id), "");
        var signature = "v0="
                + HexFormat.of()
                        .formatHex(Signatures.sign(
                                SLACK_SECRET.getBytes(StandardCharsets.UTF_8),
                                ("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < 60; i++) {
            var changed = new StringBuilder(body);
            int at = random.nextInt(body.length());
            changed.setCharAt(at, body.charAt(at) == 'x' ? 'y' : 'x');
            slackAs(changed.toString(), timestamp, signature).expectProblem(401, "WrongSignature");
        }
        assertThat(hasTaken(id, ada)).isFalse();
    }

    /** The example of docs.slack.dev/authentication/verifying-requests-from-slack. */
    @Test
    void signsAsSlackDoes() {
        var body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        var signed = Signatures.sign(
                SLACK_SECRET.getBytes(StandardCharsets.UTF_8),
                ("v0:1531420618:" + body).getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(signed))
                .isEqualTo("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    // Teams

    /** As in learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook, shortened. */
    private static String said(String user, String text, Instant at) {
        return """
                {"type": "message", "id": "%d", "timestamp": "%s", "localTimestamp": "2026-11-02T09:00:00.0+01:00",
                 "serviceUrl": "https://smba.trafficmanager.net/emea/", "channelId": "msteams",
                 "from": {"id": "29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA85gQtHieVkKilBZ9XHoq9j7Zaqt7CZ-NJWi7me2kHTL3Bw",
                   "name": "Tim Jones", "aadObjectId": "%s"},
                 "conversation": {"isGroup": true, "id": "19:253b1f341670408fb6fe51050b6e5ceb@thread.skype;messageid=1485983194839"},
                 "recipient": null, "textFormat": "plain", "text": "%s",
                 "channelData": {"teamsChannelId": "19:253b1f341670408fb6fe51050b6e5ceb@thread.skype"}}
                """.formatted(at.toEpochMilli(), at, user, text);
    }

    private static Response teams(String body, String secret) {
        var signed = Signatures.sign(Base64.getDecoder().decode(secret), body.getBytes(StandardCharsets.UTF_8));
        return SERVER.anonymous()
                .with("Authorization", "HMAC " + Base64.getEncoder().encodeToString(signed))
                .send(
                        "POST",
                        "/callbacks/teams",
                        "application/json; charset=utf-8",
                        body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Response response) {
        var json = response.expect(200).json();
        assertThat(json.get("type").asString()).isEqualTo("message");
        return json.get("text").asString();
    }

    @Test
    void whoIsAskedInTeamsAnswersThere() {
        long id = ask(tim);
        var got = TEAMS.next();
        assertThat(got.path()).isEqualTo("/workflows/secret");
        var card = JSON.readTree(got.body()).at("/attachments/0");
        assertThat(card.get("contentType").asString()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(card.at("/content/actions/0/url").asString()).contains("/inbox?task=" + step(id));
        assertThat(card.at("/content/msteams/entities/0/mentioned/id").asString())
                .isEqualTo("11111111-2222-3333-4444-555555555555");
        assertThat(card.at("/content/body/0/text").asString()).contains("\\*us\\*");
        assertThat(card.toString()).contains("accept " + step(id));

        var user = "11111111-2222-3333-4444-555555555555";
        var now = SERVER.clock().instant();
        assertThat(text(teams(said(user, "<at>Baton</at>&nbsp;what?", now), TEAMS_SECRET)))
                .startsWith("Write: accept");
        assertThat(text(teams(said(user, "<at>Baton</at> decline " + step(id), now), TEAMS_SECRET)))
                .contains("why");
        teams(
                        said(user, "<at>Baton</at> accept " + step(id), now),
                        Base64.getEncoder().encodeToString(new byte[32]))
                .expectProblem(401, "WrongSignature");
        teams(said(user, "<at>Baton</at> accept " + step(id), now.minusSeconds(301)), TEAMS_SECRET)
                .expectProblem(401, "NotTimely");
        assertThat(text(teams(said("00000000-0000-0000-0000-000000000000", "accept " + step(id), now), TEAMS_SECRET)))
                .contains("does not know who you are");
        teams("[]", TEAMS_SECRET).expectProblem(400, "NotUnderstood");
        teams("{", TEAMS_SECRET).expectProblem(400, "NotUnderstood");
        assertThat(hasTaken(id, tim)).isFalse();

        var accept = said(user, "<at>Baton</at>&nbsp;Accept " + step(id) + "\\n", now);
        assertThat(text(teams(accept, TEAMS_SECRET))).isEqualTo("It is yours now.");
        assertThat(hasTaken(id, tim)).isTrue();
        teams(accept, TEAMS_SECRET).expectProblem(409, "HeardBefore");
    }

    /** learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using: rate limits. */
    @Test
    void whatTeamsSaysInsideAGoodAnswerIsHeard() {
        TEAMS.answers(_ -> OtherSide.Answer.of(
                200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429"));
        var tested = node().channels().test("teams", tim);
        TEAMS.next();
        TEAMS.answers(_ -> OtherSide.Answer.of(202, ""));
        assertThat(tested)
                .isInstanceOfSatisfying(
                        Channels.Tested.Sent.class,
                        sent -> assertThat(sent.sent()).isInstanceOf(Channel.Sent.Down.class));
        assertThat(node().channels().test("teams", tim))
                .isEqualTo(new Channels.Tested.Sent(new Channel.Sent.Accepted()));
        TEAMS.next();
        assertThat(node().channels().test("slack", tim)).isInstanceOf(Channels.Tested.NoAddress.class);
    }

    // Text messages

    private static TestClient provider() {
        var pair = Base64.getEncoder().encodeToString("baton:sms-secret".getBytes(StandardCharsets.UTF_8));
        return SERVER.anonymous().with("Authorization", "Basic " + pair);
    }

    private static Response texted(TestClient provider, String from, String text) {
        var form = "MessageSid=SM1&From=" + URLEncoder.encode(from, StandardCharsets.UTF_8) + "&Body="
                + URLEncoder.encode(text, StandardCharsets.UTF_8);
        return provider.send(
                "POST",
                "/callbacks/sms",
                "application/x-www-form-urlencoded; charset=UTF-8",
                form.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aContactGetsATextWithALink_andNoneAfterWritingStop() {
        ask(vera);
        var got = SMS.next();
        assertThat(got.headers().get("Authorization")).containsExactly("Bearer sms-key");
        assertThat(got.headers().get("X-unit")).containsExactly("ops");
        JsonNode json = JSON.readTree(got.body());
        assertThat(json.at("/to/0").asString()).isEqualTo("+4915112345678");
        assertThat(json.get("text").asString())
                .contains("Answer <!channel> *us*")
                .containsPattern("https://baton\\.example\\.com/g/[A-Za-z0-9_-]{43}$");
        assertThat(json.get("ref").asString()).startsWith("baton.");

        var known = SERVER.directory().find(vera).orElseThrow();
        node().knownAddress().sendCode(known, "CHA-1", "123456");
        assertThat(JSON.readTree(SMS.next().body()).get("text").asString())
                .contains("123456")
                .doesNotContain("http");

        texted(SERVER.anonymous(), "+4915112345678", "STOP").expectProblem(401, "WrongSignature");
        texted(provider(), "+4915112345678", "please do not stop").expect(200);
        ask(vera);
        assertThat(SMS.next().body()).contains("+4915112345678");
        texted(provider(), "+4915112345678", " Stop. ").expect(200);
        long unreached = ask(vera);
        assertThat(SMS.got()).isEmpty();
        assertThat(state(unreached).incidents())
                .as("a contact whom nothing reaches is an incident")
                .anySatisfy(incident -> assertThat(incident.about()).isEqualTo(vera));
        texted(provider(), "+4915112345678", "START").expect(200);
        ask(vera);
        assertThat(SMS.next().body()).contains("+4915112345678");
    }
}
