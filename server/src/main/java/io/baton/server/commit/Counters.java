package io.baton.server.commit;

import java.util.concurrent.atomic.LongAdder;

/** What the committer has done since the start: the budget of statements is counted, not guessed. */
public final class Counters {

    private final LongAdder batches = new LongAdder();
    private final LongAdder commands = new LongAdder();
    private final LongAdder statements = new LongAdder();

    void batch(int size, int statementsSent) {
        batches.increment();
        commands.add(size);
        statements.add(statementsSent);
    }

    public long batches() {
        return batches.sum();
    }

    public long commands() {
        return commands.sum();
    }

    /** Statements within transactions; each batch adds one commit. */
    public long statements() {
        return statements.sum();
    }
}
