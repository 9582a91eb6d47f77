package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Directory;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what outside the cases, for administrators. What was done in a case is in its journal. */
@RestController
final class AuditRoutes {

    private static final int ACTS_MAX = 50;

    /** Clocks of other nodes may be ahead. */
    private static final Duration AHEAD_MAX = Duration.ofDays(1);

    private final Audit audit;
    private final Directory directory;
    private final Clock clock;

    AuditRoutes(Node node) {
        this.audit = node.audit();
        this.directory = node.directory();
        this.clock = node.clock();
    }

    /**
     * {@code actingAs} is in whose name it was done while somebody tried out a demo; {@code program} is whether by API token;
     * {@code about} is the person, {@code subject} the thing it was done to.
     */
    record AuditView(
            String id,
            Instant at,
            PersonRef by,
            @Nullable PersonRef actingAs,
            boolean program,
            Act act,
            @Nullable PersonRef about,
            @Nullable String subject,
            @Nullable String detail) {}

    /**
     * The newest first. {@code act} is one or more acts, with commas between; {@code person} acted or was acted on; {@code q} is
     * looked for in what it was done to.
     */
    @GetMapping("/api/audit")
    Page<AuditView> list(
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable String act,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            PageQuery page) {
        var input = new Input();
        var acts = acts(act, input);
        var since = from == null ? Instant.EPOCH : input.time("from", from);
        var until = to == null ? clock.instant().plus(AHEAD_MAX) : input.time("to", to);
        var text = input.optionalText("q", q, Audit.TEXT_CHARACTERS_MAX);
        input.done();
        var after = page.after(Instant.class, Long.class);
        var rows = audit.find(new Audit.Filter(
                Input.orNull(person),
                acts,
                text,
                since,
                after.map(cursor -> cursor.instant(0)).orElse(until),
                after.map(cursor -> cursor.number(1)).orElse(0L),
                page.rows()));
        var people = new ArrayList<@Nullable String>();
        for (var row : rows) {
            people.add(row.by().person());
            people.add(row.by().signedIn());
            people.add(row.what().about());
        }
        var names = Names.of(directory, people, List.of());
        return Page.of(rows, page, row -> Cursor.of(row.at(), row.id()), row -> view(row, names));
    }

    private static List<Act> acts(@Nullable String given, Input input) {
        if (Input.orNull(given) == null) {
            return List.of();
        }
        return Stream.of(String.valueOf(given).split(","))
                .limit(ACTS_MAX)
                .map(name -> input.oneOf("act", Act.class, name.strip()))
                .toList();
    }

    private static AuditView view(Audit.Entry entry, Names names) {
        var by = entry.by();
        return new AuditView(
                String.valueOf(entry.id()),
                entry.at(),
                new PersonRef(by.signedIn(), names.personName(by.signedIn())),
                by.person().equals(by.signedIn()) ? null : names.person(by.person()),
                by.program(),
                entry.act(),
                names.person(entry.what().about()),
                entry.what().subject(),
                entry.what().detail());
    }
}
