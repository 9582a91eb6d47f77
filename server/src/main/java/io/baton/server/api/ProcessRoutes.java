package io.baton.server.api;

import io.baton.engine.Preflight;
import io.baton.engine.Roster;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.ProcessModel;
import io.baton.server.Node;
import io.baton.server.api.Views.DeployedView;
import io.baton.server.api.Views.FindingView;
import io.baton.server.api.Views.NodeView;
import io.baton.server.api.Views.PreflightView;
import io.baton.server.api.Views.ProcessDetail;
import io.baton.server.api.Views.ProcessView;
import io.baton.server.api.Views.VersionView;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.cases.Cases;
import io.baton.server.directory.Directory;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Deployments.Version;
import io.baton.server.processes.RefusedDeployment;
import io.baton.server.processes.Sources;
import io.baton.server.session.Caller;
import io.baton.server.web.Page;
import io.baton.server.web.Problem;
import io.baton.server.web.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Processes over HTTP: deploying them, what they look like, and what would go wrong with a case of one. */
@RestController
final class ProcessRoutes {

    private final Deployments deployments;
    private final Starts starts;
    private final JdbcClient database;
    private final Audit audit;
    private final Directory directory;
    private final Supplier<Roster> roster;
    private final Clock clock;

    ProcessRoutes(Node node, Directory directory) {
        this.deployments = node.deployments();
        this.starts = new Starts(node.deployments(), directory);
        this.database = node.jdbc();
        this.audit = node.audit();
        this.directory = directory;
        this.roster = node.rosters()::current;
        this.clock = node.clock();
    }

    @GetMapping("/api/processes")
    Page<ProcessView> list(Caller caller) {
        var open = openCases();
        return new Page<>(
                deployments.newestVersions().stream()
                        .map(version -> new ProcessView(
                                version.key(),
                                version.label(),
                                version.prefix(),
                                version.version(),
                                version.deployedAt(),
                                startForm(version),
                                open.getOrDefault(version.key(), 0L),
                                deployments.startsByHand(version.id()),
                                starts.may(deployments.requireModel(version.id()), caller)))
                        .toList(),
                null);
    }

    private Map<String, Long> openCases() {
        var open = new java.util.LinkedHashMap<String, Long>();
        database.sql("""
                        select p.key, count(*) from cases c join process p on p.id = c.process_id
                        where c.ended_at is null group by p.key""").query(row -> {
            open.put(row.getString(1), row.getLong(2));
        });
        return open;
    }

    /** A form called {@code KEY-start} asks for what a case needs when a person starts it. */
    private @Nullable String startForm(Version version) {
        var name = version.key() + "-start";
        return deployments.form(version.id(), name).isPresent() ? name : null;
    }

    @PostMapping("/api/processes")
    ResponseEntity<List<DeployedView>> deploy(@RequestParam("file") List<MultipartFile> uploads, Caller caller)
            throws IOException {
        try {
            var sources = Sources.of(DesignRoutes.files(uploads));
            var deployed = deployed(sources, caller).stream()
                    .map(each -> new DeployedView(
                            each.version().key(),
                            each.version().label(),
                            each.version().version(),
                            each.version().deployedAt(),
                            each.unchanged()))
                    .toList();
            return ResponseEntity.status(HttpStatus.CREATED).body(deployed);
        } catch (RefusedDeployment e) {
            throw ProblemException.invalid(e.problems().stream()
                    .map(problem -> new Problem.FieldError(
                            problem.element() == null ? problem.file() : problem.element(), problem.toString()))
                    .toList());
        }
    }

    private List<Deployments.Deployed> deployed(Sources sources, Caller caller) {
        return audit.within(() -> {
            var all = deployments.deploy(sources, caller.person());
            for (var each : all) {
                if (!each.unchanged()) {
                    var version = each.version();
                    var what = Audit.What.subject(version.key()).with("version " + version.version());
                    audit.add(caller.who(), Act.PROCESS_DEPLOYED, what);
                }
            }
            return all;
        });
    }

    @GetMapping("/api/processes/{key}")
    ProcessDetail read(@PathVariable String key, Caller caller) {
        var newest = newest(key);
        var model = deployments.requireModel(newest.id());
        var versions = deployments.versions(key);
        var names =
                Names.of(directory, versions.stream().map(Version::deployedBy).toList(), List.of());
        return new ProcessDetail(
                newest.key(),
                newest.label(),
                newest.prefix(),
                newest.version(),
                versions.stream()
                        .map(version -> new VersionView(
                                version.version(), version.deployedAt(), names.person(version.deployedBy())))
                        .toList(),
                model.nodes().stream().map(node -> node(model, node)).toList(),
                startForm(newest),
                deployments.startsByHand(newest.id()),
                starts.may(model, caller),
                starts.of(model));
    }

    record PreflightBody(
            @Nullable Map<String, @Nullable Object> variables,
            @Nullable String owner) {}

    /** What would go wrong with a case started like this; nothing is started. */
    @PostMapping("/api/processes/{key}/preflight")
    PreflightView preflight(@PathVariable String key, @RequestBody PreflightBody body, Caller caller) {
        var model = deployments.requireModel(newest(key).id());
        var owner = Input.orNull(body.owner()) == null ? caller.person() : String.valueOf(body.owner());
        var variables = Input.only(input -> input.variables(body.variables()));
        var findings = Preflight.of(model, variables, owner, clock.instant(), roster.get());
        var names = Names.of(
                directory,
                findings.stream().map(Preflight.Finding::person).toList(),
                findings.stream().map(Preflight.Finding::team).toList());
        return new PreflightView(
                findings.stream().map(finding -> view(finding, model, names)).toList());
    }

    private static FindingView view(Preflight.Finding finding, ProcessModel model, Names names) {
        var node = finding.node();
        return new FindingView(
                finding.kind().name(),
                finding.kind().severity().name(),
                node,
                node == null ? null : model.node(node).element().label(),
                Sentences.of(finding, model, names),
                finding.kind().suggestion(),
                names.person(finding.person()),
                names.party(finding.team()),
                finding.at());
    }

    private static NodeView node(ProcessModel model, FlowNode node) {
        return new NodeView(
                node.id(),
                node.element().name(),
                Cases.type(node),
                node.element().party(),
                node instanceof FlowNode.UserTask task ? model.policy(task.assignment()) : null);
    }

    @GetMapping(value = "/api/processes/{key}/versions/{version}/bpmn", produces = MediaType.APPLICATION_XML_VALUE)
    ResponseEntity<byte[]> bpmn(@PathVariable String key, @PathVariable int version) {
        var found = deployments
                .find(key, version)
                .orElseThrow(() -> ProblemException.notFound(
                        "NoSuchProcess", "There is no version " + version + " of a process '" + key + "'."));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .body(deployments.bpmn(found.id()).getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping(value = "/api/processes/{key}/forms/{form}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> form(
            @PathVariable String key,
            @PathVariable String form,
            @RequestParam(required = false) @Nullable Integer version) {
        var found =
                version == null ? newest(key) : deployments.find(key, version).orElseGet(() -> newest(key));
        var body = deployments
                .form(found.id(), form)
                .orElseThrow(() -> ProblemException.notFound(
                        "NoSuchForm", "The process '" + key + "' has no form '" + form + "'."));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body.getBytes(StandardCharsets.UTF_8));
    }

    private Version newest(String key) {
        return deployments
                .newestVersion(key)
                .orElseThrow(() -> ProblemException.notFound("NoSuchProcess", "No process '" + key + "' is deployed."));
    }
}
