package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Step;
import io.baton.engine.Values;
import io.baton.server.Node;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.commit.Answer;
import io.baton.server.directory.Person;
import io.baton.server.directory.PolicyBody;
import io.baton.server.directory.PolicyBody.Reminder;
import io.baton.server.directory.Team;
import io.baton.server.processes.Sources;
import io.baton.server.room.Audience;
import io.baton.server.room.Receipt;
import io.baton.server.web.TestServer;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped processes from an outside party's chair: real mails over SMTP and IMAP, a real Chromium by keyboard alone at
 * 360 px, and no account anywhere. What members and systems do goes by commands; the clock is the test's.
 */
class NoAccountTest {

    private static final GreenMail MAIL =
            new GreenMail(new ServerSetup[] {ServerSetupTest.SMTP.dynamicPort(), ServerSetupTest.IMAP.dynamicPort()});

    static {
        MAIL.start();
        MAIL.setUser("baton@baton.example", "baton", "secret");
    }

    private static final ChannelSettings CHANNELS = new ChannelSettings(Map.of(
            "BATON_SMTP_URL",
            "smtp://127.0.0.1:" + MAIL.getSmtp().getPort() + "?starttls=off",
            "BATON_MAIL_FROM",
            "baton@baton.example",
            "BATON_MAIL_REPLY_DOMAIN",
            "baton.example",
            "BATON_IMAP_URL",
            "imap://baton:secret@127.0.0.1:" + MAIL.getImap().getPort()));

    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final int WAITS_MAX = 10;
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/g/[\\w-]+");
    private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");
    private static final List<String> TEAMS =
            List.of("accounts-payable", "procurement", "legal", "treasury", "sales", "compliance", "project-office");

