package io.baton.server.room;

import io.baton.engine.Event;
import io.baton.engine.codec.Decoder;
import io.baton.server.cases.Cases;
import io.baton.server.journal.Entry;
import io.baton.server.journal.Journal;
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
        var mine = journal.all(caseId).stream()
                .filter(entry -> !acts(entry, person).isEmpty())
                .toList();
        var hashes = hashes(caseId, mine);
        var acts = new ArrayList<Object>();
        for (var entry : mine) {
            for (var act : acts(entry, person)) {
                var record = new LinkedHashMap<String, Object>();
                record.put("entry", entry.seq());
                record.put("at", entry.at().toString());
                record.put("act", act.getClass().getSimpleName());
                record.putAll(fields(act));
                record.put("hash", String.valueOf(hashes.get(entry.seq())));
                acts.add(record);
            }
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

    /** The events of an entry that are this person's own acts. */
    private static List<Event> acts(Entry entry, String person) {
        return entry.events().stream()
                .filter(event -> {
                    var who = who(event, entry.actor().id());
                    return person.equals(who);
                })
                .toList();
    }

    /** Whose act it is; null for what follows by itself from somebody's act. */
    private static @Nullable String who(Event event, String actor) {
        return switch (event) {
            case Event.CommentPosted posted -> posted.author();
            case Event.FileAttached attached -> attached.by();
            case Event.FileOpened opened -> opened.person();
            case Event.FileSigned signed -> signed.person();
            case Event.SlotBooked _ -> actor;
            case Event.SlotReleased released -> released.by();
            case Event.CommentErased erased -> erased.by();
            case Event.FileErased erased -> erased.by();
            case Event.TaskClaimed claimed -> claimed.person();
            case Event.HandoffAccepted accepted -> accepted.person();
            case Event.HandoffDeclined declined -> declined.person();
            case Event.TaskSentBack back -> back.from();
            case Event.DatePromised promised -> promised.person();
            case Event.DateProposed proposed -> proposed.person();
            case Event.PromiseWithdrawn withdrawn -> withdrawn.by();
            case Event.StepBlocked blocked -> blocked.by();
            case Event.TaskWaived waived -> waived.by();
            case Event.CaseStarted _,
                    Event.CaseCancelled _,
                    Event.TaskReleased _,
                    Event.TaskCompleted _,
                    Event.VariablesSet _,
                    Event.HandoffOffered _,
                    Event.HandoffWithdrawn _ -> actor;
            default -> null;
        };
    }

    /** Only what the person gave themselves, or what names it; never whom somebody else chose. */
    private static Map<String, Object> fields(Event event) {
        var fields = new LinkedHashMap<String, Object>();
        switch (event) {
            case Event.CommentPosted posted ->
                put(fields, "step", posted.step(), "comment", posted.comment(), "sha256", posted.digest());
            case Event.FileAttached attached ->
                put(fields, "step", attached.step(), "file", attached.file(), "sha256", attached.digest());
            case Event.FileOpened opened -> put(fields, "step", opened.step(), "file", opened.file());
            case Event.FileSigned signed ->
                put(
                        fields,
                        "step",
                        signed.step(),
                        "file",
                        signed.file(),
                        "sha256",
                        signed.digest(),
                        "evidence",
                        signed.evidence(),
                        "sealed",
                        signed.sealed());
            case Event.SlotBooked booked ->
                put(fields, "step", booked.step(), "at", booked.at().toString(), "minutes", booked.minutes());
            case Event.SlotReleased released -> put(fields, "step", released.step(), "reason", released.reason());
            case Event.CommentErased erased -> put(fields, "comment", erased.comment());
            case Event.FileErased erased -> put(fields, "file", erased.file());
            case Event.TaskClaimed claimed -> put(fields, "step", claimed.step());
            case Event.HandoffAccepted accepted -> put(fields, "step", accepted.step());
            case Event.HandoffDeclined declined -> put(fields, "step", declined.step(), "reason", declined.reason());
            case Event.TaskSentBack back -> put(fields, "step", back.step(), "missing", back.missing());
            case Event.DatePromised promised ->
                put(fields, "step", promised.step(), "date", promised.at().toString());
            case Event.PromiseWithdrawn withdrawn -> put(fields, "step", withdrawn.step());
            case Event.DateProposed proposed ->
                put(fields, "step", proposed.step(), "date", proposed.due().toString(), "reason", proposed.reason());
            case Event.StepBlocked blocked -> put(fields, "step", blocked.step(), "reason", blocked.reason());
            case Event.TaskWaived waived -> put(fields, "step", waived.step(), "reason", waived.reason());
            case Event.CaseCancelled cancelled -> put(fields, "reason", cancelled.reason());
            case Event.TaskReleased(var step) -> put(fields, "step", step);
            case Event.TaskCompleted(var step) -> put(fields, "step", step);
            case Event.VariablesSet set ->
                put(
                        fields,
                        "scope",
                        set.scope(),
                        "names",
                        List.copyOf(set.variables().keySet()));
            case Event.HandoffOffered offered -> put(fields, "step", offered.step(), "reason", offered.reason());
            case Event.HandoffWithdrawn withdrawn -> put(fields, "step", withdrawn.step());
            default -> {}
        }
        return fields;
    }

    private static void put(Map<String, Object> fields, Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
    }
}
