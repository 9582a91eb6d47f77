package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.export.CsvTable;
import io.baton.server.export.Table;
import io.baton.server.export.XlsxTable;
import io.baton.server.web.InnerRequest;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists as files. The pages are those of the list's own route, asked one after the other for the same caller with the same
 * filters, so that a file has what its list shows and nothing that it hides.
 */
@RestController
final class ExportRoutes {

    /** A longer list is cut, which its last line says. */
    static final int ROWS_MAX = 50_000;

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final Logger log = LoggerFactory.getLogger(ExportRoutes.class);

    private final ObjectProvider<InnerRequest> routes;
    private final Clock clock;

    ExportRoutes(ObjectProvider<InnerRequest> routes, Node node) {
        this.routes = routes;
        this.clock = node.clock();
    }

    private enum Format {
        CSV,
        XLSX
    }

    private record Answer(List<JsonNode> items, @Nullable String next) {}

    /** {@code format}: csv or xlsx; {@code key}: of the case or process, where the list is of one; the rest is the list's own. */
    @GetMapping("/api/export/{list}")
    void export(
            @PathVariable String list,
            @RequestParam(defaultValue = "csv") String format,
            @RequestParam(required = false) @Nullable String key,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var wanted = ExportLists.ALL.get(list);
        if (wanted == null) {
            throw ProblemException.notFound("NoSuchList", "There is no list '" + list + "' to be had as a file.");
        }
        var input = new Input();
        var as = input.oneOf("format", Format.class, format);
        var path = wanted.path().contains("{key}")
                ? wanted.path()
                        .replace(
                                "{key}",
                                UriUtils.encodePathSegment(input.exact("key", key, 255), StandardCharsets.UTF_8))
                : wanted.path();
        input.done();
        var page = ask(request, response, wanted, path, null); // a refusal is answered as one, before the file begins
        response.setContentType(as == Format.CSV ? "text/csv;charset=UTF-8" : XLSX);
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var name = "%s-%s.%s".formatted(list, today, as == Format.CSV ? "csv" : "xlsx");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var out = response.getOutputStream();
        try (Table table = as == Format.CSV ? new CsvTable(out) : new XlsxTable(out, list)) {
            table.row(wanted.columns().stream().map(ExportLists.Column::heading).toList());
            try {
                write(table, page, request, response, wanted, path);
            } catch (RuntimeException e) {
                // The file has begun: its reader has to be told in it.
                log.warn("the export of {} broke off", list, e);
                table.row(List.of("The export broke off here; try again."));
            }
        }
    }

    private void write(
            Table table,
            Answer first,
            HttpServletRequest request,
            HttpServletResponse response,
            ExportLists wanted,
            String path)
            throws IOException {
        int rows = 0;
        for (var page = first; ; page = ask(request, response, wanted, path, page.next())) {
            for (var item : page.items()) {
                if (rows == ROWS_MAX) {
                    table.row(List.of("There are more than " + ROWS_MAX + " rows; narrow the list."));
                    return;
                }
                var cells = new ArrayList<@Nullable Object>();
                for (var column : wanted.columns()) {
                    cells.add(column.of(item));
                }
                table.row(cells);
                rows++;
            }
            if (page.next() == null) {
                return;
            }
        }
    }

    private Answer ask(
            HttpServletRequest request,
            HttpServletResponse response,
            ExportLists wanted,
            String path,
            @Nullable String next) {
        var parameters = new LinkedHashMap<String, String[]>(request.getParameterMap());
        parameters.keySet().removeAll(List.of("format", "key", "cursor", "after"));
        parameters.put("limit", new String[] {Integer.toString(PageQuery.LIMIT_MAX)});
        if (next != null) {
            parameters.put(path.endsWith("/journal") ? "after" : "cursor", new String[] {next});
        }
        var json =
                JsonMapper.shared().readTree(routes.getObject().get(request, response, path, Map.copyOf(parameters)));
        var following = json.path("next");
        return new Answer(
                wanted.itemsOf(json), following.isNull() || following.isMissingNode() ? null : following.asString());
    }
}
