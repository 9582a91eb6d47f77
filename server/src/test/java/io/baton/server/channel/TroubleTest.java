package io.baton.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.IncidentKind;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Mistake;
import io.baton.server.directory.Person;
import io.baton.server.directory.Policies;
import io.baton.server.directory.PolicyBody;
import io.baton.server.directory.Profile;
import io.baton.server.verify.Verify;
import io.baton.server.web.TestClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other sides that are slow, overloaded or broken: nothing is lost, nothing twice, and what goes another way still goes. */
class TroubleTest {

    private final TestDatabase database = TestDatabase.migrated();
    private final TestClock clock = new TestClock();
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final OtherSide sms = new OtherSide();
    private final Node node = new Node(
            database.database(),
            LocalWorkers.NONE,
            clock,
            new ChannelSettings(Map.of(
                    "BATON_SMTP_URL",
                    smtp.url(),
                    "BATON_SMTP_SECONDS",
                    "1",
                    "BATON_OUTBOUND_ALLOW",
                    sms.host(),
                    "BATON_SMS_URL",
                    sms.url() + "/send",
                    "BATON_SMS_BODY",
                    "To={to}&Body={text}",
                    "BATON_URL",
                    "https://baton.example.com/")));
    private final String owner =
            node.directory().add(Person.member("Olga", null, List.of())).orElseThrow();

    @BeforeEach
    void deploy() {
        smtp.start();
        node.deployments()
                .deploy(
                        TestProcess.of("asking", "ASK")
                                .then("startEvent", "start")
                                .then("<bpmn:userTask id=\"answer\" name=\"Answer us\">"
                                        + TestProcess.extension("<baton:task holder=\"= who\" due=\"P2D\"/>")
                                        + "</bpmn:userTask>")
                                .then("endEvent", "end")
                                .sources(),
                        owner);
    }

    @AfterEach
    void journalAndTablesAgree() {
        try {
            assertThat(new Verify(node.jdbc(), node.transaction(), node.deployments())
                            .run(_ -> {})
                            .first())
                    .isEmpty();
        } finally {
            smtp.close();
            sms.close();
            node.close();
            database.close();
        }
    }

    private String byMail(String name) {
        return node.directory()
                .add(Person.contact(name, name.toLowerCase(java.util.Locale.ROOT) + "@vendor.example", "Vendor"))
                .orElseThrow();
    }

    private String bySms(String name, String number) {
        var id = byMail(name);
        node.addresses().put(id, "sms", number);
        var channels = List.of(Profile.Channel.SMS, Profile.Channel.MAIL);
        var _ = node.directory()
                .change(
                        id,
                        person -> person.with(
                                new Profile(null, null, null, null, null, 10, List.of(), channels, null, null)));
        return id;
    }

    private long ask(String person) {
        var version = node.deployments().newestVersion("asking").orElseThrow().id();
        var variables = new LinkedHashMap<String, @Nullable Object>(Map.of("who", person));
        return ((Answer.Done) node.cases().start(version, null, variables, owner, Actor.person(owner), null)).caseId();
    }

    /** A process whose task follows the policy. */
    private void follow(String policy, List<String> channels) {
        var body = new PolicyBody(null, false, false, List.of(), List.of(), null, List.copyOf(channels));
        assertThat(node.policies().put(policy, body, owner)).isInstanceOf(Policies.Put.Done.class);
        node.deployments()
                .deploy(
                        TestProcess.of("asking", "ASK")
                                .then("startEvent", "start")
                                .then("<bpmn:userTask id=\"answer\" name=\"Answer us\">"
                                        + TestProcess.extension(
                                                "<baton:task holder=\"= who\" policy=\"" + policy + "\"/>")
                                        + "</bpmn:userTask>")
                                .then("endEvent", "end")
                                .sources(),
                        owner);
    }

    @Test
    void thePolicyOfAStepSaysByWhichChannelWhereThePersonDoesNot() {
        var vera = byMail("Vera");
        node.addresses().put(vera, "sms", "+491511234567");
        var zoe = byMail("Zoe");
        var paul = byMail("Paul");
        node.addresses().put(paul, "sms", "+491511234568");
        var mail = new Profile(null, null, null, null, null, 10, List.of(), List.of(Profile.Channel.MAIL), null, null);
        var _ = node.directory().change(paul, person -> person.with(mail));

        follow("by-text", List.of("sms", "mail"));
        ask(vera);
        tick();
        assertThat(sms.got()).as("as the policy says").hasSize(1);
        assertThat(smtp.received()).isEmpty();
        ask(zoe);
        tick();
        assertThat(smtp.received()).as("who has no number, by the next").hasSize(1);
        ask(paul);
        tick();
        assertThat(smtp.received()).as("as he prefers").hasSize(2);

        follow("as-usual", List.of());
        ask(vera);
        tick();
        assertThat(smtp.received()).as("by mail, as usual").hasSize(3);
        assertThat(sms.got()).hasSize(1);
        var wrong = new PolicyBody(null, false, false, List.of(), List.of(), null, List.of("pigeon", "sms", "sms"));
        assertThat(node.policies().put("odd", wrong, owner))
                .isEqualTo(new Policies.Put.Wrong(List.of(
                        new Mistake("channels[0]", "must be mail, chat or sms"),
                        new Mistake("channels[2]", "names sms twice"))));
    }

