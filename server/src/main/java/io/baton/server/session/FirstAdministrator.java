package io.baton.server.session;

import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the first person gets in: on a database without anybody, an administrator is added with a one-time link. */
public final class FirstAdministrator {

    /** No administrator has a password or a session, as when the link was printed but never followed: the first gets another. */
    private static final String STRANDED = """
            select p.id from person p
            where p.admin and p.kind = 'member' and p.left_at is null and not exists (
                select from person other
                where other.admin and other.kind = 'member' and other.left_at is null and (other.password is not null
                    or exists (select from session s where s.person = other.id and s.expires_at > :now)))
            order by p.id limit 1""";

    private final JdbcClient database;
    private final Directory directory;
    private final SignIn signIn;
    private final Clock clock;

    public FirstAdministrator(JdbcClient database, Directory directory, SignIn signIn, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.signIn = signIn;
        this.clock = clock;
    }

    /** The secret of a one-time link, or empty when some administrator can get in without. */
    public Optional<String> link() {
        boolean nobody = database.sql("select not exists (select from person)")
                .query(Boolean.class)
                .single();
        Optional<String> stranded = nobody
                ? directory.add(Person.administrator("Administrator", null))
                : database.sql(STRANDED)
                        .param("now", Sessions.time(clock.instant()))
                        .query(String.class)
                        .optional();
        return stranded.map(signIn::issueLink);
    }
}
