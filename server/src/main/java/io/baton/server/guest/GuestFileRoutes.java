package io.baton.server.guest;

import io.baton.server.guest.GuestPlaces.Place;
import io.baton.server.room.FileRefused;
import io.baton.server.room.Files;
import io.baton.server.words.Words;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Files behind a link: those shared with its person, piecewise uploads for the script of the page (tus 1.0.0; a form
 * without scripts sends them with the answer). None of it changes a case.
 */
@RestController
@Hidden
class GuestFileRoutes {

    private static final String TUS = "Tus-Resumable";
    private static final String TUS_VERSION = "1.0.0";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final int NAME_CHARACTERS_MAX = 1_000;

    private final GuestPlaces places;
    private final GuestActs acts;
    private final Openings openings;
    private final Files files;

    GuestFileRoutes(GuestPlaces places, GuestActs acts, Openings openings, Files files) {
        this.places = places;
        this.acts = acts;
        this.openings = openings;
        this.files = files;
    }

    // Going out

    /** Looking leaves no trace. {@code task} may be that of step 0: the case. */
    @GetMapping("/g/{secret}/{task}/files/{id}")
    void look(
            @PathVariable String secret,
            @PathVariable String task,
            @PathVariable String id,
            HttpServletResponse response)
            throws IOException {
        send(places.look(secret, task).orElse(null), id, response);
    }

    /** As a button of the page asks for it: counted when something is confirmed with the same browser. */
    @PostMapping("/g/{secret}/{task}/files/{id}")
    void open(
            @PathVariable String secret,
            @PathVariable String task,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var place = places.look(secret, task).orElse(null);
        var cookie = GuestCookie.read(request).orElse(null);
        if (send(place, id, response) && place != null && cookie != null) {
            openings.opened(place.link(), cookie, place.seen().row().id(), place.step(), UUID.fromString(id));
        }
    }

    private boolean send(@Nullable Place place, String id, HttpServletResponse response) throws IOException {
        var found = place == null
                ? Optional.<Files.Download>empty()
                : uuid(id).flatMap(file ->
                        files.read(place.seen().row().id(), place.step(), file, Papers.reader(place.person())));
        if (found.isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return false;
        }
        try (var bytes = found.get().bytes()) {
            Files.headers(found.get().attachment()).forEach(response::setHeader);
            var _ = bytes.transferTo(response.getOutputStream());
        }
        return true;
    }

    // Coming in, piece by piece

    @PostMapping("/g/{secret}/{task}/uploads")
    ResponseEntity<String> begin(
            @PathVariable String secret,
            @PathVariable String task,
            @RequestHeader(name = LENGTH, required = false) @Nullable String length,
            @RequestHeader(name = "Upload-Metadata", required = false) @Nullable String metadata,
            HttpServletRequest request) {
        var place = places.act(secret, task).orElse(null);
        if (place == null || GuestCookie.read(request).isEmpty()) {
            return said(HttpStatus.NOT_FOUND, "");
        }
        var field = value(metadata, "field");
        var name = value(metadata, "filename");
        if (!acts.takesFiles(place.seen(), place.step(), field)
                || name.isBlank()
                || name.length() > NAME_CHARACTERS_MAX
                || length == null
                || !length.matches("\\d{1,15}")) {
            return said(HttpStatus.BAD_REQUEST, "");
        }
        try {
            var id = acts.papers()
                    .begin(
                            place.seen().row().id(),
                            place.step(),
                            place.person().id(),
                            field,
                            name,
                            Long.parseLong(length));
            return ResponseEntity.status(HttpStatus.CREATED)
                    .header(TUS, TUS_VERSION)
                    .header(HttpHeaders.LOCATION, Links.PATH + secret + "/" + task + "/uploads/" + id)
                    .body("");
        } catch (FileRefused e) {
            return refused(place, request, e);
        }
    }

    /** HEAD says where to go on. */
    @GetMapping("/g/{secret}/{task}/uploads/{id}")
    ResponseEntity<String> upload(@PathVariable String secret, @PathVariable String task, @PathVariable String id) {
        return places.act(secret, task)
                .flatMap(place -> mine(place, id))
                .map(upload -> ResponseEntity.status(HttpStatus.NO_CONTENT)
                        .header(TUS, TUS_VERSION)
                        .header(OFFSET, Long.toString(upload.received()))
                        .header(LENGTH, String.valueOf(upload.length()))
                        .body(""))
                .orElseGet(() -> said(HttpStatus.NOT_FOUND, ""));
    }

    /** The answer to the last piece comes when the file was looked at, or says why it is not taken. */
    @PatchMapping("/g/{secret}/{task}/uploads/{id}")
    ResponseEntity<String> append(
            @PathVariable String secret,
            @PathVariable String task,
            @PathVariable String id,
            @RequestHeader(name = OFFSET, required = false) @Nullable String offset,
            HttpServletRequest request)
            throws IOException {
        var place = places.act(secret, task).orElse(null);
        var upload = place == null ? null : mine(place, id).orElse(null);
        if (place == null || upload == null || GuestCookie.read(request).isEmpty()) {
            return said(HttpStatus.NOT_FOUND, "");
        }
        if (offset == null || !offset.matches("\\d{1,15}")) {
            return said(HttpStatus.BAD_REQUEST, "");
        }
        try {
            var end = files.append(upload.id(), Long.parseLong(offset), request.getInputStream());
            return ResponseEntity.status(HttpStatus.NO_CONTENT)
                    .header(TUS, TUS_VERSION)
                    .header(OFFSET, Long.toString(end))
                    .body("");
        } catch (FileRefused e) {
            return refused(place, request, e);
        }
    }

    @DeleteMapping("/g/{secret}/{task}/uploads/{id}")
    ResponseEntity<String> cancel(
            @PathVariable String secret,
            @PathVariable String task,
            @PathVariable String id,
            HttpServletRequest request) {
        if (GuestCookie.read(request).isPresent()) {
            places.act(secret, task).flatMap(place -> mine(place, id)).ifPresent(upload -> files.cancel(upload.id()));
        }
        return said(HttpStatus.NO_CONTENT, "");
    }

    private Optional<Files.Upload> mine(Place place, String id) {
        return uuid(id).flatMap(files::upload)
                .filter(upload -> upload.person().equals(place.person().id())
                        && upload.caseId() == place.seen().row().id()
                        && upload.step() == place.step()
                        && upload.field() != null);
    }

    private ResponseEntity<String> refused(Place place, HttpServletRequest request, FileRefused refused) {
        var problem = Papers.problem(refused, acts.papers().bytesMax());
        var locale = place.person().profile().locale();
        var asked = request.getHeader("Baton-Language");
        var words = Words.of(asked != null ? asked : locale);
        return said(
                refused.reason() == FileRefused.Reason.WRONG_OFFSET
                        ? HttpStatus.CONFLICT
                        : HttpStatus.UNPROCESSABLE_CONTENT,
                words.say("guest.wrong." + problem.why().name(), String.valueOf(problem.limit())));
    }

    private static ResponseEntity<String> said(HttpStatus status, String text) {
        return ResponseEntity.status(status)
                .header(TUS, TUS_VERSION)
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text);
    }

    private static String value(@Nullable String metadata, String name) {
        for (var pair : metadata == null ? new String[0] : metadata.split(",")) {
            var parts = pair.strip().split(" ", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                try {
                    return new String(Base64.getDecoder().decode(parts[1].strip()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return "";
                }
            }
        }
        return "";
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id))
                    .filter(uuid -> uuid.toString().equals(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
