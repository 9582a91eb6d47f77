package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.Items;
import io.baton.server.mailbox.Mailbox;
import io.baton.server.web.ProblemException;
import java.time.Instant;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Mails that came in and could not be dealt with, for administrators. */
@RestController
final class KeptMailRoutes {

    private static final int LIST_MAX = 200;

    private final Mailbox mailbox;

    KeptMailRoutes(Node node) {
        this.mailbox = node.mailIn().mailbox();
    }

    /** {@code problem} says why. {@code recipient} is empty where the mail names none of ours. */
    record KeptMailView(String id, String recipient, Instant receivedAt, int bytes, String problem) {}

    /** The newest first, 200 at most. */
    @GetMapping("/api/kept-mails")
    Items<KeptMailView> list() {
        return new Items<>(mailbox.kept(Long.MAX_VALUE, LIST_MAX).stream()
                .map(mail -> new KeptMailView(
                        String.valueOf(mail.id()), mail.recipient(), mail.receivedAt(), mail.bytes(), mail.problem()))
                .toList());
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
    void tryAgain(@PathVariable long id) {
        if (!mailbox.tryAgain(id)) {
            throw noSuchMail();
        }
    }

    @DeleteMapping("/api/kept-mails/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable long id) {
        if (!mailbox.discard(id)) {
            throw noSuchMail();
        }
    }

    private static ProblemException noSuchMail() {
        return ProblemException.notFound("NoSuchMail", "There is no such mail.");
    }
}
