package io.baton.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.IncidentKind;
import io.baton.server.directory.Mistake;
import io.baton.server.directory.Policies;
import io.baton.server.directory.PolicyBody;
import io.baton.server.directory.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Other sides that are slow, overloaded or broken: nothing is lost, nothing twice, and what goes another way still goes. */
class TroubleTest {

    private final OtherSide sms = new OtherSide();
    private final AskingCompany company = new AskingCompany(Map.of(
            "BATON_SMTP_SECONDS",
            "1",
            "BATON_OUTBOUND_ALLOW",
            sms.host(),
            "BATON_SMS_URL",
            sms.url() + "/send",
            "BATON_SMS_BODY",
            "To={to}&Body={text}"));

    @AfterEach
    void journalAndTablesAgree() {
        try {
            company.close();
        } finally {
            sms.close();
        }
    }

    private String bySms(String name, String number) {
        var id = company.contact(name);
        company.node.addresses().put(id, "sms", number);
        var channels = List.of(Profile.Channel.SMS, Profile.Channel.MAIL);
        var _ = company.node
                .directory()
                .change(
                        id,
                        person -> person.with(
                                new Profile(null, null, null, null, null, 10, List.of(), channels, null, null)));
        return id;
    }

    /** A process whose task follows the policy. */
    private void follow(String policy, List<String> channels) {
        var body = new PolicyBody(null, false, false, List.of(), List.of(), null, List.copyOf(channels));
        assertThat(company.node.policies().put(policy, body, company.owner)).isInstanceOf(Policies.Put.Done.class);
        company.deployAsking("policy=\"" + policy + "\"");
    }

    @Test
    void thePolicyOfAStepSaysByWhichChannelWhereThePersonDoesNot() {
        var vera = company.contact("Vera");
        company.node.addresses().put(vera, "sms", "+491511234567");
        var zoe = company.contact("Zoe");
        var paul = company.contact("Paul");
        company.node.addresses().put(paul, "sms", "+491511234568");
        var mail = new Profile(null, null, null, null, null, 10, List.of(), List.of(Profile.Channel.MAIL), null, null);
        var _ = company.node.directory().change(paul, person -> person.with(mail));

        follow("by-text", List.of("sms", "mail"));
        company.ask(vera);
        company.tick();
        assertThat(sms.got()).as("as the policy says").hasSize(1);
        assertThat(company.smtp.received()).isEmpty();
        company.ask(zoe);
        company.tick();
        assertThat(company.smtp.received()).as("who has no number, by the next").hasSize(1);
        company.ask(paul);
        company.tick();
        assertThat(company.smtp.received()).as("as he prefers").hasSize(2);

        follow("as-usual", List.of());
        company.ask(vera);
        company.tick();
        assertThat(company.smtp.received()).as("by mail, as usual").hasSize(3);
        assertThat(sms.got()).hasSize(1);
        var wrong = new PolicyBody(null, false, false, List.of(), List.of(), null, List.of("pigeon", "sms", "sms"));
        assertThat(company.node.policies().put("odd", wrong, company.owner))
                .isEqualTo(new Policies.Put.Wrong(List.of(
                        new Mistake("channels[0]", "must be mail, chat or sms"),
                        new Mistake("channels[2]", "names sms twice"))));
    }

    @Test
    void aMailServerThatNeverAnswersHoldsUpNothingElse_andNothingIsLostOrTwice() {
        var open = new CountDownLatch(1);
        company.smtp.beforeRecipient(() -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 30; i++) {
            company.ask(company.contact("Vera" + i));
        }
        company.ask(bySms("Sam", "+4915112345678"));

        company.tick();
        assertThat(sms.got()).as("another channel is not held up").hasSize(1);
        assertThat(company.smtp.received()).isEmpty();
        assertThat(company.count("attempt where channel = 'mail'"))
                .as("each sender waits for one mail only")
                .isBetween(1, 4);
        assertThat(company.count(
                        "attempt where reason like '%took longer than 1 s%' or reason like '%does not answer%'"))
                .isGreaterThan(0);

        company.smtp.beforeRecipient(() -> {});
        open.countDown();
        company.passes(Duration.ofMinutes(10));
        assertThat(company.smtp.received()).hasSize(30);
        assertThat(company.smtp.received().stream()
                        .map(ScriptedSmtp.Received::to)
                        .distinct())
                .hasSize(30);
        assertThat(sms.got()).hasSize(1);
        assertThat(company.count("incident")).isZero();
    }

