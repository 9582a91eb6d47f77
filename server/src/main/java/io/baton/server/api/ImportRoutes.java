package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Imports;
import io.baton.server.directory.Imports.LineMistake;
import io.baton.server.directory.Imports.What;
import io.baton.server.session.Caller;
import io.baton.server.web.Problem.FieldError;
import io.baton.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** People or teams from a CSV file; its body is streamed, up to {@link Imports#BYTES_MAX}. */
@RestController
class ImportRoutes {

    private final Imports imports;
    private final Audit audit;

    ImportRoutes(Node node) {
        this.imports = node.imports();
        this.audit = node.audit();
    }

    /** {@code what} is {@code added}, {@code changed} or {@code unchanged}; {@code columns} are those that differ. */
    record LineView(long line, String name, String what, List<String> columns) {}

    record MistakeView(long line, @Nullable String column, String message) {}

    /** {@code mistakes} are there in a dry run only: else they are the problem that is answered. */
    record ReportView(
            boolean dryRun,
            long added,
            long changed,
            long unchanged,
            List<LineView> lines,
            List<MistakeView> mistakes) {}

    @Operation(
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "text/csv",
                                            schema = @Schema(type = "string", format = "binary"))))
    @PostMapping(path = "/api/directory/import", consumes = "text/csv")
    ReportView run(@RequestParam(defaultValue = "false") boolean dryRun, Caller caller, HttpServletRequest request)
            throws IOException {
        if (request.getContentLengthLong() > Imports.BYTES_MAX) {
            throw ProblemException.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "TooLarge",
                    "A file may have at most " + Imports.BYTES_MAX + " bytes.");
        }
        var report = imports.run(
                request.getInputStream(),
                dryRun,
                done -> audit.add(
                        caller.who(),
                        Act.DIRECTORY_IMPORTED,
                        Audit.What.NOTHING.with(
                                count(done, What.ADDED) + " added, " + count(done, What.CHANGED) + " changed")));
        if (!dryRun && !report.mistakes().isEmpty()) {
            throw ProblemException.invalid(
                    report.mistakes().stream().map(ImportRoutes::error).toList());
        }
        return new ReportView(
                dryRun,
                count(report, What.ADDED),
                count(report, What.CHANGED),
                count(report, What.UNCHANGED),
                report.lines().stream()
                        .map(line -> new LineView(
                                line.line(), line.name(), line.what().name().toLowerCase(Locale.ROOT), line.columns()))
                        .toList(),
                report.mistakes().stream()
                        .map(mistake -> new MistakeView(mistake.line(), mistake.column(), mistake.message()))
                        .toList());
    }

    private static FieldError error(LineMistake mistake) {
        var place = "line " + mistake.line() + (mistake.column() == null ? "" : ", column " + mistake.column());
        return new FieldError(place, mistake.message());
    }

    private static long count(Imports.Report report, What what) {
        return report.lines().stream().filter(line -> line.what() == what).count();
    }
}
