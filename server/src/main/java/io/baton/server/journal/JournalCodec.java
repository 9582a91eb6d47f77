package io.baton.server.journal;

import io.baton.engine.Actor;
import io.baton.engine.Event;
import io.baton.engine.EventCodec;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import io.baton.engine.codec.MalformedException;
import io.baton.engine.codec.Words;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/** How an entry is written, and the chain of hashes over a case's entries. */
public final class JournalCodec {

    private static final int VERSION = 1;

    private static final int HASH_BYTES = 32;

    private JournalCodec() {}

    /** The hash before the first entry: zeros. */
    public static byte[] origin() {
        return new byte[HASH_BYTES];
    }

    public static byte[] write(Words words, Actor actor, String command, List<Event> events) {
        var out = new Encoder(words);
        out.unsigned(VERSION);
        out.string(actor.id());
        out.unsigned(CommandNames.number(command));
        EventCodec.write(out, events);
        return out.bytes();
    }

    public static Entry read(Words words, long caseId, int seq, Instant at, byte[] body) {
        var in = new Decoder(words, body);
        var version = in.count();
        if (version != VERSION) {
            throw new MalformedException("journal entry " + caseId + "/" + seq + " has version " + version);
        }
        return new Entry(
                caseId, seq, at, new Actor(in.requiredString()), CommandNames.name(in.count()), EventCodec.read(in));
    }

    /** SHA-256(previous ‖ case id ‖ seq ‖ time in µs ‖ body), numbers big-endian. */
    public static byte[] hash(byte[] previous, long caseId, int seq, Instant at, byte[] body) {
        var digest = sha256();
        digest.update(previous);
        digest.update(ByteBuffer.allocate(20)
                .putLong(caseId)
                .putInt(seq)
                .putLong(Encoder.micros(at))
                .flip());
        return digest.digest(body);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
