package io.baton.server.channel;

import io.baton.server.answers.Scope;
import io.baton.server.session.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * By the address to which a reply goes, {@code reply+TOKEN@domain}, it finds its step and who was written to. A token says
 * only that: whether the person may act, and whether it is them, is asked when the reply comes. It stands in the mail and
 * nowhere here: only its hash does. Mail systems may change capitals, so it has none.
 */
public final class ReplyTokens {

    /** Tokens of one person for the same step or case; another one replaces the oldest. Each mail brings its own. */
    public static final int PER_SCOPE_MAX = 50;

    private static final int BYTES = 20;
    private static final String PREFIX = "reply+";
    private static final Pattern ADDRESS = Pattern.compile("reply\\+([0-9a-f]{" + 2 * BYTES + "})@");
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String INSERT = """
            with spare as (
                delete from reply_token where hash in (
                    select hash from reply_token where person = :person and case_id = :case and step = :step
                    order by created_at desc offset :keep))
            insert into reply_token (hash, person, case_id, step, created_at)
            values (:hash, :person, :case, :step, :now)""";

    private final JdbcClient database;
    private final Clock clock;

    /** {@code database} takes part in no transaction where tokens are issued: they are good before the mail is on its way. */
    public ReplyTokens(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public String issue(Scope scope) {
        var bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        var token = HexFormat.of().formatHex(bits);
        database.sql(INSERT)
                .param("hash", Secret.hash(token))
                .param("person", scope.person())
                .param("case", scope.caseId())
                .param("step", scope.step())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("keep", PER_SCOPE_MAX - 1)
                .update();
        return token;
    }

    public static String address(String token, String domain) {
        return PREFIX + token + "@" + domain;
    }

    /** The token in an address that a mail was sent to, if it is one of ours by its form. */
    public static Optional<String> inAddress(String address) {
        var found = ADDRESS.matcher(address.toLowerCase(Locale.ROOT));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** Whom and what the token stands for; empty for one that was never issued, or long ago. */
    public Optional<Scope> find(String token) {
        return database.sql("select person, case_id, step from reply_token where hash = ?")
                .param(Secret.hash(token))
                .query((row, _) -> new Scope(row.getString(1), row.getLong(2), row.getInt(3)))
                .optional();
    }
}
