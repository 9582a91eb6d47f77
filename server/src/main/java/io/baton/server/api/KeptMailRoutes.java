package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.cases.Cases;
import io.baton.server.mailbox.KeptMails;
import io.baton.server.mailbox.Mailbox;
import io.baton.server.session.Caller;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Mails that came in and could not be dealt with, for administrators. */
@RestController
final class KeptMailRoutes {

    private static final int KEY_CHARACTERS_MAX = 50;

    private final Mailbox mailbox;
    private final KeptMails kept;
    private final Cases cases;
    private final CaseViews views;
    private final Audit audit;

    KeptMailRoutes(Node node, CaseViews views) {
        this.mailbox = node.mailIn().mailbox();
        this.kept = node.keptMails();
        this.cases = node.cases();
        this.views = views;
        this.audit = node.audit();
    }

    /**
     * {@code problem} says why. {@code recipient} is empty where the mail names none of ours; {@code from} and {@code subject}
     * are what it says itself, which may not be true.
     */
    record KeptMailView(
            String id, String from, String subject, String recipient, Instant receivedAt, int bytes, String problem) {

        static KeptMailView of(Mailbox.Kept mail) {
            return new KeptMailView(
                    String.valueOf(mail.id()),
                    mail.from(),
                    mail.subject(),
                    mail.recipient(),
                    mail.receivedAt(),
                    mail.bytes(),
                    mail.problem());
        }
    }

    /** The newest first. */
    @GetMapping("/api/kept-mails")
    Page<KeptMailView> list(PageQuery page) {
        var before = page.after(Long.class).map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE);
        var rows = mailbox.kept(before, page.rows());
        return Page.of(rows, page, mail -> Cursor.of(mail.id()), KeptMailView::of);
    }

    record KeptFile(String name, String type, int bytes) {}

    /** {@code text} is cut where it is very long; {@code mentions} are the cases that it speaks of by their keys. */
    record KeptMailDetail(KeptMailView mail, String text, List<KeptFile> files, List<String> mentions) {}

    @GetMapping("/api/kept-mails/{id}")
    KeptMailDetail find(@PathVariable long id) {
        var mail = mailbox.keptOne(id).orElseThrow(KeptMailRoutes::noSuchMail);
        var content = kept.content(id).orElseThrow(KeptMailRoutes::noSuchMail);
        return new KeptMailDetail(
                KeptMailView.of(mail),
                content.text(),
                content.files().stream()
                        .map(file -> new KeptFile(file.name(), file.type(), file.bytes()))
                        .toList(),
                content.mentions().stream().filter(this::isCase).toList());
    }

    private boolean isCase(String key) {
        try {
            views.find(cases, key);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    record Filing(@Nullable String caseKey) {}

    /** {@code notTaken}: files that the case does not take, and why. */
    record FiledView(String caseKey, List<String> notTaken) {}

    /** Into a case: its text as an internal comment of the caller, its files to the case's files. Then it is gone from here. */
    @PostMapping("/api/kept-mails/{id}/filing")
    FiledView file(@PathVariable long id, @RequestBody Filing body, Caller caller) {
        var key = Input.only(input -> input.text("caseKey", body.caseKey(), KEY_CHARACTERS_MAX));
        var row = views.find(cases, key);
        var mail = mailbox.keptOne(id).orElseThrow(KeptMailRoutes::noSuchMail);
        var filed = kept.file(mail, row.id(), caller.person());
        ProblemException.done(filed.answer());
        audit.within(() -> {
            mailbox.discard(id);
            audit.add(caller.who(), Act.MAIL_FILED, Audit.What.subject(key).with(mail.subject()));
        });
        return new FiledView(cases.key(row.id(), row.process()), filed.notTaken());
    }

    /** The mail as it came, for downloading only. */
    @GetMapping(value = "/api/kept-mails/{id}/raw", produces = "message/rfc822")
    ResponseEntity<byte[]> raw(@PathVariable long id) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"mail-" + id + ".eml\"")
                .body(mailbox.raw(id).orElseThrow(KeptMailRoutes::noSuchMail));
    }

    /** Deals with it once more. */
    @PostMapping("/api/kept-mails/{id}/another-try")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void tryAgain(@PathVariable long id, Caller caller) {
        onRecord(id, caller, Act.MAIL_TRIED_AGAIN, () -> mailbox.tryAgain(id));
    }

    @DeleteMapping("/api/kept-mails/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable long id, Caller caller) {
        onRecord(id, caller, Act.MAIL_DROPPED, () -> mailbox.discard(id));
    }

    private void onRecord(long id, Caller caller, Act act, BooleanSupplier work) {
        audit.within(() -> {
            var mail = mailbox.keptOne(id).orElseThrow(KeptMailRoutes::noSuchMail);
            audit.add(caller.who(), act, Audit.What.subject(mail.subject()).with(mail.from()));
            if (!work.getAsBoolean()) {
                throw noSuchMail();
            }
        });
    }

    private static ProblemException noSuchMail() {
        return ProblemException.notFound("NoSuchMail", "There is no such mail.");
    }
}
