package io.baton.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://ann:p%40ss%2Fw%3Ard+1@db.example:6432/baton",
                "postgresql://ann:p%40ss%2Fw%3Ard+1@db.example:6432/baton",
                "jdbc:postgresql://db.example:6432/baton?user=ann&password=p%40ss%2Fw%3Ard%2B1",
                "  postgres://db.example:6432/baton?user=ann&password=p@ss/w:rd+1\n",
            })
    void readsBothForms(String text) {
        DatabaseUrl url = DatabaseUrl.parse(text);
        assertThat(url.hosts()).containsExactly(new DatabaseUrl.Host("db.example", 6432));
        assertThat(url.database()).isEqualTo("baton");
        assertThat(url.user()).isEqualTo("ann");
        assertThat(url.password()).isEqualTo("p@ss/w:rd+1");
        assertThat(url.parameters()).isEmpty();
    }

    @Test
    void readsSeveralHostsAndTheDefaultPort() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://u:p@one,two:5433,[::1]/db?targetServerType=primary");
        assertThat(url.hosts())
                .isEqualTo(List.of(
                        new DatabaseUrl.Host("one", 5432),
                        new DatabaseUrl.Host("two", 5433),
                        new DatabaseUrl.Host("::1", 5432)));
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://one:5432,two:5433,[::1]:5432/db");
    }

    @Test
    void understandsLibpqsNamesForTheDriversParameters() {
        DatabaseUrl url = DatabaseUrl.parse(
                "postgres://u:p@h/db?sslmode=verify-full&connect_timeout=3&target_session_attrs=read-write");
        assertThat(url.parameters())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("connectTimeout", "3")
                .containsEntry("targetServerType", "primary");
        assertThat(url.dataSource().getSslmode()).isEqualTo("verify-full");
        assertThat(url.dataSource().getConnectTimeout()).isEqualTo(3);
    }

    @Test
    void neverShowsThePassword() {
        assertThat(DatabaseUrl.parse("postgres://ann:secret@h/db")).hasToString("postgres://ann:***@h:5432/db");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql://u:secret@h/db",
                "u:secret@h/db",
                "postgres://h/db?password=secret",
                "postgres://u:secret@h",
                "postgres://u:secret@h/",
                "postgres://u:secret@h/a/b",
                "postgres://u:secret@h:port/db",
                "postgres://u:secret@/db",
                "postgres://u:sec@ret/part@h/db",
                "postgres://u:secret%zz@h/db",
                "postgres://u:secret@h/db?secret=1",
                "postgres://u:secret@h/db?sslMode=require",
            })
    void refusesWhatItCannotReadWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("BATON_DATABASE_URL cannot be read")
                .satisfies(refused -> assertThat(refused.getMessage())
                        .doesNotContain("secret")
                        .doesNotContain("ret/"));
    }
}
