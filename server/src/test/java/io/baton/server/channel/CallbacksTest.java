package io.baton.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.web.TestClient;
import io.baton.server.web.TestClient.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chat over real HTTP both ways: what goes to Slack and Teams, and what comes from there in the shapes that their
 * documentation shows.
 */
class CallbacksTest {

    private static final ChatCompany COMPANY = new ChatCompany();
    private static final JsonMapper JSON = JsonMapper.shared();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    // Slack

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
                """.formatted(user, reason, COMPANY.slack.url(), action, value);
        return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
    }

    @Test
    void whoIsAskedInSlackTakesItThere_andIsToldSo() {
        long id = COMPANY.ask(COMPANY.ada);
        var message = COMPANY.slack.next();
        assertThat(message.path()).isEqualTo("/services/T0/B0/secret");
        var json = JSON.readTree(message.body());
        var text = json.toString();
        assertThat(text)
                .contains("<@U012AB3CD>")
                .contains("https://baton.example.com/inbox?task=" + COMPANY.step(id))
                .contains("\"baton_accept\"")
                .contains("\"baton_decline\"")
                .contains("Due: ");
        for (var block : json.get("blocks")) {
            if (!block.at("/text/type").asString("").equals("mrkdwn")) {
                assertThat(block.toString()).doesNotContain("mrkdwn");
            }
        }
        assertThat(json.get("text").asString()).contains("&lt;!channel&gt;");

        var press = pressed("U012AB3CD", "baton_accept", COMPANY.step(id), "");
        COMPANY.inSlack(press, COMPANY.now(), ChatCompany.SLACK_SECRET).expect(200);
        assertThat(COMPANY.answeredInSlack()).isEqualTo("It is yours now.");
        assertThat(COMPANY.hasTaken(id, COMPANY.ada)).isTrue();

        COMPANY.inSlack(press, COMPANY.now(), ChatCompany.SLACK_SECRET).expectProblem(409, "HeardBefore");
        COMPANY.inSlack(press, COMPANY.now().plusSeconds(1), ChatCompany.SLACK_SECRET)
                .expect(200);
        assertThat(COMPANY.answeredInSlack()).isEqualTo("You are not asked for that, or not any more.");
    }

    @Test
    void decliningInSlackNeedsAReason() {
        long id = COMPANY.ask(COMPANY.ada);
        COMPANY.slack.next();
        COMPANY.inSlack(
                        pressed("U012AB3CD", "baton_decline", COMPANY.step(id), " "),
                        COMPANY.now(),
                        ChatCompany.SLACK_SECRET)
                .expect(200);
        assertThat(COMPANY.answeredInSlack()).contains("why");
        assertThat(COMPANY.state(id).steps().iterator().next().task()).isNotNull();
        COMPANY.inSlack(
                        pressed("U012AB3CD", "baton_decline", COMPANY.step(id), "I am full"),
                        COMPANY.now(),
                        ChatCompany.SLACK_SECRET)
                .expect(200);
        assertThat(COMPANY.answeredInSlack()).isEqualTo("Declined. It goes back.");
        assertThat(COMPANY.hasTaken(id, COMPANY.ada)).isFalse();
    }

    @Test
    void whatIsForgedLateUnknownOrAnothersDoesNothing() {
        long id = COMPANY.ask(COMPANY.ada);
        COMPANY.slack.next();
        var now = COMPANY.now();
        var press = pressed("U012AB3CD", "baton_accept", COMPANY.step(id), "");
        COMPANY.inSlack(press, now, "another secret").expectProblem(401, "WrongSignature");
        COMPANY.inSlackAs(press, String.valueOf(now.getEpochSecond()), "v0=00").expectProblem(401, "WrongSignature");
        COMPANY.inSlackAs(press, "soon", "v0=00").expectProblem(401, "WrongSignature");
        COMPANY.inSlack(press, now.minusSeconds(301), ChatCompany.SLACK_SECRET).expectProblem(401, "NotTimely");
        COMPANY.inSlack(press, now.plusSeconds(301), ChatCompany.SLACK_SECRET).expectProblem(401, "NotTimely");
        COMPANY.inSlack("payload=%7B%22type%22%3A", now, ChatCompany.SLACK_SECRET)
                .expectProblem(400, "NotUnderstood");
        COMPANY.inSlack("payload=%zz", now, ChatCompany.SLACK_SECRET).expectProblem(400, "NotUnderstood");
        COMPANY.inSlack("x=y", now, ChatCompany.SLACK_SECRET).expectProblem(400, "NotUnderstood");

        COMPANY.inSlack(pressed("U0EVE", "baton_accept", COMPANY.step(id), ""), now, ChatCompany.SLACK_SECRET)
                .expect(200);
        assertThat(COMPANY.answeredInSlack())
                .contains("does not know who you are")
                .contains("U0EVE");
        COMPANY.node.addresses().put(COMPANY.owner, "slack", "U0OLGA");
        COMPANY.inSlack(pressed("U0OLGA", "baton_accept", COMPANY.step(id), ""), now, ChatCompany.SLACK_SECRET)
                .expect(200);
        assertThat(COMPANY.answeredInSlack()).isEqualTo("You are not asked for that, or not any more.");
        for (var value : List.of("", "1", "999999.1", "0.0", id + ".99", "'; drop table person; --")) {
            COMPANY.inSlack(pressed("U012AB3CD", "baton_accept", value, ""), now, ChatCompany.SLACK_SECRET)
                    .expect(200);
            assertThat(COMPANY.answeredInSlack()).isNotEqualTo("It is yours now.");
        }
        assertThat(COMPANY.hasTaken(id, COMPANY.ada)).isFalse();
    }

    /** Any change to a signed request is noticed. */
    @Test
    void aRequestThatWasChangedByOneCharacterIsForged() {
        long id = COMPANY.ask(COMPANY.ada);
        COMPANY.slack.next();
        var random = new Random(99);
        var now = COMPANY.now();
        var timestamp = String.valueOf(now.getEpochSecond());
        var body = pressed("U012AB3CD", "baton_accept", COMPANY.step(id), "");
        var signature = "v0="
                + HexFormat.of()
                        .formatHex(Signatures.sign(
                                ChatCompany.SLACK_SECRET.getBytes(StandardCharsets.UTF_8),
                                ("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < 60; i++) {
            var changed = new StringBuilder(body);
            int at = random.nextInt(body.length());
            changed.setCharAt(at, body.charAt(at) == 'x' ? 'y' : 'x');
            COMPANY.inSlackAs(changed.toString(), timestamp, signature).expectProblem(401, "WrongSignature");
        }
        assertThat(COMPANY.hasTaken(id, COMPANY.ada)).isFalse();
    }

    /** The example of docs.slack.dev/authentication/verifying-requests-from-slack. */
    @Test
    void signsAsSlackDoes() {
        var body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        var signed = Signatures.sign(
                ChatCompany.SLACK_SECRET.getBytes(StandardCharsets.UTF_8),
                ("v0:1531420618:" + body).getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(signed))
                .isEqualTo("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    // Teams

    @Test
    void whoIsAskedInTeamsAnswersThere() {
        long id = COMPANY.ask(COMPANY.tim);
        var got = COMPANY.teams.next();
        assertThat(got.path()).isEqualTo("/workflows/secret");
        var card = JSON.readTree(got.body()).at("/attachments/0");
        assertThat(card.get("contentType").asString()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(card.at("/content/actions/0/url").asString()).contains("/inbox?task=" + COMPANY.step(id));
        assertThat(card.at("/content/msteams/entities/0/mentioned/id").asString())
                .isEqualTo("11111111-2222-3333-4444-555555555555");
        assertThat(card.at("/content/body/0/text").asString()).contains("\\*us\\*");
        assertThat(card.toString()).contains("@Baton accept CHA\\\\-" + COMPANY.step(id));

        var user = "11111111-2222-3333-4444-555555555555";
        var now = COMPANY.now();
        assertThat(ChatCompany.text(COMPANY.inTeams(
                        ChatCompany.said(user, "<at>Baton</at>&nbsp;what?", now), ChatCompany.TEAMS_SECRET)))
                .startsWith("Write what you mean");
        assertThat(ChatCompany.text(COMPANY.inTeams(
                        ChatCompany.said(user, "<at>Baton</at> decline " + COMPANY.step(id), now),
                        ChatCompany.TEAMS_SECRET)))
                .contains("why");
        COMPANY.inTeams(
                        ChatCompany.said(user, "<at>Baton</at> accept " + COMPANY.step(id), now),
                        Base64.getEncoder().encodeToString(new byte[32]))
                .expectProblem(401, "WrongSignature");
        COMPANY.inTeams(
                        ChatCompany.said(user, "<at>Baton</at> accept " + COMPANY.step(id), now.minusSeconds(301)),
                        ChatCompany.TEAMS_SECRET)
                .expectProblem(401, "NotTimely");
        assertThat(ChatCompany.text(COMPANY.inTeams(
                        ChatCompany.said("00000000-0000-0000-0000-000000000000", "accept " + COMPANY.step(id), now),
                        ChatCompany.TEAMS_SECRET)))
                .contains("does not know who you are");
        COMPANY.inTeams("[]", ChatCompany.TEAMS_SECRET).expectProblem(400, "NotUnderstood");
        COMPANY.inTeams("{", ChatCompany.TEAMS_SECRET).expectProblem(400, "NotUnderstood");
        assertThat(COMPANY.hasTaken(id, COMPANY.tim)).isFalse();

        var accept = ChatCompany.said(user, "<at>Baton</at>&nbsp;Accept " + COMPANY.step(id) + "\\n", now);
        assertThat(ChatCompany.text(COMPANY.inTeams(accept, ChatCompany.TEAMS_SECRET)))
                .isEqualTo("It is yours now.");
        assertThat(COMPANY.hasTaken(id, COMPANY.tim)).isTrue();
        COMPANY.inTeams(accept, ChatCompany.TEAMS_SECRET).expectProblem(409, "HeardBefore");
    }

    /** learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using: rate limits. */
    @Test
    void whatTeamsSaysInsideAGoodAnswerIsHeard() {
        COMPANY.teams.answers(_ -> OtherSide.Answer.of(
                200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429"));
        var tested = COMPANY.node.channels().test("teams", COMPANY.tim);
        COMPANY.teams.next();
        COMPANY.teams.answers(_ -> OtherSide.Answer.of(202, ""));
        assertThat(tested)
                .isInstanceOfSatisfying(
                        Channels.Tested.Sent.class,
                        sent -> assertThat(sent.sent()).isInstanceOf(Channel.Sent.Down.class));
        assertThat(COMPANY.node.channels().test("teams", COMPANY.tim))
                .isEqualTo(new Channels.Tested.Sent(new Channel.Sent.Accepted()));
        COMPANY.teams.next();
        assertThat(COMPANY.node.channels().test("slack", COMPANY.tim)).isInstanceOf(Channels.Tested.NoAddress.class);
    }

    // Text messages

    private static TestClient provider() {
        var pair = Base64.getEncoder().encodeToString("baton:sms-secret".getBytes(StandardCharsets.UTF_8));
        return COMPANY.server.anonymous().with("Authorization", "Basic " + pair);
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
        COMPANY.ask(COMPANY.vera);
        var got = COMPANY.sms.next();
        assertThat(got.headers().get("Authorization")).containsExactly("Bearer sms-key");
        assertThat(got.headers().get("X-unit")).containsExactly("ops");
        JsonNode json = JSON.readTree(got.body());
        assertThat(json.at("/to/0").asString()).isEqualTo("+4915112345678");
        assertThat(json.get("text").asString())
                .contains("Answer <!channel> *us*")
                .containsPattern("https://baton\\.example\\.com/g/[A-Za-z0-9_-]{43}$");
        assertThat(json.get("ref").asString()).startsWith("baton.");

        var known = COMPANY.server.directory().find(COMPANY.vera).orElseThrow();
        COMPANY.node.knownAddress().sendCode(known, "CHA-1", "123456");
        assertThat(JSON.readTree(COMPANY.sms.next().body()).get("text").asString())
                .contains("123456")
                .doesNotContain("http");

        texted(COMPANY.server.anonymous(), "+4915112345678", "STOP").expectProblem(401, "WrongSignature");
        texted(provider(), "+4915112345678", "please do not stop").expect(200);
        COMPANY.ask(COMPANY.vera);
        assertThat(COMPANY.sms.next().body()).contains("+4915112345678");
        texted(provider(), "+4915112345678", " Stop. ").expect(200);
        long unreached = COMPANY.ask(COMPANY.vera);
        assertThat(COMPANY.sms.got()).isEmpty();
        assertThat(COMPANY.state(unreached).incidents())
                .as("a contact whom nothing reaches is an incident")
                .anySatisfy(incident -> assertThat(incident.about()).isEqualTo(COMPANY.vera));
        texted(provider(), "+4915112345678", "START").expect(200);
        COMPANY.ask(COMPANY.vera);
        assertThat(COMPANY.sms.next().body()).contains("+4915112345678");
    }
}
