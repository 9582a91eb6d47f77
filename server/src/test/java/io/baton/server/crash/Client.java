package io.baton.server.crash;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.Node;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who starts a case, does its two tasks, and starts the next. What a client does is a function of its number and
 * of how much it has done, so that whoever comes after a crash asks again for the very same thing.
 */
final class Client {

    /** Starting a case and its two tasks. */
    private static final int ACTS_PER_CASE = 3;

    private static final Actor ACTOR = Actor.person("p1");

    /** What was acknowledged: the client's act, and the entry of the journal that holds it. */
    record Done(int client, int act, long caseId, int seq) {
        UUID key() {
            return Client.key(client, act);
        }

        /** The variable that the act leaves in the journal, once. */
        String mark() {
            return Client.mark(client, act);
        }
    }

    private final Node node;
    private final int process;
    private final int number;
    private int act;
    private long caseId;

    /** Goes on after {@code last}, its latest acknowledged act, or begins when there is none. */
    Client(Node node, int process, int number, @Nullable Done last) {
        this.node = node;
        this.process = process;
        this.number = number;
        this.act = last == null ? 0 : last.act() + 1;
        this.caseId = last == null ? 0 : last.caseId();
    }

    /** The next act, under its key. */
    Done act() {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put(mark(number, act), true);
        var key = new Request.Idempotency(key(number, act), key(number, act));
        var answer = switch (act % ACTS_PER_CASE) {
            case 0 -> node.cases().start(process, null, variables, "p1", ACTOR, key);
            default -> node.cases().perform(caseId, new Command.CompleteTask(task(), variables), ACTOR, key);
        };
        if (!(answer instanceof Answer.Done done)) {
            throw new IllegalStateException("client " + number + ", act " + act + ": " + answer);
        }
        caseId = done.caseId();
        return new Done(number, act++, caseId, done.seq());
    }

    /** The open task; after a crash perhaps the one behind it, and the key says that the act has happened. */
    private int task() {
        var open = node.tasks().ofCase(caseId);
        return open.isEmpty() ? 0 : open.getFirst().step();
    }

    private static UUID key(int client, int act) {
        return UUID.nameUUIDFromBytes(mark(client, act).getBytes(StandardCharsets.UTF_8));
    }

    private static String mark(int client, int act) {
        return "act-" + client + "-" + act;
    }
}
