package io.baton.server.room;

import io.baton.engine.codec.Decoder;
import io.baton.server.cases.Cases;
import io.baton.server.journal.Entry;
import io.baton.server.journal.Journal;
import io.baton.server.room.OwnActs.OwnAct;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What one party sent, saw and decided in a case, signed by the installation. Each act has the hash of its entry in the
 * journal, so that it can be held against the chain; of other people's acts nothing is in it, not even that they were.
 */
public final class Receipts {

    private static final String HASHES = """
            select seq, hash from journal where case_id = ? and seq = any(?) order by seq""";

    private static final String HEAD = """
            select entries, head, (extract(epoch from changed_at) * 1000000)::bigint as changed from cases where id = ?""";

    private final JdbcClient database;
    private final Cases cases;
    private final Journal journal;
    private final Keys keys;
    private final Clock clock;

    public Receipts(JdbcClient database, Cases cases, Journal journal, Keys keys, Clock clock) {
        this.database = database;
        this.cases = cases;
        this.journal = journal;
        this.keys = keys;
        this.clock = clock;
    }

    /** For the person, called {@code name}; empty where there is no such case. */
    public Optional<Receipt> of(long caseId, String person, String name) {
        var row = cases.find(caseId).orElse(null);
        if (row == null) {
            return Optional.empty();
        }
        var mine = OwnActs.of(journal.all(caseId), person);
        var hashes = hashes(caseId, mine.stream().map(OwnAct::entry).toList());
        var acts = new ArrayList<Object>();
        for (var own : mine) {
            var record = new LinkedHashMap<String, @Nullable Object>();
            record.put("entry", own.entry().seq());
            record.put("at", own.entry().at().toString());
            record.put("act", own.act());
            record.putAll(own.fields());
            record.put("hash", String.valueOf(hashes.get(own.entry().seq())));
            acts.add(record);
        }
        var content = new LinkedHashMap<String, Object>();
        content.put("receipt", "baton/1");
        content.put("case", cases.key(caseId, row.process()));
        content.put("person", person);
        content.put("name", name);
        content.put("issuedAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        content.put("acts", acts);
        content.put("journal", head(caseId));
        return Optional.of(sign(content));
    }

    private Receipt sign(Map<String, Object> content) {
        try {
            var pair = keys.receipts();
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(Receipt.signedBytes(content));
            return Receipt.of(
                    content,
                    Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                    Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the receipt cannot be signed", e);
        }
    }

    private Map<Integer, String> hashes(long caseId, List<Entry> entries) {
        var hashes = new LinkedHashMap<Integer, String>();
        database.sql(HASHES)
                .param(caseId)
                .param(entries.stream().map(Entry::seq).toArray(Integer[]::new))
                .query(row -> {
                    hashes.put(row.getInt("seq"), HexFormat.of().formatHex(row.getBytes("hash")));
                });
        return hashes;
    }

    /** As far as the case went when the receipt was made. */
    private Map<String, Object> head(long caseId) {
        return database.sql(HEAD)
                .param(caseId)
                .query((row, _) -> {
                    var head = new LinkedHashMap<String, Object>();
                    head.put("entries", row.getInt("entries"));
                    head.put("at", Decoder.instant(row.getLong("changed")).toString());
                    head.put("hash", HexFormat.of().formatHex(row.getBytes("head")));
                    return head;
                })
                .single();
    }
}
