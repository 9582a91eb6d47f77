package io.baton.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Values;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.directory.Person;
import io.baton.server.directory.Profile;
import io.baton.server.web.TestClient.Response;
import io.baton.server.web.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A company that speaks with its people by Slack, Teams and text messages, over real HTTP both ways. */
final class ChatCompany implements AutoCloseable {

    static final String SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    static final String TEAMS_SECRET =
            Base64.getEncoder().encodeToString("a key of Teams, 32 bytes of it.".getBytes(StandardCharsets.UTF_8));
    static final String ADA_IN_SLACK = "U012AB3CD";
    static final String TIM_IN_TEAMS = "11111111-2222-3333-4444-555555555555";

    private static final JsonMapper JSON = JsonMapper.shared();

    final OtherSide slack = new OtherSide();
    final OtherSide teams = new OtherSide();
    final OtherSide sms = new OtherSide();
    final TestServer server = TestServer.start(new ChannelSettings(Map.ofEntries(
            Map.entry("BATON_OUTBOUND_ALLOW", slack.host() + "," + teams.host() + "," + sms.host()),
            Map.entry("BATON_SLACK_WEBHOOK_URL", slack.url() + "/services/T0/B0/secret"),
            Map.entry("BATON_SLACK_SIGNING_SECRET", SLACK_SECRET),
            Map.entry("BATON_SLACK_COMMAND", "/baton"),
            Map.entry("BATON_SLACK_ANSWERS_AT", "127.0.0.1"),
            Map.entry("BATON_TEAMS_WEBHOOK_URL", teams.url() + "/workflows/secret"),
            Map.entry("BATON_TEAMS_SECRET", TEAMS_SECRET),
            Map.entry("BATON_SMS_URL", sms.url() + "/messages"),
            Map.entry("BATON_SMS_HEADERS", "Authorization: Bearer sms-key|X-Unit: ops"),
            Map.entry("BATON_SMS_BODY", "{\"to\": [\"{to}\"], \"text\": \"{text}\", \"ref\": \"{id}\"}"),
            Map.entry("BATON_SMS_CALLBACK_SECRET", "sms-secret"),
            Map.entry("BATON_URL", "https://baton.example.com"))));
    final Node node = server.bean(Node.class);
    final String owner = add(Person.member("Olga", null, List.of()));
    final String ada = add(Person.member("Ada <b>Byron</b>", null, List.of()), Profile.Channel.CHAT);
    final String tim = add(Person.member("Tim", null, List.of()), Profile.Channel.CHAT);
    final String vera = add(Person.contact("Vera", null, "Vendor"), Profile.Channel.SMS);

    ChatCompany() {
        node.addresses().put(ada, "slack", ADA_IN_SLACK);
        node.addresses().put(tim, "teams", TIM_IN_TEAMS);
        node.addresses().put(vera, "sms", "+4915112345678");
        node.deployments()
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

    private String add(Person person, Profile.Channel... channels) {
        var id = server.directory().add(person).orElseThrow();
        prefers(id, null, channels);
        return id;
    }

    void prefers(String person, @Nullable String locale, Profile.Channel... channels) {
        var profile = new Profile(null, null, null, null, null, 10, List.of(), List.of(channels), locale, null);
        var _ = server.directory().change(person, known -> known.with(profile));
    }

    long ask(String person) {
        return ask("chatting", person);
    }

    long ask(String process, String person) {
        var version = node.deployments().newestVersion(process).orElseThrow().id();
        var variables = Values.variables(Map.of("who", person));
        long id =
                ((Answer.Done) node.cases().start(version, null, variables, owner, Actor.person(owner), null)).caseId();
        tick();
        return id;
    }

    void tick() {
        while (node.channels().loop().tick().isZero()) {}
    }

    Case state(long id) {
        return node.cases().state(node.cases().find(id).orElseThrow());
    }

    boolean hasTaken(long id, String person) {
        var task = state(id).steps().iterator().next().task();
        return task != null && task.offer() == null && person.equals(task.holder());
    }

    /** {@code CASE.STEP} of the only step. */
    String step(long id) {
        return id + "." + state(id).steps().iterator().next().id();
    }

    Instant now() {
        return server.clock().instant();
    }

    // Slack

    Response inSlack(String body, Instant at, String secret) {
        var timestamp = String.valueOf(at.getEpochSecond());
        var signed = Signatures.sign(
                secret.getBytes(StandardCharsets.UTF_8),
                ("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8));
        return inSlackAs(body, timestamp, "v0=" + HexFormat.of().formatHex(signed));
    }

    Response inSlackAs(String body, String timestamp, String signature) {
        return server.anonymous()
                .with("X-Slack-Request-Timestamp", timestamp)
                .with("X-Slack-Signature", signature)
                .send(
                        "POST",
                        "/callbacks/slack",
                        "application/x-www-form-urlencoded",
                        body.getBytes(StandardCharsets.UTF_8));
    }

    String answeredInSlack() {
        var got = slack.next();
        assertThat(got.path()).startsWith("/actions/");
        var answer = JSON.readTree(got.body());
        assertThat(answer.get("response_type").asString()).isEqualTo("ephemeral");
        return answer.get("text").asString();
    }

    /** A slash command, as in docs.slack.dev/interactivity/implementing-slash-commands, shortened. */
    static String commanded(String user, String text) {
        return "token=gIkuvaNzQIHg97ATvDxqgjtO&team_id=T0001&team_domain=example&channel_id=C2147483705&channel_name=test&user_id="
                + user + "&user_name=Steve&command=%2Fbaton&text=" + URLEncoder.encode(text, StandardCharsets.UTF_8)
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F1234%2F5678&trigger_id=13345224609.738474920&api_app_id=A123456";
    }

    // Teams

    /** As in learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook, shortened. */
    static String said(String user, String text, Instant at) {
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

    Response inTeams(String body, String secret) {
        var signed = Signatures.sign(Base64.getDecoder().decode(secret), body.getBytes(StandardCharsets.UTF_8));
        return server.anonymous()
                .with("Authorization", "HMAC " + Base64.getEncoder().encodeToString(signed))
                .send(
                        "POST",
                        "/callbacks/teams",
                        "application/json; charset=utf-8",
                        body.getBytes(StandardCharsets.UTF_8));
    }

    /** What Baton answers below it. */
    static String text(Response response) {
        var json = response.expect(200).json();
        assertThat(json.get("type").asString()).isEqualTo("message");
        assertThat(json.get("textFormat").asString()).isEqualTo("plain");
        return json.get("text").asString();
    }

    @Override
    public void close() {
        server.close();
        slack.close();
        teams.close();
        sms.close();
    }
}
