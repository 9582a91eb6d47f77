package io.baton.server.mailbox;

import io.baton.engine.Case;
import io.baton.engine.Step;
import io.baton.server.DiscountProcess;
import io.baton.server.Node;
import io.baton.server.answers.Scope;
import io.baton.server.answers.ShortAnswers;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.ReplyTokens;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Person;
import io.baton.server.directory.Team;
import io.baton.server.room.Reader;
import io.baton.server.timers.FireDueTimers;
import io.baton.server.web.TestClock;
import java.util.List;
import java.util.Objects;

/** A company that asks its vendor by mail, and gets answers: agree to a discount, then confirm a bank account by a code. */
final class MailCompany implements AutoCloseable {

    static final String DOMAIN = "baton.example";

    private final TestDatabase database = TestDatabase.migrated();
    final TestClock clock = new TestClock();
    final Node node;
    final ReplyTokens tokens;
    final String ada;
    final String vera;
    private final int process;

    MailCompany() {
        this(ChannelSettings.NONE);
    }

    MailCompany(ChannelSettings settings) {
        node = new Node(database.database(), LocalWorkers.NONE, clock, settings);
        tokens = new ReplyTokens(node.jdbc(), clock);
        node.directory().putTeam("accounts-payable", "Accounts payable", Team.Kind.TEAM);
        node.directory().putTeam("vendor", "Vendors", Team.Kind.ORGANISATION);
        ada = node.directory()
                .add(Person.member("Ada Owner", "ada@muster.example", List.of("accounts-payable")))
                .orElseThrow();
        vera = node.directory()
                .add(Person.contact("Vera Vendor", "vera@acme.example", "Acme"))
                .orElseThrow();
        process = DiscountProcess.deploy(node, ada);
    }

    MailIn mailIn(MailboxSettings settings) {
        return new MailIn(
                node.jdbc(),
                node.directory(),
                node.deployments(),
                node.cases(),
                new ShortAnswers(
                        node.guestActs(),
                        node.cases(),
                        node.tasks(),
                        () -> node.rosters().current(),
                        clock),
                node.comments(),
                node.files(),
                node.channels(),
                "baton@" + DOMAIN,
                settings,
                clock);
    }

    /** The mails that would have gone to the vendor about the case, the newest first. */
    List<String> answers(long caseId) {
        return node.outbox().list(vera, Long.MAX_VALUE, 200).stream()
                .filter(line -> line.caseId() == caseId)
                .map(line -> node.outbox().find(line.id()).orElseThrow().text())
                .toList();
    }

    /** The names of the case's files, as members see them. */
    List<String> files(long caseId) {
        return node.files().list(caseId, Reader.member(ada)).stream()
                .map(file -> String.valueOf(file.name()))
                .toList();
    }

    void becomesDue() {
        while (new FireDueTimers(node.jdbc(), node.transaction(), node.committer(), clock)
                .tick()
                .isZero()) {
            // more are due
        }
    }

    /** A case that asks the vendor whether they agree. */
    long asked() {
        return DiscountProcess.asking(node, process, ada, vera);
    }

    /** Where a reply goes to a mail about this step, which the vendor got. */
    String replyTo(long caseId, String node) {
        return ReplyTokens.address(
                tokens.issue(new Scope(vera, caseId, step(caseId, node).id())), DOMAIN);
    }

    Case state(long caseId) {
        return node.cases().state(node.cases().find(caseId).orElseThrow());
    }

    Step step(long caseId, String name) {
        return state(caseId).steps().stream()
                .filter(step -> step.node() != null && step.node().id().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Step.Task task(long caseId, String name) {
        return Objects.requireNonNull(step(caseId, name).task());
    }

    List<String> comments(long caseId) {
        return node.comments().list(caseId, Reader.member(ada)).stream()
                .map(comment -> String.valueOf(comment.text()))
                .toList();
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }
}
