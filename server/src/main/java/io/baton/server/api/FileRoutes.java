package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.FileView;
import io.baton.server.api.Views.FilesView;
import io.baton.server.api.Views.SeenView;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.directory.Directory;
import io.baton.server.journal.Entry;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.room.Audience;
import io.baton.server.room.FileRefused;
import io.baton.server.room.Files;
import io.baton.server.room.Files.Attachment;
import io.baton.server.room.Files.Upload;
import io.baton.server.room.Reader;
import io.baton.server.room.Room;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The files of a case over HTTP, for members. Uploads follow the tus protocol 1.0.0 (core, creation, expiration,
 * termination), so that they go on where they broke off.
 */
@RestController
final class FileRoutes {

    private static final String TUS = "Tus-Resumable";
    private static final String TUS_VERSION = "1.0.0";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final int NAME_CHARACTERS_MAX = 1_000;

    private final Files files;
    private final Cases cases;
    private final Journal journal;
    private final Deployments deployments;
    private final Directory directory;
    private final CaseViews views;

    FileRoutes(Node node, Directory directory, CaseViews views) {
        this.files = node.files();
        this.cases = node.cases();
        this.journal = node.journal();
        this.deployments = node.deployments();
        this.directory = directory;
        this.views = views;
    }

    /** {@code step}: which types may be attached there; without it, to the case. */
    @GetMapping("/api/cases/{key}/files")
    FilesView list(@PathVariable String key, @RequestParam(required = false) @Nullable String step, Caller caller) {
        var row = views.find(cases, key);
        var entries = journal.all(row.id());
        return new FilesView(
                views(row, entries, files.list(row.id(), Reader.member(caller.person()))),
                Outsiders.takingPart(directory, entries).all(),
                files.types(row.id(), number(step)),
                files.settings().fileBytesMax());
    }

    private static int number(@Nullable String step) {
        return step == null || step.isBlank() ? 0 : Input.id("Step", step).number();
    }

    /** The bytes, to be saved. {@code step} is the task in whose course they are opened. */
    @GetMapping("/api/cases/{key}/files/{id}")
    void download(
            @PathVariable String key,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String step,
            Caller caller,
            HttpServletResponse response)
            throws IOException {
        var row = views.find(cases, key);
        var download = files.open(row.id(), number(step), uuid(id), Reader.member(caller.person()))
                .orElseThrow(() -> noSuchFile(id));
        try (var bytes = download.bytes()) {
            Files.headers(download.attachment()).forEach(response::setHeader);
            var _ = bytes.transferTo(response.getOutputStream());
        }
    }

    /** Name and bytes, for good. */
    @DeleteMapping("/api/cases/{key}/files/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void erase(@PathVariable String key, @PathVariable String id, Caller caller) {
        if (!files.erase(views.find(cases, key).id(), uuid(id), caller.actor())) {
            throw noSuchFile(id);
        }
    }

    // tus

    /**
     * {@code Upload-Metadata}: {@code filename}, and where wanted {@code step} and {@code audience} (parties separated by
     * line breaks), each value in Base64.
     */
    @PostMapping("/api/cases/{key}/uploads")
    @ResponseStatus(HttpStatus.CREATED)
    void begin(
            @PathVariable String key,
            @RequestHeader(name = TUS, required = false) @Nullable String version,
            @RequestHeader(name = LENGTH, required = false) @Nullable String length,
            @RequestHeader(name = "Upload-Metadata", required = false) @Nullable String metadata,
            Caller caller,
            HttpServletResponse response) {
        speaksTus(version, response);
        var row = views.find(cases, key);
        var input = new Input();
        var given = metadata(input, metadata);
        var name = input.exact("filename", given.get("filename"), NAME_CHARACTERS_MAX);
        var bytes = count(input, LENGTH, length);
        var parties = given.getOrDefault("audience", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        var audience = parties.isEmpty() ? Audience.INTERNAL : Outsiders.audience(input, directory, parties);
        input.done();
        try {
            var id = files.begin(row.id(), number(given.get("step")), caller.person(), name, bytes, audience);
            response.setHeader(HttpHeaders.LOCATION, "/api/uploads/" + id);
            tell(files.upload(id).orElseThrow(() -> noSuchUpload(id.toString())), response);
        } catch (FileRefused e) {
            throw problem(e);
        }
    }

    /** HEAD says where to go on. */
    @GetMapping("/api/uploads/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void upload(@PathVariable String id, Caller caller, HttpServletResponse response) {
        tell(mine(id, caller), response);
    }

    /** The answer to the last piece comes when the file is attached, or says why it is not. */
    @PatchMapping("/api/uploads/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void append(
            @PathVariable String id,
            @RequestHeader(name = TUS, required = false) @Nullable String version,
            @RequestHeader(name = OFFSET, required = false) @Nullable String offset,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        speaksTus(version, response);
        var upload = mine(id, caller);
        var from = Input.only(input -> count(input, OFFSET, offset));
        if (!"application/offset+octet-stream".equalsIgnoreCase(request.getContentType())) {
            throw ProblemException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "UnsupportedMediaType",
                    "The piece of a file comes as application/offset+octet-stream.");
        }
        try {
            var end = files.append(upload.id(), from, request.getInputStream());
            response.setHeader(OFFSET, Long.toString(end));
        } catch (FileRefused e) {
            throw problem(e);
        }
    }

