package io.baton.server.api;

import io.baton.server.session.ApiTokens;
import io.baton.server.session.Caller;
import io.baton.server.web.Page;
import io.baton.server.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own API tokens. */
@RestController
@RequestMapping("/api/tokens")
class TokenRoutes {

    private final ApiTokens tokens;

    TokenRoutes(ApiTokens tokens) {
        this.tokens = tokens;
    }

    record Token(UUID id, String name, Instant createdAt, Instant expiresAt) {

        static Token of(ApiTokens.ApiToken token) {
            return new Token(token.id(), token.name(), token.createdAt(), token.expiresAt());
        }
    }

    /** All of them on one page: nobody has more than {@link ApiTokens#PER_PERSON_MAX}. */
    @GetMapping
    Page<Token> tokens(Caller caller) {
        return new Page<>(tokens.of(caller.person()).stream().map(Token::of).toList(), null);
    }

    record NewToken(@Nullable String name, @Nullable Integer expiresInDays) {}

    /** {@code token} is the secret, shown this once. */
    record CreatedToken(UUID id, String name, Instant expiresAt, String token) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CreatedToken create(@RequestBody NewToken body, Caller caller) {
        SessionRoutes.refuseWhileActing(caller);
        var input = new Input();
        String name = input.text("name", body.name, ApiTokens.NAME_CHARACTERS_MAX);
        int days = input.number("expiresInDays", body.expiresInDays, 1, ApiTokens.DAYS_MAX);
        input.done();
        var created = tokens.create(caller.person(), name, Duration.ofDays(days))
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.CONFLICT,
                        "TooManyTokens",
                        "One can have " + ApiTokens.PER_PERSON_MAX + " tokens. Delete one first."));
        var token = created.token();
        return new CreatedToken(token.id(), token.name(), token.expiresAt(), created.secret());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        UUID token;
        try {
            token = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw noSuchToken();
        }
        if (!tokens.delete(caller.person(), token)) {
            throw noSuchToken();
        }
    }

    private static ProblemException noSuchToken() {
        return ProblemException.notFound("NoSuchToken", "You have no such token.");
    }
}
