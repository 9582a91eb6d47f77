package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.cases.Cases;
import io.baton.server.channel.Channels;
import io.baton.server.channel.mail.Outbox;
import io.baton.server.directory.Directory;
import io.baton.server.session.Caller;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The mails that would have gone, without a mail server. They are other people's: only administrators see them, and
 * everybody in a demo. Their links are not kept; a new one is made for who asks, and noted.
 */
@RestController
final class OutboxRoutes {

    private final Outbox outbox;
    private final Channels channels;
    private final Cases cases;
    private final Directory directory;
    private final Audit audit;

    OutboxRoutes(Node node, Directory directory) {
        this.outbox = node.outbox();
        this.channels = node.channels();
        this.cases = node.cases();
        this.directory = directory;
        this.audit = node.audit();
    }

    record OutboxLine(
            String id,
            PersonRef to,
            String address,
            String subject,
            @Nullable String caseKey,
            Instant at) {}

    /** {@code html} is a whole document, with {@code {{link}}} where the link would be; show it in a sandbox. */
    record OutboxMail(
            String id,
            PersonRef to,
            String address,
            String subject,
            @Nullable String caseKey,
            Instant at,
            String text,
            String html) {}

    record LinkView(String url) {}

    /** The newest first; {@code person} only what went to them. */
    @GetMapping("/api/outbox")
    Page<OutboxLine> list(@RequestParam(required = false) @Nullable String person, PageQuery page, Caller caller) {
        mayLook(caller);
        var before = page.after(Long.class).map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE);
        var rows = outbox.list(Input.orNull(person), before, page.rows());
        return Page.of(rows, page, row -> Cursor.of(row.id()), this::line);
    }

    @GetMapping("/api/outbox/{id}")
    OutboxMail find(@PathVariable String id, Caller caller) {
        var mail = mail(id, caller);
        var line = line(mail.line());
        return new OutboxMail(
                line.id(),
                line.to(),
                line.address(),
                line.subject(),
                line.caseKey(),
                line.at(),
                mail.text(),
                mail.html());
    }

    /** A new link to what the mail is about, as its recipient would have got it. */
    @PostMapping("/api/outbox/{id}/link")
    LinkView link(@PathVariable String id, Caller caller) {
        var line = mail(id, caller).line();
        var to = directory
                .find(line.person())
                .orElseThrow(() -> ProblemException.notFound("NoSuchPerson", "The recipient is not there any more."));
        return audit.within(() -> {
            var what = new Audit.What(to.id(), line(line).caseKey(), null);
            audit.add(caller.who(), Act.MAIL_LINK_OPENED, what);
            return new LinkView(channels.link(to, line.caseId(), line.step()));
        });
    }

    private OutboxLine line(Outbox.Line line) {
        var key = line.caseId() == 0
                ? null
                : cases.find(line.caseId())
                        .map(row -> cases.key(row.id(), row.process()))
                        .orElse(null);
        return new OutboxLine(
                String.valueOf(line.id()),
                new PersonRef(line.person(), line.name()),
                line.address(),
                line.subject(),
                key,
                line.at());
    }

    private Outbox.Mail mail(String id, Caller caller) {
        mayLook(caller);
        return (id.matches("[1-9]\\d{0,17}")
                        ? outbox.find(Long.parseLong(id))
                        : java.util.Optional.<Outbox.Mail>empty())
                .orElseThrow(() -> ProblemException.notFound("NoSuchMail", "There is no such mail."));
    }

    private void mayLook(Caller caller) {
        if (!caller.admin() && !directory.organisation().demo()) {
            throw ProblemException.forbidden("NotAnAdministrator", "Only administrators see other people's mails.");
        }
    }
}
