package io.baton.server.processes;

import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.FlowNode.StartEvent;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The deployed processes. A version never changes and is never removed, so its compiled model may stay in memory; which
 * versions there are is read again when another node may have deployed one.
 */
public final class Deployments implements Versions {

    /** One version of a process. */
    public record Version(
            int id,
            String key,
            int version,
            @Nullable String name,
            String prefix,
            Instant deployedAt,
            String deployedBy) {
        /** What people call the process. */
        public String label() {
            return name == null ? key : name;
        }
    }

    /** {@code unchanged}: these very files were the newest version already. */
    public record Deployed(Version version, boolean unchanged) {}

    /** A file of a deployed version. */
    public record SourceFile(String name, String body) {}

    /** A process that a message starts. */
    public record MessageStart(int process, String node, String deployedBy) {}

    private record Known(List<Version> versions, Map<Integer, Version> byId, Map<String, Version> newest) {
        static Known of(List<Version> versions) {
            var byId = new HashMap<Integer, Version>();
            var newest = new HashMap<String, Version>();
            for (var version : versions) {
                byId.put(version.id(), version);
                newest.merge(version.key(), version, (a, b) -> a.version() > b.version() ? a : b);
            }
            return new Known(versions, byId, newest);
        }
    }

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Map<Integer, ProcessModel> models = new ConcurrentHashMap<>();
    private volatile Known known = Known.of(List.of());

    public Deployments(JdbcClient database, TransactionTemplate transaction, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
        refresh();
    }

    /** Reads which versions there are; cheap, one row a version. */
    public void refresh() {
        known = Known.of(
                database.sql("select id, key, version, name, prefix, deployed_at, deployed_by from process order by id")
                        .query((row, _) -> new Version(
                                row.getInt(1),
                                row.getString(2),
                                row.getInt(3),
                                row.getString(4),
                                row.getString(5),
                                row.getTimestamp(6).toInstant(),
                                row.getString(7)))
                        .list());
    }

    // The engine's view

    @Override
    public @Nullable ProcessModel model(int process) {
        var model = models.get(process);
        if (model != null) {
            return model;
        }
        return version(process).map(this::load).orElse(null);
    }

    @Override
    public int newest(String key) {
        var newest = known.newest().get(key);
        return newest == null ? -1 : newest.id();
    }

    private ProcessModel load(Version version) {
        return models.computeIfAbsent(
                version.id(), id -> Sources.compileStored(version.key(), bpmn(id), resources(id)));
    }

    // Look-ups

    public Optional<Version> version(int process) {
        var version = known.byId().get(process);
        if (version == null) {
            refresh();
            version = known.byId().get(process);
        }
        return Optional.ofNullable(version);
    }

    @Override
    public Version require(int process) {
        return version(process)
                .orElseThrow(() -> new IllegalStateException("process version " + process + " is not deployed"));
    }

    public Optional<Version> newestVersion(String key) {
        var newest = known.newest().get(key);
        if (newest == null) {
            refresh();
            newest = known.newest().get(key);
        }
        return Optional.ofNullable(newest);
    }

    public Optional<Version> find(String key, int version) {
        return known.versions().stream()
                .filter(each -> each.key().equals(key) && each.version() == version)
                .findFirst();
    }

    /** The newest version of each process, by name. */
    public List<Version> newestVersions() {
        return known.newest().values().stream()
                .sorted(Comparator.comparing(Version::label).thenComparing(Version::key))
                .toList();
    }

    public List<Version> versions(String key) {
        return known.versions().stream().filter(each -> each.key().equals(key)).toList();
    }

    public List<Integer> ids() {
        return known.versions().stream().map(Version::id).toList();
    }

    public List<Integer> ids(String key) {
        return versions(key).stream().map(Version::id).toList();
    }

    public @Nullable MessageStart messageStart(String message) {
        for (var version : newestVersions()) {
            for (var start : requireModel(version.id()).startEvents(Element.PROCESS)) {
                if (start.trigger() instanceof Trigger.Message trigger
                        && trigger.name().equals(message)) {
                    return new MessageStart(version.id(), start.id(), version.deployedBy());
                }
            }
        }
        return null;
    }

    public String bpmn(int process) {
        return database.sql("select bpmn from process where id = ?")
                .param(process)
                .query(String.class)
                .single();
    }

    @Override
    public Optional<String> form(int process, String name) {
        return database.sql("select body from resource where process_id = ? and kind = 'form' and name = ?")
                .param(process)
                .param(name)
                .query(String.class)
                .optional();
    }

    /** The files of a version, named as they can be deployed again; the BPMN file first. */
    public List<SourceFile> files(int process) {
        var files = new ArrayList<SourceFile>();
        files.add(new SourceFile(require(process).key() + ".bpmn", bpmn(process)));
        for (var resource : resources(process)) {
            files.add(new SourceFile(resource.fileName(), resource.body()));
        }
        return files;
    }

    private List<Sources.Resource> resources(int process) {
        return database.sql("select kind, name, body from resource where process_id = ? order by kind, name")
                .param(process)
                .query((row, _) -> new Sources.Resource(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    // Deploying

    /** All processes of the file, or none. Files equal to the newest version deploy nothing new. */
    public List<Deployed> deploy(Sources sources, String by) {
        var deployed = transaction.execute(_ -> {
            // Two deployments at once would both count on from the same version.
            database.sql("lock table process in share row exclusive mode").update();
            var each = new ArrayList<Deployed>();
            for (var model : sources.models()) {
                each.add(deploy(model, sources, by));
            }
            return each;
        });
        refresh();
        return deployed == null ? List.of() : deployed;
    }

    private Deployed deploy(ProcessModel model, Sources sources, String by) {
        var newest = database.sql(
                        "select id, version, digest, deployed_at, deployed_by from process where key = ? order by version desc limit 1")
                .param(model.key())
                .query((row, _) -> Map.entry(
                        new Version(
                                row.getInt(1),
                                model.key(),
                                row.getInt(2),
                                model.name(),
                                model.prefix(),
                                row.getTimestamp(4).toInstant(),
                                row.getString(5)),
                        row.getBytes(3)))
                .optional();
        if (newest.isPresent() && java.util.Arrays.equals(newest.get().getValue(), sources.digest())) {
            return new Deployed(newest.get().getKey(), true);
        }
        var number = newest.map(entry -> entry.getKey().version() + 1).orElse(1);
        var now = clock.instant();
        var id = database.sql("""
                        insert into process (key, version, name, prefix, digest, bpmn, deployed_at, deployed_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?) returning id""")
                .param(model.key())
                .param(number)
                .param(model.name())
                .param(model.prefix())
                .param(sources.digest())
                .param(sources.bpmn())
                .param(now.atOffset(ZoneOffset.UTC))
                .param(by)
                .query(Integer.class)
                .single();
        for (var resource : sources.resources()) {
            database.sql("insert into resource (process_id, kind, name, body) values (?, ?, ?, ?)")
                    .param(id)
                    .param(resource.kind())
                    .param(resource.name())
                    .param(resource.body())
                    .update();
        }
        StartTimers.replace(database, model, id, now);
        return new Deployed(new Version(id, model.key(), number, model.name(), model.prefix(), now, by), false);
    }

    /** Whether a person may start a case of this process by hand. */
    public boolean startsByHand(int process) {
        return requireModel(process).plainStart() != null;
    }

    static List<StartEvent> timerStarts(ProcessModel model) {
        return model.startEvents(Element.PROCESS).stream()
                .filter(start -> start.trigger() instanceof Trigger.Timer)
                .toList();
    }
}
