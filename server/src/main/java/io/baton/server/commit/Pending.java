package io.baton.server.commit;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A command on its way through the committer, and the one who waits for its answer. Confined to its lane. */
final class Pending {

    final Request request;
    final CompletableFuture<Answer> future = new CompletableFuture<>();

    @Nullable
    Answer answer;

    @Nullable
    Throwable failure;

    Pending(Request request) {
        this.request = request;
    }

    /** Before another attempt. */
    void reset() {
        answer = null;
        failure = null;
    }

    void complete() {
        if (failure != null) {
            future.completeExceptionally(failure);
        } else {
            future.complete(answer);
        }
    }
}
