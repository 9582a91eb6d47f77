package io.baton.server.guest;

import io.baton.server.session.Secret;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a contact has sent but not confirmed. A draft is found by its nonce and the cookie of the browser that sent it, is
 * used once, and is for the link it came by.
 */
final class Drafts {

    static final Duration AGE_MAX = Duration.ofHours(1);
    static final Duration CODE_AGE_MAX = KnownAddress.CODE_AGE_MAX;
    static final int CODE_TRIES_MAX = 5;

    /** Codes sent to one person within {@link #AGE_MAX}. */
    static final int CODES_MAX = 5;

    /** Drafts of one person within {@link #AGE_MAX}. */
    static final int DRAFTS_MAX = 100;

    private static final int CODES = 1_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String COUNT = """
            select count(*) as drafts, count(code) as codes from guest_draft where person = ? and created_at > ?""";

    private static final String INSERT = """
            insert into guest_draft (hash, link, person, case_id, step, cookie, act, created_at, expires_at)
            values (:hash, :link, :person, :case, :step, :cookie, :act, :now, :expires)""";

    private static final String FIND = """
            select case_id, step, act, code is not null as needs_code from guest_draft
            where hash = ? and link = ? and cookie = ? and used_at is null and expires_at > ?""";

    private static final String TRY = """
            update guest_draft set tries = tries + 1
            where hash = ? and code is not null and code_until > ? and tries < ? returning code""";

    private final JdbcClient database;
    private final Clock clock;

    Drafts(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** {@code sent} is what came with the form, by its names. */
    record Draft(long caseId, int step, Map<String, List<String>> sent, boolean needsCode) {}

    /** The nonce of a new draft; empty when the person has sent too many. */
    Optional<String> begin(Link link, long caseId, int step, String cookie, Map<String, List<String>> sent) {
        database.sql("delete from guest_draft where expires_at <= ?")
                .param(time(now()))
                .update();
        if (count(link.person(), "drafts") >= DRAFTS_MAX) {
            return Optional.empty();
        }
        var nonce = Secret.fresh();
        database.sql(INSERT)
                .param("hash", Secret.hash(nonce))
                .param("link", link.id())
                .param("person", link.person())
                .param("case", caseId)
                .param("step", step)
                .param("cookie", Secret.hash(cookie))
                .param("act", JSON.writeValueAsString(sent))
                .param("now", time(now()))
                .param("expires", time(now().plus(AGE_MAX)))
                .update();
        return Optional.of(nonce);
    }

    Optional<Draft> find(String nonce, Link link, String cookie) {
        return database.sql(FIND)
                .param(Secret.hash(nonce))
                .param(link.id())
                .param(Secret.hash(cookie))
                .param(time(now()))
                .query((row, _) -> draft(row))
                .optional();
    }

    /** False when it was used before, by somebody who was quicker. */
    boolean use(String nonce) {
        return database.sql("update guest_draft set used_at = ? where hash = ? and used_at is null")
                        .param(time(now()))
                        .param(Secret.hash(nonce))
                        .update()
                == 1;
    }

    /** Six digits that confirm the draft; empty when the person was sent too many. */
    Optional<String> issueCode(String nonce, String person) {
        if (count(person, "codes") >= CODES_MAX) {
            return Optional.empty();
        }
        var code = "%06d".formatted(RANDOM.nextInt(CODES));
        database.sql("update guest_draft set code = ?, code_until = ? where hash = ?")
                .param(Secret.hash(nonce + code))
                .param(time(now().plus(CODE_AGE_MAX)))
                .param(Secret.hash(nonce))
                .update();
        return Optional.of(code);
    }

    enum Tried {
        RIGHT,
        WRONG,
        /** Too often or too late: another has to be sent. */
        OVER
    }

    /** Each try counts, whether right or wrong. */
    Tried tryCode(String nonce, String code) {
        var digits = code.replaceAll("\\D", "");
        return database.sql(TRY)
                .param(Secret.hash(nonce))
                .param(time(now()))
                .param(CODE_TRIES_MAX)
                .query((row, _) -> row.getBytes(1))
                .optional()
                .map(hash -> Arrays.equals(hash, Secret.hash(nonce + digits)) ? Tried.RIGHT : Tried.WRONG)
                .orElse(Tried.OVER);
    }

    private long count(String person, String column) {
        return database.sql(COUNT)
                .param(person)
                .param(time(now().minus(AGE_MAX)))
                .query((row, _) -> row.getLong(column))
                .single();
    }

    private static Draft draft(ResultSet row) throws SQLException {
        var sent = JSON.readValue(row.getString("act"), new TypeReference<LinkedHashMap<String, List<String>>>() {});
        return new Draft(row.getLong("case_id"), row.getInt("step"), sent, row.getBoolean("needs_code"));
    }

    private Instant now() {
        return clock.instant();
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
