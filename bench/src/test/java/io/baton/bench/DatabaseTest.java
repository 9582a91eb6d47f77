package io.baton.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Rewriting of JDBC URLs. */
class DatabaseTest {

    @Test
    void namesAnotherDatabaseOfTheSameServer() {
        assertThat(new Database("jdbc:postgresql://db.example:5433/postgres?user=a&password=b")
                        .named("bench")
                        .url())
                .isEqualTo("jdbc:postgresql://db.example:5433/bench?user=a&password=b");
        assertThat(new Database("jdbc:postgresql://localhost/postgres")
                        .named("bench")
                        .url())
                .isEqualTo("jdbc:postgresql://localhost/bench");
    }

    @Test
    void printsNoPassword() {
        assertThat(new Database("jdbc:postgresql://localhost/x?password=secret"))
                .hasToString("jdbc:postgresql://localhost/x");
    }

    @Test
    void refusesWhatIsNotAJdbcUrlOfPostgresql() {
        assertThatThrownBy(() -> new Database("postgres://localhost/x?password=secret"))
                .hasMessageContaining("Expected jdbc:postgresql://")
                .hasMessageNotContaining("secret");
    }
}
