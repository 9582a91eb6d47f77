package io.baton.server.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Becoming signed in: by e-mail and password, or by a one-time link. A wrong e-mail costs as much time as a wrong
 * password, so that nobody learns who has an account.
 */
public final class SignIn {

    /** Wrong passwords for one e-mail address before its next attempts are turned away, from wherever they come. */
    public static final int TRIES_PER_EMAIL_MAX = 10;

    /** Wrong passwords from one network address, for whatever e-mail addresses. */
    public static final int TRIES_PER_ADDRESS_MAX = 50;

    public static final Duration TRIES_WINDOW = Duration.ofMinutes(15);

    public static final int PASSWORD_CHARACTERS_MIN = 12;

    /** BCrypt reads no further. */
    public static final int PASSWORD_BYTES_MAX = 72;

    /** How long a new link may be followed. */
    public static final Duration LINK_AGE_MAX = Duration.ofHours(24);

    /** Links that wait for one person; another one replaces the oldest. */
    static final int LINKS_PER_PERSON_MAX = 5;

    /** One hash takes about 0.1 s of a core: more at once would leave none for the work. */
    private static final int HASHES_AT_ONCE_MAX = 2;

    private static final int BCRYPT_ROUNDS_LOG2 = 11;
    private static final int IPV6_NETWORK_BYTES = 8;

    private static final String INSERT_LINK = """
            with spare as (
                delete from sign_in_link where person = :person and (expires_at <= :now or hash in (
                    select hash from sign_in_link where person = :person order by expires_at desc, hash offset :keep)))
            insert into sign_in_link (hash, person, expires_at) values (:hash, :person, :expires)""";

    private final JdbcClient database;
    private final Sessions sessions;
    private final Clock clock;
    private final Attempts byEmail;
    private final Attempts byAddress;
    private final BCryptPasswordEncoder hashing = new BCryptPasswordEncoder(BCRYPT_ROUNDS_LOG2);
    private final Semaphore hashes = new Semaphore(HASHES_AT_ONCE_MAX, true);
    private final String nobodysHash = hashing.encode(Secret.fresh());

    public SignIn(JdbcClient database, Sessions sessions, Clock clock) {
        this.database = database;
        this.sessions = sessions;
        this.clock = clock;
        this.byEmail = new Attempts(TRIES_PER_EMAIL_MAX, TRIES_WINDOW, clock);
        this.byAddress = new Attempts(TRIES_PER_ADDRESS_MAX, TRIES_WINDOW, clock);
    }

    public sealed interface Outcome {
        /** {@code session} is the secret of the new session. */
        record SignedIn(String session) implements Outcome {}

        /** Nobody has this e-mail address with this password; which of the two is wrong is not told. */
        record Wrong() implements Outcome {}

        record TooMany(Duration retryAfter) implements Outcome {}
    }

    // By password

    public Outcome byPassword(String email, String password, String address) {
        String normalised = email.strip().toLowerCase(Locale.ROOT);
        String network = network(address);
        Duration wait = byAddress.count(network);
        if (wait.isZero()) {
            wait = byEmail.count(normalised);
        }
        if (!wait.isZero()) {
            return new Outcome.TooMany(wait);
        }
        record Account(String person, String hash) {}
        Optional<Account> account = database.sql(
                        "select id, password from person where email = ? and kind = 'member' and left_at is null"
                                + " and password is not null")
                .param(normalised)
                .query((row, _) -> new Account(row.getString("id"), row.getString("password")))
                .optional();
        boolean fits = matches(password, account.map(Account::hash).orElse(nobodysHash));
        if (!fits || account.isEmpty()) {
            return new Outcome.Wrong();
        }
        byAddress.forgive(network);
        byEmail.forgive(normalised);
        return sessions.open(account.get().person)
                .<Outcome>map(Outcome.SignedIn::new)
                .orElseGet(Outcome.Wrong::new);
    }

    private boolean matches(String password, String hash) {
        boolean readable = password.getBytes(StandardCharsets.UTF_8).length <= PASSWORD_BYTES_MAX;
        hashes.acquireUninterruptibly();
        try {
            return hashing.matches(readable ? password : "", hash) && readable;
        } finally {
            hashes.release();
        }
    }

    /** A home or a company has a whole IPv6 network of 64 bits, so that is one address here. */
    private static String network(String address) {
        InetAddress parsed;
        try {
            parsed = InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            return address;
        }
        return parsed instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_NETWORK_BYTES))
                : parsed.getHostAddress();
    }

    /** Whether a password may be set; if not, the sentence says why. */
    public static Optional<String> objection(String password) {
        if (password.codePointCount(0, password.length()) < PASSWORD_CHARACTERS_MIN) {
            return Optional.of("must have at least " + PASSWORD_CHARACTERS_MIN + " characters");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > PASSWORD_BYTES_MAX) {
            return Optional.of("must have at most " + PASSWORD_BYTES_MAX + " bytes");
        }
        return Optional.empty();
    }

    public void setPassword(String person, String password) {
        objection(password).ifPresent(objection -> {
            throw new IllegalArgumentException("A password " + objection);
        });
        database.sql("update person set password = ? where id = ?")
                .param(hashing.encode(password))
                .param(person)
                .update();
    }

    /** Sets the password from within a session; whoever else is signed in as this person no longer is. */
    public void changePassword(String person, String password, String session) {
        setPassword(person, password);
        sessions.endOthers(person, session);
    }

    // By link

    /** A secret that signs this person in once, within {@link #LINK_AGE_MAX}. */
    public String issueLink(String person) {
        var secret = Secret.fresh();
        var now = clock.instant();
        database.sql(INSERT_LINK)
                .param("hash", Secret.hash(secret))
                .param("person", person)
                .param("now", Sessions.time(now))
                .param("keep", LINKS_PER_PERSON_MAX - 1)
                .param("expires", Sessions.time(now.plus(LINK_AGE_MAX)))
                .update();
        return secret;
    }

    /** Whether the link could be followed now; looking does not use it up. */
    public boolean isLink(String link) {
        return database.sql("select exists (select from sign_in_link where hash = ? and expires_at > ?)")
                .param(Secret.hash(link))
                .param(Sessions.time(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /** The secret of a new session, or empty when the link is unknown, expired or was followed before. */
    public Optional<String> byLink(String link) {
        return sessions.openByLink(link);
    }
}
