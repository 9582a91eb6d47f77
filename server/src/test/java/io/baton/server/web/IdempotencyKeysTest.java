package io.baton.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.commit.Request.Idempotency;
import io.baton.server.session.Caller;
import org.junit.jupiter.api.Test;

/** The same request has the same hashes; a key is one person's own. */
class IdempotencyKeysTest {

    private static final byte[] BODY = {1, 2, 3};

    private static Idempotency of(String person, String method, String target, String key, byte[] body) {
        var caller = new Caller(person, person, false, Caller.Means.SESSION);
        return IdempotencyKeys.of(caller, method, target, key, body);
    }

    @Test
    void theSameRequestIsTheSame() {
        assertThat(of("p1", "POST", "/api/cases", "k", BODY.clone()))
                .isEqualTo(of("p1", "POST", "/api/cases", "k", BODY));
    }

    @Test
    void anotherPersonsKeyIsAnotherKey() {
        assertThat(of("p1", "POST", "/api/cases", "k", BODY).key())
                .isNotEqualTo(of("p2", "POST", "/api/cases", "k", BODY).key());
        assertThat(of("p1", "POST", "/", "2k", BODY).key())
                .isNotEqualTo(of("p12", "POST", "/", "k", BODY).key());
    }

    @Test
    void anotherRequestWithTheSameKeyIsToldApart() {
        var first = of("p1", "POST", "/api/cases", "k", BODY);
        for (var other : new Idempotency[] {
            of("p1", "PUT", "/api/cases", "k", BODY),
            of("p1", "POST", "/api/cases?x", "k", BODY),
            of("p1", "POST", "/api/cases", "k", new byte[] {1, 2}),
            of("p1", "POST", "/api/case", "k", new byte[] {'s', 1, 2, 3})
        }) {
            assertThat(other.key()).isEqualTo(first.key());
            assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
        }
    }

    @Test
    void aKeyHasALimit() {
        assertThat(of("p1", "POST", "/", "x".repeat(200), BODY)).isNotNull();
        for (String key : new String[] {"", "  ", "x".repeat(201)}) {
            assertThatThrownBy(() -> of("p1", "POST", "/", key, BODY)).isInstanceOf(ProblemException.class);
        }
    }
}