    @Test
    void whoAsksToWaitIsLeftAloneForThatLong() {
        sms.answers(_ -> new OtherSide.Answer(429, Map.of("Retry-After", "600"), "slow down"));
        company.ask(bySms("Sam", "+4915112345678"));
        company.ask(bySms("Sue", "+4915112345679"));
        company.tick();
        int asked = sms.got().size();
        assertThat(asked).isBetween(1, 2);
        company.passes(Duration.ofMinutes(9));
        assertThat(sms.got()).hasSize(asked);

        sms.answers(_ -> OtherSide.Answer.of(202, ""));
        company.passes(Duration.ofMinutes(5));
        assertThat(sms.got()).hasSize(asked + 2);
        assertThat(company.count("delivered where outcome = 1")).isEqualTo(2);
    }

    @Test
    void aNumberThatIsNoneGoesByTheNextChannel_andWithoutOneTheIncidentSaysWho() {
        sms.answers(_ -> OtherSide.Answer.of(400, "{\"error\": \"not a mobile number\"}"));
        company.ask(bySms("Sam", "+4915112345678"));
        company.tick();
        assertThat(sms.got()).hasSize(1);
        assertThat(company.smtp.received())
                .extracting(ScriptedSmtp.Received::to)
                .containsExactly("sam@vendor.example");

        var only = bySms("Sue", "+4915112345679");
        var _ = company.node
                .directory()
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
        long id = company.ask(only);
        company.tick();
        assertThat(company.state(id).incidents()).anySatisfy(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.BOUNCED);
            assertThat(incident.about()).isEqualTo(only);
            assertThat(incident.message()).contains("not a mobile number");
        });
    }

    @Test
    void aProviderThatIsBrokenForADayIsAnIncident() {
        sms.answers(_ -> OtherSide.Answer.of(500, ""));
        var sam = bySms("Sam", "+4915112345678");
        long id = company.ask(sam);
        company.passes(Duration.ofHours(30));
        assertThat(sms.got()).hasSize(SendDeliveries.ATTEMPTS_MAX);
        assertThat(company.state(id).incidents())
                .anySatisfy(incident -> assertThat(incident.about()).isEqualTo(sam));
    }

    @Test
    void whatWasSentLongAgoIsForgotten_someAtATime_andTheJournalStillAgrees() {
        long ended = company.ask(company.contact("Vera"));
        company.tick();
        var step = company.state(ended).steps().iterator().next().id();
        var _ = company.node
                .cases()
                .perform(ended, new Command.WaiveTask(step, "found it"), Actor.person(company.owner), null);
        company.tick();
        long open = company.ask(company.contact("Wim"));
        company.tick();
        var many = ForgetOldDeliveries.ROUND_MAX + 1;
        company.node
                .jdbc()
                .sql("insert into attempt (case_id, entry, nr, at, channel, outcome)"
                        + " select 1, i, 0, ?, 'mail', 1 from generate_series(1, ?) i")
                .param(company.clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .param(many)
                .update();
        assertThat(company.node.forgetOldDeliveries().tick()).isPositive();
        assertThat(company.count("delivered")).isEqualTo(3);

        company.clock.advance(Duration.ofDays(ForgetOldDeliveries.DAYS_DEFAULT + 1));
        long fresh = company.ask(company.contact("Xenia"));
        company.tick();
        assertThat(company.node.forgetOldDeliveries().tick())
                .as("there is more")
                .isZero();
        assertThat(company.node.forgetOldDeliveries().tick()).isPositive();
        assertThat(company.count("attempt")).isEqualTo(1);
        assertThat(company.count("delivered where case_id = " + ended)).isZero();
        assertThat(company.count("delivered where case_id in (" + open + ", " + fresh + ")"))
                .as("of open cases it is still known who was told")
                .isEqualTo(2);
    }
}