    private Case state(long id) {
        return node.cases().state(node.cases().find(id).orElseThrow());
    }

    private void tick() {
        while (node.channels().loop().tick().isZero()) {}
    }

    private void passes(Duration time) {
        for (var left = time; left.isPositive(); left = left.minusMinutes(1)) {
            clock.advance(Duration.ofMinutes(1));
            tick();
        }
    }

    private int count(String table) {
        return node.jdbc()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    @Test
    void aMailServerThatNeverAnswersHoldsUpNothingElse_andNothingIsLostOrTwice() {
        var open = new CountDownLatch(1);
        smtp.beforeRecipient(() -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 30; i++) {
            ask(byMail("Vera" + i));
        }
        ask(bySms("Sam", "+4915112345678"));

        tick();
        assertThat(sms.got()).as("another channel is not held up").hasSize(1);
        assertThat(smtp.received()).isEmpty();
        assertThat(count("attempt where channel = 'mail'"))
                .as("each sender waits for one mail only")
                .isBetween(1, 4);
        assertThat(count("attempt where reason like '%took longer than 1 s%' or reason like '%does not answer%'"))
                .isGreaterThan(0);

        smtp.beforeRecipient(() -> {});
        open.countDown();
        passes(Duration.ofMinutes(10));
        assertThat(smtp.received()).hasSize(30);
        assertThat(smtp.received().stream().map(ScriptedSmtp.Received::to).distinct())
                .hasSize(30);
        assertThat(sms.got()).hasSize(1);
        assertThat(count("incident")).isZero();
    }

    @Test
    void whoAsksToWaitIsLeftAloneForThatLong() {
        sms.answers(_ -> new OtherSide.Answer(429, Map.of("Retry-After", "600"), "slow down"));
        ask(bySms("Sam", "+4915112345678"));
        ask(bySms("Sue", "+4915112345679"));
        tick();
        int asked = sms.got().size();
        assertThat(asked).isBetween(1, 2);
        passes(Duration.ofMinutes(9));
        assertThat(sms.got()).hasSize(asked);

        sms.answers(_ -> OtherSide.Answer.of(202, ""));
        passes(Duration.ofMinutes(5));
        assertThat(sms.got()).hasSize(asked + 2);
        assertThat(count("delivered where outcome = 1")).isEqualTo(2);
    }

    @Test
    void aNumberThatIsNoneGoesByTheNextChannel_andWithoutOneTheIncidentSaysWho() {
        sms.answers(_ -> OtherSide.Answer.of(400, "{\"error\": \"not a mobile number\"}"));
        ask(bySms("Sam", "+4915112345678"));
        tick();
        assertThat(sms.got()).hasSize(1);
        assertThat(smtp.received()).extracting(ScriptedSmtp.Received::to).containsExactly("sam@vendor.example");

        var only = bySms("Sue", "+4915112345679");
        var _ = node.directory()
                .change(
                        only,
                        person -> person.with(new Profile(
                                null,
                                null,
                                null,
                                null,
                                null,
                                10,
                                List.of(),
                                List.of(Profile.Channel.SMS),
                                null,
                                null)));
        long id = ask(only);
        tick();
        assertThat(state(id).incidents()).anySatisfy(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.BOUNCED);
            assertThat(incident.about()).isEqualTo(only);
            assertThat(incident.message()).contains("not a mobile number");
        });
    }

    @Test
    void aProviderThatIsBrokenForADayIsAnIncident() {
        sms.answers(_ -> OtherSide.Answer.of(500, ""));
        var sam = bySms("Sam", "+4915112345678");
        long id = ask(sam);
        passes(Duration.ofHours(30));
        assertThat(sms.got()).hasSize(SendDeliveries.ATTEMPTS_MAX);
        assertThat(state(id).incidents())
                .anySatisfy(incident -> assertThat(incident.about()).isEqualTo(sam));
    }

    @Test
    void whatWasSentLongAgoIsForgotten_someAtATime_andTheJournalStillAgrees() {
        long ended = ask(byMail("Vera"));
        tick();
        var step = state(ended).steps().iterator().next().id();
        var _ = node.cases().perform(ended, new Command.WaiveTask(step, "found it"), Actor.person(owner), null);
        tick();
        long open = ask(byMail("Wim"));
        tick();
        var many = ForgetOldDeliveries.ROUND_MAX + 1;
        node.jdbc()
                .sql("insert into attempt (case_id, entry, nr, at, channel, outcome)"
                        + " select 1, i, 0, ?, 'mail', 1 from generate_series(1, ?) i")
                .param(clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .param(many)
                .update();
        assertThat(node.forgetOldDeliveries().tick()).isPositive();
        assertThat(count("delivered")).isEqualTo(3);

        clock.advance(Duration.ofDays(ForgetOldDeliveries.DAYS_DEFAULT + 1));
        long fresh = ask(byMail("Xenia"));
        tick();
        assertThat(node.forgetOldDeliveries().tick()).as("there is more").isZero();
        assertThat(node.forgetOldDeliveries().tick()).isPositive();
        assertThat(count("attempt")).isEqualTo(1);
        assertThat(count("delivered where case_id = " + ended)).isZero();
        assertThat(count("delivered where case_id in (" + open + ", " + fresh + ")"))
                .as("of open cases it is still known who was told")
                .isEqualTo(2);
    }
}
