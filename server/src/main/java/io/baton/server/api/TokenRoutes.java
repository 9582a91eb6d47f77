package io.baton.server.api;

import io.baton.server.api.Views.PersonRef;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.session.ApiTokens;
import io.baton.server.session.Caller;
import io.baton.server.web.Cursor;
import io.baton.server.web.Page;
import io.baton.server.web.PageQuery;
import io.baton.server.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** API tokens: one's own, and for administrators everybody's, to see and to revoke. */
@RestController
class TokenRoutes {

    private static final UUID LAST = new UUID(-1, -1);

    private final ApiTokens tokens;
    private final Directory directory;
    private final Audit audit;
    private final Clock clock;

    TokenRoutes(ApiTokens tokens, Directory directory, Audit audit, Clock clock) {
        this.tokens = tokens;
        this.directory = directory;
        this.audit = audit;
        this.clock = clock;
    }

    record Token(UUID id, String name, Instant createdAt, Instant expiresAt) {

        static Token of(ApiTokens.ApiToken token) {
            return new Token(token.id(), token.name(), token.createdAt(), token.expiresAt());
        }
    }

    /** All of them on one page: nobody has more than {@link ApiTokens#PER_PERSON_MAX}. */
    @GetMapping("/api/tokens")
    Page<Token> tokens(Caller caller) {
        return new Page<>(tokens.of(caller.person()).stream().map(Token::of).toList(), null);
    }

    record NewToken(@Nullable String name, @Nullable Integer expiresInDays) {}

    /** {@code token} is the secret, shown this once. */
    record CreatedToken(UUID id, String name, Instant expiresAt, String token) {}

    @PostMapping("/api/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    CreatedToken create(@RequestBody NewToken body, Caller caller) {
        SessionRoutes.refuseWhileActing(caller);
        var input = new Input();
        String name = input.text("name", body.name, ApiTokens.NAME_CHARACTERS_MAX);
        int days = input.number("expiresInDays", body.expiresInDays, 1, ApiTokens.DAYS_MAX);
        input.done();
        var created = audit.within(() -> {
            audit.add(caller.who(), Act.TOKEN_MADE, Audit.What.subject(name).with(days + " days"));
            return tokens.create(caller.person(), name, Duration.ofDays(days))
                    .orElseThrow(() -> ProblemException.of(
                            HttpStatus.CONFLICT,
                            "TooManyTokens",
                            "One can have " + ApiTokens.PER_PERSON_MAX + " tokens. Delete one first."));
        });
        var token = created.token();
        return new CreatedToken(token.id(), token.name(), token.expiresAt(), created.secret());
    }

    @DeleteMapping("/api/tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        revoke(id, caller, owner -> owner.equals(caller.person()));
    }

    private void revoke(String id, Caller caller, Predicate<String> mayBe) {
        audit.within(() -> {
            var revoked = tokens.revoke(uuid(id))
                    .filter(owned -> mayBe.test(owned.person()))
                    .orElseThrow(TokenRoutes::noSuchToken); // undoes it
            var what = new Audit.What(revoked.person(), revoked.token().name(), null);
            audit.add(caller.who(), Act.TOKEN_REVOKED, what);
        });
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw noSuchToken();
        }
    }

    /** {@code person} is who made it and who its program acts as. */
    record OwnedToken(UUID id, String name, PersonRef person, boolean admin, Instant createdAt, Instant expiresAt) {}

    /** Everybody's that have not expired, the newest first. */
    @GetMapping("/api/connections/tokens")
    Page<OwnedToken> all(PageQuery page) {
        var after = page.after(Instant.class, String.class);
        var rows = tokens.all(
                after.map(cursor -> cursor.instant(0))
                        .orElseGet(() -> clock.instant().plus(Duration.ofDays(1))),
                after.map(cursor -> uuid(cursor.string(1))).orElse(LAST),
                page.rows());
        var people = directory.people(rows.stream().map(ApiTokens.Owned::person).toList()).stream()
                .collect(Collectors.toMap(Person::id, Function.identity()));
        return Page.of(
                rows,
                page,
                row -> Cursor.of(row.token().createdAt(), row.token().id().toString()),
                row -> {
                    var person = people.get(row.person());
                    var token = row.token();
                    return new OwnedToken(
                            token.id(),
                            token.name(),
                            new PersonRef(row.person(), person == null ? row.person() : person.name()),
                            person != null && person.admin(),
                            token.createdAt(),
                            token.expiresAt());
                });
    }

    @DeleteMapping("/api/connections/tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeAnybodys(@PathVariable String id, Caller caller) {
        revoke(id, caller, _ -> true);
    }

    private static ProblemException noSuchToken() {
        return ProblemException.notFound("NoSuchToken", "You have no such token.");
    }
}