    @DeleteMapping("/api/uploads/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable String id, Caller caller) {
        files.cancel(mine(id, caller).id());
    }

    private static void speaksTus(@Nullable String version, HttpServletResponse response) {
        response.setHeader(TUS, TUS_VERSION);
        if (!TUS_VERSION.equals(version)) {
            response.setHeader("Tus-Version", TUS_VERSION);
            throw ProblemException.of(
                    HttpStatus.PRECONDITION_FAILED, "WrongTusVersion", "Send Tus-Resumable: " + TUS_VERSION + ".");
        }
    }

    private void tell(Upload upload, HttpServletResponse response) {
        response.setHeader(TUS, TUS_VERSION);
        response.setHeader(OFFSET, Long.toString(upload.received()));
        response.setHeader(LENGTH, String.valueOf(upload.length()));
        response.setHeader("Tus-Max-Size", Long.toString(files.settings().fileBytesMax()));
        if (!upload.complete()) {
            response.setHeader(
                    "Upload-Expires",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            upload.expiresAt().atOffset(ZoneOffset.UTC)));
        }
    }

    private Upload mine(String id, Caller caller) {
        return files.upload(uuid(id))
                .filter(upload -> upload.person().equals(caller.person()))
                .orElseThrow(() -> noSuchUpload(id));
    }

    private static long count(Input input, String header, @Nullable String value) {
        if (value == null || !value.matches("\\d{1,15}")) {
            input.wrong(header, "is a number of bytes");
            return 0;
        }
        return Long.parseLong(value);
    }

    private static Map<String, String> metadata(Input input, @Nullable String header) {
        var given = new LinkedHashMap<String, String>();
        for (var pair : header == null ? new String[0] : header.split(",")) {
            var parts = pair.strip().split(" ", 2);
            try {
                given.put(
                        parts[0],
                        parts.length == 1
                                ? ""
                                : new String(Base64.getDecoder().decode(parts[1].strip()), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException _) {
                input.wrong("Upload-Metadata", "has a value that is no Base64");
            }
        }
        return given;
    }

    // Shared

    static ProblemException problem(FileRefused refused) {
        var status = switch (refused.reason()) {
            case NO_SUCH_CASE, NO_SUCH_UPLOAD -> HttpStatus.NOT_FOUND;
            case WRONG_OFFSET, TOO_MANY, REFUSED -> HttpStatus.CONFLICT;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case EMPTY, TYPE_NOT_ALLOWED, INFECTED -> HttpStatus.UNPROCESSABLE_CONTENT;
            case NOT_SCANNED -> HttpStatus.SERVICE_UNAVAILABLE;
        };
        var code = new StringBuilder("File");
        for (var word : refused.reason().name().split("_")) {
            code.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return ProblemException.of(status, code.toString(), refused.sentence());
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            throw noSuchFile("like this");
        }
    }

    private static ProblemException noSuchFile(String id) {
        return ProblemException.notFound("NoSuchFile", "There is no file " + id + ".");
    }

    private static ProblemException noSuchUpload(String id) {
        return ProblemException.notFound("NoSuchFile", "There is no upload " + id + "; it may have expired.");
    }

    private List<FileView> views(CaseRow row, List<Entry> entries, List<Attachment> list) {
        var room = Room.of(entries);
        var named = new LinkedHashSet<String>();
        room.files().forEach(file -> {
            named.add(file.by());
            named.addAll(file.audience());
        });
        room.openings().forEach(opened -> named.add(opened.person()));
        room.signatures().forEach(signed -> named.add(signed.person()));
        var outsiders = Outsiders.of(directory, named);
        var names = Names.of(directory, named, List.of());
        var model = deployments.requireModel(row.process());
        var nodes = StepNodes.of(entries);
        var shown = new ArrayList<FileView>();
        for (var attachment : list) {
            var file = attachment.attached();
            shown.add(new FileView(
                    file.id().toString(),
                    attachment.name(),
                    file.type(),
                    file.size(),
                    file.digest(),
                    file.step() == 0 ? null : row.id() + "." + file.step(),
                    nodes.label(file.step(), model),
                    file.at(),
                    names.person(file.by()),
                    outsiders.isOutside(file.by()) || file.audience().stream().anyMatch(outsiders::isOutside),
                    outsiders.isOutside(file.by()),
                    outsiders.refs(file.audience()),
                    room.openings().stream()
                            .filter(opened -> opened.file().equals(file.id()))
                            .map(opened -> new SeenView(names.person(opened.person()), opened.at()))
                            .toList(),
                    room.signatures().stream()
                            .filter(signed -> signed.file().equals(file.id()))
                            .map(signed -> new SeenView(names.person(signed.person()), signed.at()))
                            .toList(),
                    file.erasedBy() != null));
        }
        return shown;
    }
}
