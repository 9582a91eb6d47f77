package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.Items;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The links by which contacts take part in a case, for its owner and administrators. A link's secret is not among it. */
@RestController
final class GuestLinkRoutes {

    private static final int PERSON_CHARACTERS_MAX = 100;

    private final Links links;
    private final Cases cases;
    private final Directory directory;
    private final Audit audit;
    private final Clock clock;

    GuestLinkRoutes(Node node, Directory directory) {
        this.links = node.links();
        this.cases = node.cases();
        this.directory = directory;
        this.audit = node.audit();
        this.clock = node.clock();
    }

    /** {@code use}: {@code ACT}, {@code LOOK}, {@code EXPIRED} or {@code REVOKED}. {@code task} is null for the whole case. */
    record GuestLinkView(
            UUID id,
            PersonName person,
            @Nullable String task,
            boolean lookOnly,
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
                        link.lookOnly(),
                        link.useAt(clock.instant()),
                        link.createdAt(),
                        link.expiresAt(),
                        link.revokedAt(),
                        link.lastUsedAt()))
                .toList());
    }

    record StatusLink(@Nullable String person) {}

    /** {@code path} is below this server's address; it is told this once. */
    record StatusPath(String path) {}

    /** A link that shows where the case stands as this person outside may see it, and by which nothing can be done. */
    @PostMapping("/api/cases/{key}/guest-links")
    @ResponseStatus(HttpStatus.CREATED)
    StatusPath share(@PathVariable String key, @RequestBody StatusLink body, Caller caller) {
        var row = decidedBy(caller, key);
        var person = Input.only(input -> input.text("person", body.person(), PERSON_CHARACTERS_MAX));
        if (links.ofCase(row.id()).stream().noneMatch(link -> link.person().equals(person))) {
            throw ProblemException.notFound("NoSuchPerson", "Nobody outside takes part in the case under that id.");
        }
        return audit.within(() -> {
            audit.add(caller.who(), Act.STATUS_LINK_MADE, new Audit.What(person, key, null));
            return new StatusPath(links.issueStatus(person, row.id()));
        });
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
