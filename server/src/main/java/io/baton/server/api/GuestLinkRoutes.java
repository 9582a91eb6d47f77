package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.Items;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.directory.Directory;
import io.baton.server.directory.PersonName;
import io.baton.server.guest.Link;
import io.baton.server.guest.Links;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The links by which contacts take part in a case, for its owner and administrators. A link's secret is not among it. */
@RestController
final class GuestLinkRoutes {

    private final Links links;
    private final Cases cases;
    private final Directory directory;
    private final Clock clock;

    GuestLinkRoutes(Node node, Directory directory) {
        this.links = node.links();
        this.cases = node.cases();
        this.directory = directory;
        this.clock = node.clock();
    }

    /** {@code use}: {@code ACT}, {@code LOOK}, {@code EXPIRED} or {@code REVOKED}. {@code task} is null for the whole case. */
    record GuestLinkView(
            UUID id,
            PersonName person,
            @Nullable String task,
            Link.Use use,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {}

    @GetMapping("/api/cases/{key}/guest-links")
    Items<GuestLinkView> list(@PathVariable String key, Caller caller) {
        var row = decidedBy(caller, key);
        var found = links.ofCase(row.id());
        var names = directory.names(found.stream().map(Link::person).toList());
        return new Items<>(found.stream()
                .map(link -> new GuestLinkView(
                        link.id(),
                        names.getOrDefault(link.person(), new PersonName(link.person(), link.person())),
                        link.step() == 0 ? null : link.caseId() + "." + link.step(),
                        link.useAt(clock.instant()),
                        link.createdAt(),
                        link.expiresAt(),
                        link.revokedAt(),
                        link.lastUsedAt()))
                .toList());
    }

    /** From then on the link opens nothing, and no other can be asked for by it. */
    @DeleteMapping("/api/cases/{key}/guest-links/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String key, @PathVariable UUID id, Caller caller) {
        if (!links.revoke(decidedBy(caller, key).id(), id)) {
            throw ProblemException.notFound("NoSuchLink", "The case has no such link.");
        }
    }

    private CaseRow decidedBy(Caller caller, String key) {
        var row = Cases.number(key)
                .flatMap(cases::find)
                .filter(found -> cases.key(found.id(), found.process()).equals(key))
                .orElseThrow(() -> ProblemException.notFound("NoSuchCase", "There is no case " + key + "."));
        if (!caller.admin() && !row.owner().equals(caller.person())) {
            throw ProblemException.forbidden(
                    "NotTheOwner", "Only the owner of the case and administrators see its links.");
        }
        return row;
    }
}
