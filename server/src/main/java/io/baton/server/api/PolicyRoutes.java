package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Policies;
import io.baton.server.directory.PolicyBody;
import io.baton.server.session.Caller;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happens when nobody acts: policies by key, in versions that never change. */
@RestController
@RequestMapping("/api/policies")
class PolicyRoutes {

    private static final int VERSION_DIGITS_MAX = 9;

    private final Policies policies;
    private final Directory directory;
    private final Audit audit;

    PolicyRoutes(Node node) {
        this.policies = node.policies();
        this.directory = node.directory();
        this.audit = node.audit();
    }

    record PolicyView(
            String key,
            int version,
            Instant createdAt,
            @Nullable PersonRef createdBy,
            PolicyBody policy) {

        static PolicyView of(Policies.Version version, Names names) {
            return new PolicyView(
                    version.key(),
                    version.version(),
                    version.createdAt(),
                    names.person(version.createdBy()),
                    version.body());
        }
    }

    /** The newest version of each. */
    @GetMapping
    Page<PolicyView> list(PageQuery page) {
        var after = page.after(String.class).map(cursor -> cursor.string(0)).orElse("");
        return page(policies.list(after, page.rows()), page, true);
    }

    @GetMapping("/{key}")
    PolicyView newest(@PathVariable String key) {
        return view(policies.newest(key).orElseThrow(() -> noSuchPolicy(key)));
    }

    /** Newest first. */
    @GetMapping("/{key}/versions")
    Page<PolicyView> versions(@PathVariable String key, PageQuery page) {
        if (policies.newest(key).isEmpty()) {
            throw noSuchPolicy(key);
        }
        var before = page.after(Long.class).map(cursor -> cursor.number(0)).orElse((long) Integer.MAX_VALUE);
        return page(policies.versions(key, Math.clamp(before, 0, Integer.MAX_VALUE), page.rows()), page, false);
    }

    @GetMapping("/{key}/versions/{version}")
    PolicyView version(@PathVariable String key, @PathVariable String version) {
        var number = version.matches("[1-9]\\d{0," + (VERSION_DIGITS_MAX - 1) + "}") ? Integer.parseInt(version) : 0;
        return view(policies.find(key, number).orElseThrow(() -> noSuchPolicy(key)));
    }

    /** {@code unchanged}: the newest version says the same, so there is no new one. */
    record PutPolicy(PolicyView policy, boolean unchanged) {}

    /** What opens from now on follows the new version; what is open follows the one it began with. */
    @PutMapping("/{key}")
    PutPolicy put(@PathVariable String key, @RequestBody PolicyBody body, Caller caller) {
        return audit.within(() -> switch (policies.put(key, body, caller.person())) {
            case Policies.Put.Done done -> {
                if (!done.unchanged()) {
                    var version = "version " + done.version().version();
                    audit.add(
                            caller.who(),
                            Act.POLICY_PUT,
                            Audit.What.subject(key).with(version));
                }
                yield new PutPolicy(view(done.version()), done.unchanged());
            }
            case Policies.Put.Wrong(var mistakes) -> throw Writing.wrong(mistakes);
        });
    }

    private Page<PolicyView> page(List<Policies.Version> rows, PageQuery page, boolean byKey) {
        var names = Names.of(
                directory, rows.stream().map(Policies.Version::createdBy).toList(), List.of());
        return Page.of(
                rows,
                page,
                version -> byKey ? Cursor.of(version.key()) : Cursor.of((long) version.version()),
                version -> PolicyView.of(version, names));
    }

    private PolicyView view(Policies.Version version) {
        return PolicyView.of(version, Names.of(directory, List.of(version.createdBy()), List.of()));
    }

    private static ProblemException noSuchPolicy(String key) {
        return ProblemException.notFound("NoSuchPolicy", "There is no such policy or version: " + key + ".");
    }
}
