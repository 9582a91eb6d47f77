package io.baton.server.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As whom PostgreSQL's programs run, and what ends them when Baton dies. PostgreSQL refuses to run as root, so root
 * lends it another identity; the way is found by trying, as containers forbid some ways.
 *
 * @param prefix words before the program's own command line
 * @param watched the prefix cannot tie the program's life to ours (PDEATHSIG), so a shell watches over it
 * @param owner who must own the cluster's files, or null when that is simply us
 */
record RunAs(List<String> prefix, boolean watched, @Nullable Owner owner) {

    private static final int NOBODY = 65534;

    /**
     * Runs "$@" and interrupts it when our end of the pipe on its standard input closes, which the kernel does for us
     * even after kill -9. It runs apart from the terminal's Ctrl-C where the shell can do that.
     */
    private static final String WATCH = """
            trap '' INT TERM HUP
            exec 3<&0 </dev/null
            set -m 2>/dev/null || :
            "$@" 3<&- &
            program=$!
            (while read -r _; do :; done; kill -INT $program) <&3 >/dev/null 2>&1 &
            watcher=$!
            exec 3<&-
            wait $program
            status=$?
            kill -9 $watcher 2>/dev/null
            exit $status
            """;

    RunAs {
        prefix = List.copyOf(prefix);
    }

    /** A user and a group, by number: they need not have a name on this machine. */
    record Owner(int uid, int gid) {

        static Owner of(Path file) {
            try {
                return new Owner((int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS), (int)
                        Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static boolean iAmRoot() {
        return new UnixSystem().getUid() == 0;
    }

    /** The ways worth trying on this machine, best first. */
    static List<RunAs> ways(DataFolder folder) {
        List<String> apart = List.of("setsid"); // out of reach of the terminal's Ctrl-C: we stop it ourselves, last
        List<String> tied = List.of("setpriv", "--pdeathsig", "INT", "--");
        if (!iAmRoot()) {
            return List.of(
                    new RunAs(joined(List.of(apart, tied)), false, null),
                    new RunAs(apart, true, null),
                    new RunAs(List.of(), true, null));
        }
        Owner owner = lentIdentity(folder);
        List<String> lent = List.of(
                "setpriv",
                "--reuid=" + owner.uid(),
                "--regid=" + owner.gid(),
                "--clear-groups",
                "--pdeathsig",
                "INT",
                "--");
        // In a user namespace of its own the program is nobody, while its files are still root's.
        List<String> namespace = List.of("unshare", "-U", "--");
        Owner root = new Owner(0, 0);
        return List.of(
                new RunAs(joined(List.of(apart, lent)), false, owner),
                new RunAs(joined(List.of(apart, namespace, tied)), false, root),
                new RunAs(joined(List.of(apart, namespace)), true, root),
                new RunAs(namespace, true, root));
    }

    /** The first way that gets an unprivileged process to the program and to the data folder. */
    static RunAs choose(List<RunAs> ways, Path program, Path dataFolder) {
        for (RunAs way : ways) {
            if (way.works(program, dataFolder)) {
                return way;
            }
        }
        throw new DatabaseRefused(
                "Baton cannot start its own PostgreSQL in " + dataFolder,
                "PostgreSQL does not run as root, and neither setpriv nor unshare gives it another identity that can"
                        + " reach that folder and " + program,
                "Start Baton as a normal user, or let others enter the folders above (chmod o+x), or set"
                        + " BATON_DATABASE_URL");
    }

    private static Owner lentIdentity(DataFolder folder) {
        if (folder.hasCluster()) {
            Owner existing = Owner.of(folder.cluster());
            if (existing.uid() != 0) {
                return existing;
            }
        }
        return new Owner(NOBODY, NOBODY);
    }

    private boolean works(Path program, Path dataFolder) {
        List<String> probe = new ArrayList<>(prefix);
        probe.addAll(List.of("sh", "-c", "test \"$(id -u)\" != 0 && test -x \"$1\" && test -x \"$2\"", "probe"));
        probe.addAll(List.of(program.toString(), dataFolder.toString()));
        try {
            Process process = new ProcessBuilder(probe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return process.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting PostgreSQL", e);
        }
    }

    /** The command line that runs {@code program} this way. */
    List<String> command(List<String> program) {
        return watched
                ? joined(List.of(prefix, List.of("sh", "-c", WATCH, "baton-postgres"), program))
                : joined(List.of(prefix, program));
    }

    /** Gives a file or tree to the identity that the program runs as; only root ever has to. */
    void own(Path top) throws IOException {
        if (owner == null || Owner.of(top).equals(owner)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(top)) {
            // The top last: it says that all of the rest is done.
            for (Path file :
                    tree.sorted((a, b) -> b.getNameCount() - a.getNameCount()).toList()) {
                Files.setAttribute(file, "unix:uid", owner.uid(), LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", owner.gid(), LinkOption.NOFOLLOW_LINKS);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<String> joined(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
