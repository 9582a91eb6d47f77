package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.Items;
import io.baton.server.api.Views.PaperView;
import io.baton.server.cases.Cases;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.room.FileRefused;
import io.baton.server.room.Files;
import io.baton.server.room.Keys;
import io.baton.server.room.Reader;
import io.baton.server.room.Receipts;
import io.baton.server.room.Signatures;
import io.baton.server.room.Signatures.Identified;
import io.baton.server.room.Signatures.Mark;
import io.baton.server.room.Signatures.Signer;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a task asks to be opened and signed, signing it, and receipts of one's own acts. */
@RestController
final class SignatureRoutes {

    private final Files files;
    private final Signatures signatures;
    private final Receipts receipts;
    private final Keys keys;
    private final Cases cases;
    private final Directory directory;
    private final CaseViews views;

    SignatureRoutes(Node node, Directory directory, CaseViews views) {
        this.files = node.files();
        this.signatures = node.signatures();
        this.receipts = node.receipts();
        this.keys = node.keys();
        this.cases = node.cases();
        this.directory = directory;
        this.views = views;
    }

    /** {@code drawing} is a PNG in Base64. */
    record SignatureBody(
            @Nullable String file,
            @Nullable String name,
            @Nullable String drawing) {}

    @GetMapping("/api/tasks/{id}/papers")
    Items<PaperView> papers(@PathVariable String id, Caller caller) {
        var where = Input.id("Task", id);
        return new Items<>(files.asked(where.caseId(), where.number(), Reader.member(caller.person())).stream()
                .map(asked -> new PaperView(
                        asked.file().id().toString(),
                        asked.file().name(),
                        asked.paper().toOpen(),
                        asked.paper().opened(),
                        asked.paper().toSign(),
                        asked.paper().signed()))
                .toList());
    }

    /** The task can be completed then. */
    @PostMapping("/api/tasks/{id}/signature")
    Items<PaperView> sign(
            @PathVariable String id, @RequestBody SignatureBody body, Caller caller, HttpServletRequest request) {
        var where = Input.id("Task", id);
        var input = new Input();
        var file = input.exact("file", body.file(), 36);
        var name = input.text("name", body.name(), Signatures.NAME_CHARACTERS_MAX);
        var drawing = decoded(input, body.drawing());
        input.done();
        var signer = new Signer(
                caller.person(),
                name(caller),
                Identified.SIGNED_IN,
                request.getRemoteAddr(),
                String.valueOf(request.getHeader(HttpHeaders.USER_AGENT)));
        try {
            var signed = signatures.sign(
                    where.caseId(),
                    where.number(),
                    uuid(file),
                    Reader.member(caller.person()),
                    signer,
                    new Mark(name, drawing));
            var _ = ProblemException.done(signed.answer());
        } catch (FileRefused e) {
            throw FileRoutes.problem(e);
        }
        return papers(id, caller);
    }

    private static byte @Nullable [] decoded(Input input, @Nullable String drawing) {
        try {
            return Input.orNull(drawing) == null ? null : Base64.getDecoder().decode(drawing);
        } catch (IllegalArgumentException _) {
            input.wrong("drawing", "is no Base64");
            return null;
        }
    }

    private static UUID uuid(String file) {
        try {
            return UUID.fromString(file);
        } catch (IllegalArgumentException _) {
            throw ProblemException.notFound("NoSuchFile", "There is no such file.");
        }
    }

    private String name(Caller caller) {
        return directory.find(caller.person()).map(Person::name).orElse(caller.person());
    }

    // Receipts

    /** What the caller sent, saw and decided in the case, signed; {@code text} for people, to be read only. */
    @GetMapping("/api/cases/{key}/receipt")
    ResponseEntity<byte[]> receipt(
            @PathVariable String key, @RequestParam(defaultValue = "false") boolean text, Caller caller) {
        var row = views.find(cases, key);
        var receipt = receipts.of(row.id(), caller.person(), name(caller))
                .orElseThrow(() -> ProblemException.notFound("NoSuchCase", "There is no case " + key + "."));
        var answer = ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "private, no-store");
        return text
                ? answer.contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                        .body(receipt.text().getBytes(StandardCharsets.UTF_8))
                : answer.contentType(MediaType.APPLICATION_JSON)
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename("receipt-" + key + ".json")
                                        .build()
                                        .toString())
                        .body(receipt.file());
    }

    /** With which receipts are signed; as a PEM file. */
    @GetMapping("/api/receipt-key")
    ResponseEntity<byte[]> key() {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .body(keys.receiptsPem().getBytes(StandardCharsets.US_ASCII));
    }
}