    private static final TestServer SERVER = TestServer.start(CHANNELS);
    private static final Node NODE = SERVER.bean(Node.class);
    private static final String ADA = company();

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        SERVER.close();
        MAIL.stop();
    }

    private static String company() {
        NODE.channels().servedAt(SERVER.address().toString());
        TEAMS.forEach(team -> SERVER.directory().putTeam(team, team, Team.Kind.TEAM));
        List.of("vendor", "client").forEach(team -> SERVER.directory().putTeam(team, team, Team.Kind.ORGANISATION));
        var ada = SERVER.addMember("Ada Owner", TEAMS.toArray(String[]::new));
        for (var policy : List.of("standard", "outside")) {
            List<@Nullable Reminder> reminders =
                    policy.equals("outside") ? List.of(new Reminder("-P1D", null, null)) : List.of();
            var _ = NODE.policies().put(policy, new PolicyBody(null, false, false, reminders, List.of(), null), ada);
        }
        for (var process : List.of("collect-document", "vendor-payment", "client-onboarding")) {
            var _ = NODE.deployments().deploy(Sources.of(files(Path.of("..", "processes", process))), ada);
        }
        return ada;
    }

    private static List<Sources.File> files(Path folder) {
        try (var all = Files.list(folder)) {
            var files = new ArrayList<Sources.File>();
            for (var each : all.filter(file -> Sources.isPart(file.getFileName().toString()))
                    .toList()) {
                files.add(new Sources.File(each.getFileName().toString(), Files.readAllBytes(each)));
            }
            return files;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aVendorIsAskedProposesIsRemindedUploadsConfirmsAndIsPaid() throws Exception {
        var vera = new Inbox("vera@nordwind.example");
        var contact = SERVER.directory()
                .add(Person.contact("Vera Nordwind", vera.address, "Nordwind"))
                .orElseThrow();
        try (var hands = Hands.on(folder)) {
            var id = start(
                    "vendor-payment",
                    Map.of(
                            "invoiceNumber", "NW-1",
                            "vendor", "Nordwind",
                            "vendorEmail", vera.address,
                            "purchaseOrder", "PO-8",
                            "amount", 400,
                            "currency", "EUR",
                            "category", "goods",
                            "contractNumber", "C-1",
                            "iban", "NO93 8601 1117 947",
                            "bankDetailsChanged", true));
            complete(id, "complete-invoice", Map.of());
            perform(
                    id,
                    new Command.ThrowError(
                            step(id, "three-way-match").id(), "MATCH_FAILED", null, Values.variables(Map.of())),
                    Actor.system("erp"));
            complete(id, "clear-difference", Map.of("outcome", "vendor", "reason", "40 EUR above the order"));

            var asked = vera.next("Correct the invoice");
            vera.reply(asked, "I propose 12 November, because our book-keeper is away.");
            await(() -> task(id, "correct-invoice").proposal() != null);
            perform(id, new Command.AnswerProposal(step(id, "correct-invoice").id(), true), Actor.person(ADA));
            SERVER.clock().advance(Duration.ofDays(10));
            var reminder = vera.next("Reminder");

            hands.open(link(reminder));
            hands.see("Please correct invoice NW-1");
            hands.look("outside-vendor-task");
            hands.type("f.invoiceNumber", "NW-1-A");
            hands.type("f.amount", "360");
            hands.upload("f.correctedInvoice", pdf("invoice NW-1-A.pdf"));
            hands.see("Received: invoice NW-1-A.pdf");
            hands.look("outside-vendor-uploaded");
            hands.press("Continue");
            hands.see("Is this right?");
            hands.look("outside-vendor-confirmation");
            hands.tick("sure");
            hands.press("Send now");
            hands.see("Thank you. Your answer is in.");
            hands.look("outside-vendor-thanks");
            assertThat(state(id).variables())
                    .containsEntry("invoiceNumber", "NW-1-A")
                    .containsKey("correctedInvoice");

            complete(id, "complete-invoice", Map.of());
            perform(
                    id,
                    new Command.CompleteJob(step(id, "three-way-match").id(), Values.variables(Map.of("match", "ok"))),
                    Actor.system("erp"));
            while (isAt(id, "approve-invoice")) {
                complete(id, "approve-invoice", Map.of("outcome", "approved"));
            }
            hands.open(link(vera.next("Confirm the new bank details")));
            hands.type("f.accountHolder", "Nordwind AS");
            hands.type("f.confirmedBy", "Vera Nordwind");
            hands.tick("f.outcome");
            hands.look("outside-vendor-bank");
            hands.press("Continue");
            hands.see("Six-digit code");
            hands.look("outside-vendor-code");
            hands.type("code", code(vera.next("Your code")));
            hands.press("Send now");
            hands.see("Thank you. Your answer is in.");
            hands.press("Your receipt: what you sent, saw and decided");
            hands.see("You asked for another date:");
            hands.look("outside-vendor-receipt");
            var receipt = hands.download("Save the signed file");
            assertThat(Receipt.verify(Files.readAllBytes(receipt), null).isGood())
                    .isTrue();

            complete(id, "release-payment", Map.of("paymentDate", "2026-11-13", "fourEyes", true));
            SERVER.clock().advance(Duration.ofDays(2));
            await(() -> isAt(id, "pay-vendor"));
            perform(
                    id,
                    new Command.CompleteJob(step(id, "pay-vendor").id(), Values.variables(Map.of())),
                    Actor.system("bank"));
            assertThat(text(vera.next("Your invoice NW-1-A is paid")))
                    .contains("We have paid your invoice NW-1-A: 360 EUR.");
            await(() -> state(id).status() == Case.Status.COMPLETED);
            assertNoAccount(contact);
        }
    }

    @Test
    void aClientAnswersSendsDocumentsSignsAndBooks() throws Exception {
        var cora = new Inbox("cora@client.example");
        try (var hands = Hands.on(folder)) {
            var id = start(
                    "client-onboarding",
                    Map.of(
                            "client", "Client Ltd",
                            "contactPerson", "Cora",
                            "contactMail", cora.address,
                            "country", "Ireland",
                            "industry", "trade",
                            "contractValue", 5000));
            var contract = NODE.files()
                    .attach(id, 0, ADA, "contract.pdf", new ByteArrayInputStream(GuestCompany.PDF), Audience.INTERNAL);
            complete(id, "enter-client", Map.of("contract", contract.id().toString()));

            hands.open(link(cora.next("Answer the questionnaire")));
            hands.type("f.legalName", "Client Limited");
            hands.type("f.registrationNumber", "IE 1");
            hands.type("f.billingMail", "bills@client.example");
            hands.look("outside-client-questionnaire");
            send(hands);
            perform(
                    id,
                    new Command.CompleteJob(step(id, "screen-client").id(), Values.variables(Map.of("hits", 0))),
                    Actor.system("lists"));
            while (isAt(id, "upload-document")) {
                hands.open(link(cora.next("Upload the document")));
                hands.upload("f.documentFile", pdf("document.pdf"));
                hands.see("Received: document.pdf");
                hands.look("outside-client-document");
                send(hands);
                complete(id, "review-document", Map.of("outcome", "accepted"));
            }
            while (isAt(id, "sign-off")) {
                complete(id, "sign-off", Map.of("outcome", "approved"));
            }

            hands.open(link(cora.next("Sign the contract")));
            hands.tick("f.agreed");
            hands.type("f.signedBy", "Cora Client");
            hands.type("f.signedAs", "Director");
            hands.type("sign.name", "Cora Client");
            hands.press("Continue");
            hands.see("Please open “contract.pdf” first.");
            hands.look("outside-client-mistakes");
            assertThat(Files.readAllBytes(hands.download("Open contract.pdf"))).isEqualTo(GuestCompany.PDF);
            hands.see("You have opened it.");
            hands.draw();
            hands.look("outside-client-contract");
            hands.press("Continue");
            hands.see("Six-digit code");
            hands.look("outside-client-code");
            hands.type("code", code(cora.next("Your code")));
            hands.press("Send now");
            hands.see("Thank you. Your answer is in.");
            hands.see("signed contract.pdf");
            hands.look("outside-client-signed");
            assertThat(Files.readString(
                            hands.download("Open signed contract.pdf"), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .contains("/ByteRange");
            assertThat(isAt(id, "book-kick-off")).isTrue();
            assertNoAccount(
                    SERVER.directory().findByEmail(cora.address).orElseThrow().id());
        }
    }

    private static void send(Hands hands) {
        hands.press("Continue");
        hands.see("Is this right?");
        hands.tick("sure");
        hands.press("Send now");
        hands.see("Thank you. Your answer is in.");
    }

    private static void assertNoAccount(String person) {
        assertThat(SERVER.directory().find(person).orElseThrow().kind()).isEqualTo(Person.Kind.CONTACT);
        assertThat(SERVER.sql()
                        .sql("select count(*) from session where person = ?")
                        .param(person)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private Path pdf(String name) throws IOException {
        return Files.write(folder.resolve(name), GuestCompany.PDF);
    }

    // What members and systems do

    private static long start(String process, Map<String, ? extends @Nullable Object> variables) {
        var version = NODE.deployments().newestVersion(process).orElseThrow().id();
        return ((Answer.Done)
                        NODE.cases().start(version, null, Values.variables(variables), ADA, Actor.person(ADA), null))
                .caseId();
    }

    private static void complete(long id, String node, Map<String, ? extends @Nullable Object> variables) {
        await(() -> isAt(id, node));
        perform(id, new Command.CompleteTask(step(id, node).id(), Values.variables(variables)), Actor.person(ADA));
    }

    private static void perform(long id, Command command, Actor actor) {
        assertThat(NODE.cases().perform(id, command, actor, null)).isInstanceOf(Answer.Done.class);
    }

    private static Case state(long id) {
        return NODE.cases().state(NODE.cases().find(id).orElseThrow());
    }

    private static boolean isAt(long id, String node) {
        return state(id).steps().stream()
                .anyMatch(step -> step.node() != null
                        && step.node().id().equals(node)
                        && (step.task() != null || step.job() != null));
    }

    private static Step step(long id, String node) {
        return state(id).steps().stream()
                .filter(step -> step.node() != null
                        && step.node().id().equals(node)
                        && (step.task() != null || step.job() != null))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(node + " is not open in " + state(id).steps()));
    }

    private static Step.Task task(long id, String node) {
        return java.util.Objects.requireNonNull(step(id, node).task());
    }

    // Mail

    /** Waits for what loops of the server do of themselves: asks again whenever a case has changed. */
    private static void await(BooleanSupplier there) {
        try (var news = NODE.news().watch(ADA).orElseThrow()) {
            while (!there.getAsBoolean()) {
                assertThat(news.await(WAIT_MAX))
                        .as(() -> "it does not come; " + mails())
                        .isPresent();
            }
        }
    }

    private static String mails() {
        var waiting = SERVER.sql()
                .sql(
                        "select d::text from delivery d union all select a::text from attempt a union all select i::text from incident i union all select t::text from task t")
                .query(String.class)
                .list();
        return "mails: "
                + Stream.of(MAIL.getReceivedMessages())
                        .map(NoAccountTest::subject)
                        .toList() + ", waiting: " + waiting;
    }

    /** Somebody's mails, in the order in which they are read here. */
    private static final class Inbox {

        final String address;
        private final List<MimeMessage> read = new ArrayList<>();

        Inbox(String address) {
            this.address = address;
            MAIL.setUser(address, address, "secret");
        }

        /** The next mail whose subject has these words. */
        MimeMessage next(String subject) {
            for (int i = 0; i < WAITS_MAX; i++) {
                var mails = MAIL.getReceivedMessages();
                for (var mail : mails) {
                    if (isTo(mail, address)
                            && read.stream().noneMatch(each -> id(each).equals(id(mail)))
                            && subject(mail).contains(subject)) {
                        read.add(mail);
                        return mail;
                    }
                }
                // Baton may delete one that it has read meanwhile, and then there are never so many.
                var _ = MAIL.waitForIncomingEmail(WAIT_MAX.toMillis() / WAITS_MAX, mails.length + 1);
            }
            throw new AssertionError("no mail “" + subject + "” comes; " + mails());
        }

        /** As it arrives in the mailbox that Baton reads. */
        void reply(MimeMessage mail, String text) throws MessagingException {
            var reply = "From: " + address + "\r\nTo: " + mail.getReplyTo()[0] + "\r\nSubject: Re: "
                    + mail.getSubject() + "\r\nMessage-ID: <" + text.hashCode() + "@nordwind.example>\r\n\r\n" + text
                    + "\r\n";
            MAIL.getUserManager().getUserByEmail("baton@baton.example").deliver(GreenMailUtil.newMimeMessage(reply));
        }
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return Stream.of(mail.getAllRecipients())
                    .anyMatch(each -> each.toString().contains(address));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MimeMessage mail) throws MessagingException, IOException {
        return text(mail.getContent());
    }

    private static String text(Object content) throws MessagingException, IOException {
        if (content instanceof Multipart parts) {
            BodyPart first = parts.getBodyPart(0);
            return text(first.getContent());
        }
        return content.toString();
    }

    private static String link(MimeMessage mail) throws MessagingException, IOException {
        var found = LINK.matcher(text(mail));
        assertThat(found.find()).as(text(mail)).isTrue();
        return found.group();
    }

    private static String code(MimeMessage mail) throws MessagingException, IOException {
        var found = CODE.matcher(text(mail));
        assertThat(found.find()).as(text(mail)).isTrue();
        return found.group();
    }
}
