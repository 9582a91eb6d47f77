package io.baton.server.database;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of PostgreSQL's programs as a child process that cannot outlive this JVM. On Linux that is PDEATHSIG, which the
 * kernel ties to the parent's <em>thread</em>: so each program is started by a platform thread of its own that waits
 * for it to the end.
 */
final class Postmaster {

    /**
     * glibc's malloc gives a session's memory back to the kernel after every command and fetches it again with the next,
     * a quarter of the time of a small command here. Each session keeps up to 4 MiB instead.
     */
    private static final Map<String, String> MEMORY =
            Map.of("MALLOC_TRIM_THRESHOLD_", "4194304", "MALLOC_TOP_PAD_", "1048576");

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration FAST_SHUTDOWN_MAX = Duration.ofSeconds(60);
    private static final Duration IMMEDIATE_SHUTDOWN_MAX = Duration.ofSeconds(10);

    private final Process process;
    private final OutputStream leash;
    private final boolean watched;
    private volatile boolean stopping;

    private Postmaster(Process process, boolean watched) {
        this.process = process;
        this.leash = process.getOutputStream();
        this.watched = watched;
    }

    static Postmaster start(RunAs runAs, List<String> program, File output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(runAs.command(program))
                .redirectErrorStream(true)
                .redirectOutput(output);
        String path = System.getenv("PATH");
        builder.environment().clear(); // no PGPORT, PGOPTIONS, LANG or secret of ours reaches the server
        builder.environment().put("PATH", path == null ? "/usr/bin:/bin:/usr/sbin:/sbin" : path);
        builder.environment().put("LC_ALL", "C");
        MEMORY.forEach(builder.environment()::put);
        builder.environment()
                .put("PG_GRANDPARENT_PID", Long.toString(ProcessHandle.current().pid()));
        var started = new CompletableFuture<Postmaster>();
        Thread.ofPlatform().daemon().name("postgres").start(() -> {
            try {
                Process process = builder.start();
                Postmaster postmaster = new Postmaster(process, runAs.watched());
                started.complete(postmaster);
                process.waitFor();
            } catch (IOException e) {
                started.completeExceptionally(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody interrupts this thread", e);
            }
        });
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new IOException("Cannot run " + program.getFirst(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting PostgreSQL", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the program to end by itself. */
    int waitFor() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for PostgreSQL", e);
        }
    }

    /** Has {@code act} run when the program ends though nobody asked it to. */
    void whenItEndsByItself(Runnable act) {
        var _ = process.onExit().thenAccept(ended -> {
            if (!stopping) {
                act.run();
            }
        });
    }

    /** Fast shutdown: open transactions are rolled back, everything is written. Harsher when that takes too long. */
    void stop() {
        stopping = true;
        interrupt();
        if (endsWithin(FAST_SHUTDOWN_MAX)) {
            return;
        }
        LOG.warn("PostgreSQL did not stop within {}; stopping it at once, the next start recovers", FAST_SHUTDOWN_MAX);
        signal("QUIT");
        if (!endsWithin(IMMEDIATE_SHUTDOWN_MAX)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void interrupt() {
        if (watched) {
            try {
                leash.close();
            } catch (IOException alreadyGone) {
                LOG.debug("PostgreSQL's watcher is gone", alreadyGone);
            }
        } else {
            signal("INT");
        }
    }

    /** Java itself can only send TERM, which PostgreSQL takes as: wait until every client has left. */
    private void signal(String name) {
        if (!process.isAlive()) {
            return;
        }
        long pid =
                watched ? process.children().findFirst().map(ProcessHandle::pid).orElse(process.pid()) : process.pid();
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            LOG.warn("Cannot send PostgreSQL the signal {}", name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean endsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
