package io.baton.server.crash;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.Databases;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A process of its own with a node, a durable embedded PostgreSQL and some clients, made to be killed. It says each
 * acknowledged act in one line. The first half runs in the test, {@link #main} in the child.
 */
final class Victim implements AutoCloseable {

    /** A line that the kill cut off has no point at its end. */
    private static final Pattern DONE = Pattern.compile("done (\\d+) (\\d+) (\\d+) (\\d+) \\.");

    private final Path folder;
    private final Process process;
    private final BufferedReader said;
    private final List<String> other = new ArrayList<>();

    private Victim(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A new folder, which PostgreSQL's own user may pass through. */
    static Path folder() throws IOException {
        return Files.createTempDirectory(
                "baton-kills-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** {@code last}: the latest acknowledged act of each client. */
    static Victim start(Path folder, int clients, Map<Integer, Client.Done> last) throws IOException {
        var arguments = new ArrayList<>(List.of(Integer.toString(clients)));
        last.values().forEach(done -> arguments.add(line(done)));
        return start(folder, Victim.class, arguments);
    }

    /** Another program that works on this folder, and says what is done in the same way. */
    static Victim start(Path folder, Class<?> program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName(), folder.toString()));
        command.addAll(arguments);
        return new Victim(
                folder, new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Reads acknowledgements until there are so many, kills, and adds those that were on their way. */
    List<Client.Done> doneUntilKilled(int count, boolean postgresToo) throws IOException {
        var done = new ArrayList<Client.Done>();
        String line;
        while (done.size() < count) {
            line = said.readLine();
            if (line == null) {
                throw new AssertionError("The child ended by itself:\n" + String.join("\n", other));
            }
            add(line, done);
        }
        if (postgresToo) {
            servers().forEach(ProcessHandle::destroyForcibly);
        }
        process.toHandle().destroyForcibly(); // the process itself would drop what is still in the pipe
        while ((line = said.readLine()) != null) {
            add(line, done);
        }
        process.onExit().join();
        return done;
    }

    private void add(String line, List<Client.Done> done) {
        var matcher = DONE.matcher(line);
        if (matcher.matches()) {
            done.add(parse(line));
        } else {
            other.add(line);
        }
    }

    /** PostgreSQL's processes on this folder, which live in it. */
    private List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(each -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc", Long.toString(each.pid()), "cwd"))
                                .startsWith(folder);
                    } catch (IOException goneMeanwhile) {
                        return false;
                    }
                })
                .toList();
    }

    static String line(Client.Done done) {
        return "done %d %d %d %d .".formatted(done.client(), done.act(), done.caseId(), done.seq());
    }

    private static Client.Done parse(String line) {
        var matcher = DONE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(line);
        }
        return new Client.Done(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Integer.parseInt(matcher.group(4)));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The child's own program. It never ends by itself. */
    static void main(String[] args) {
        var last = new LinkedHashMap<Integer, Client.Done>();
        for (int i = 2; i < args.length; i++) {
            var done = parse(args[i]);
            last.put(done.client(), done);
        }
        var node = new Node(Databases.open(null, Path.of(args[0])), LocalWorkers.NONE, Clock.systemUTC());
        node.startPumps();
        var process = node.deployments()
                .deploy(TestProcess.twoTasks().sources(), "p1")
                .getFirst()
                .version()
                .id();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            var client = new Client(node, process, i, last.get(i));
            Thread.ofPlatform().start(() -> {
                while (true) {
                    say(line(client.act()));
                }
            });
        }
    }

    /** One write to the pipe a line: the kill comes between lines or cuts one off, it mixes none. */
    static synchronized void say(String line) {
        try {
            OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
}
