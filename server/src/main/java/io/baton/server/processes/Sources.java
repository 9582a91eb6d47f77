package io.baton.server.processes;

import io.baton.engine.bpmn.BpmnReader;
import io.baton.engine.expression.Decision;
import io.baton.engine.expression.Decisions;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.xml.Xml;
import io.baton.server.processes.RefusedDeployment.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of one deployment, read and checked: a BPMN file, the forms and the decisions that it names. What comes out
 * can be executed; what cannot is a {@link RefusedDeployment} with every problem of every file.
 */
public final class Sources {

    static final String FORM = "form";
    static final String DECISION = "decision";

    static final int FILES_MAX = 200;
    private static final int FORM_BYTES_MAX = 1_000_000;
    private static final int NAME_LENGTH_MAX = 255;

    /** A file as it came. */
    public record File(String name, byte[] content) {}

    record Resource(String kind, String name, String body) {
        String fileName() {
            return kind.equals(FORM) ? name + ".form" : name;
        }
    }

    private final List<Problem> problems = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final SequencedMap<String, Decision> decisions = new LinkedHashMap<>();
    private final Set<String> forms = new LinkedHashSet<>();
    private List<ProcessModel> models = List.of();
    private String bpmn = "";
    private byte[] digest = {};

    private Sources() {}

    /** Whether a file of this name is part of a process. */
    public static boolean isPart(String name) {
        return name.endsWith(".bpmn") || name.endsWith(".form") || name.endsWith(".dmn");
    }

    /** How large a file of this name may be. */
    static int bytesMax(String name) {
        return name.endsWith(".form") ? FORM_BYTES_MAX : Xml.BYTES_MAX;
    }

    public static Sources of(List<File> files) {
        var sources = new Sources();
        sources.read(files);
        if (!sources.problems.isEmpty()) {
            throw new RefusedDeployment(sources.problems);
        }
        return sources;
    }

    public List<ProcessModel> models() {
        return models;
    }

    Optional<String> form(String name) {
        return resources.stream()
                .filter(resource ->
                        resource.kind().equals(FORM) && resource.name().equals(name))
                .map(Resource::body)
                .findFirst();
    }

    List<Resource> resources() {
        return resources;
    }

    String bpmn() {
        return bpmn;
    }

    byte[] digest() {
        return digest.clone();
    }

    private void read(List<File> files) {
        if (files.size() > FILES_MAX) {
            problem("", "Expected at most " + FILES_MAX + " files");
            return;
        }
        var sorted = files.stream().sorted(Comparator.comparing(File::name)).toList();
        for (var file : sorted) {
            if (file.content().length > bytesMax(file.name())) {
                problem(file.name(), "Expected at most " + bytesMax(file.name()) + " bytes");
                return;
            }
        }
        File process = null;
        for (var file : sorted) {
            if (file.name().endsWith(".bpmn")) {
                if (process != null) {
                    problem(
                            file.name(),
                            "Expected one BPMN file in a deployment, but '" + process.name() + "' is another");
                }
                process = file;
            } else if (file.name().endsWith(".dmn")) {
                readDecisions(file);
            } else if (file.name().endsWith(".form")) {
                readForm(file);
            } else {
                problem(file.name(), "Expected a .bpmn, .form or .dmn file");
            }
        }
        if (process == null) {
            problem("", "Expected a BPMN file (.bpmn), but there is none");
            return;
        }
        readProcess(process);
        digest = digest(sorted);
    }

    private void readProcess(File file) {
        var text = text(file);
        if (text == null) {
            return;
        }
        bpmn = text;
        switch (BpmnReader.read(file.content(), decisions, forms)) {
            case BpmnReader.Result.Read(var processes) -> models = processes;
            case BpmnReader.Result.Refused(var found) ->
                found.forEach(problem -> problems.add(new Problem(
                        file.name(),
                        problem.element(),
                        problem.reason(),
                        problem.place().line(),
                        problem.place().column())));
        }
    }

    private void readDecisions(File file) {
        switch (Decisions.read(file.content())) {
            case Decisions.Read.Refused(var found) ->
                found.forEach(problem -> problems.add(new Problem(
                        file.name(),
                        problem.element(),
                        problem.reason(),
                        problem.place().line(),
                        problem.place().column())));
            case Decisions.Read.Ready(var ready) -> {
                ready.forEach(decision -> decisions.put(decision.key(), decision));
                resources.add(new Resource(DECISION, file.name(), String.valueOf(text(file))));
            }
        }
    }

    private void readForm(File file) {
        var key = file.name().substring(0, file.name().length() - ".form".length());
        var text = text(file);
        if (text == null) {
            return;
        }
        if (key.isEmpty() || key.length() > NAME_LENGTH_MAX) {
            problem(file.name(), "Expected a form with a name of at most " + NAME_LENGTH_MAX + " characters");
            return;
        }
        try {
            JsonNode form = JsonMapper.shared().readTree(text);
            if (!form.isObject() || !form.path("components").isArray()) {
                problem(file.name(), "Expected a form-js schema: an object with a list of 'components'");
            } else if (!form.path("id").asString(key).equals(key)) {
                problem(file.name(), "Expected the form's id to be its file's name, '" + key + "'");
            }
        } catch (JacksonException e) {
            problem(file.name(), "Expected JSON: " + e.getOriginalMessage());
        }
        forms.add(key);
        resources.add(new Resource(FORM, key, text));
    }

    private @Nullable String text(File file) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.content()))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException _) {
            // answered below, like a file with a NUL
        }
        problem(file.name(), "Expected text in UTF-8");
        return null;
    }

    private void problem(String file, String reason) {
        problems.add(new Problem(file, null, reason, 0, 0));
    }

    private static byte[] digest(List<File> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files) {
                digest.update(ByteBuffer.allocate(8)
                        .putInt(file.name().length())
                        .putInt(file.content().length)
                        .flip());
                digest.update(file.name().getBytes(StandardCharsets.UTF_8));
                digest.update(file.content());
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What was deployed once is compiled again; that it was accepted then does not mean that it is now. */
    static ProcessModel compileStored(String key, String bpmn, List<Resource> resources) {
        var files = new ArrayList<File>();
        files.add(new File(key + ".bpmn", bpmn.getBytes(StandardCharsets.UTF_8)));
        for (var resource : resources) {
            var name = resource.fileName();
            files.add(new File(name, resource.body().getBytes(StandardCharsets.UTF_8)));
        }
        return of(files).models().stream()
                .filter(model -> model.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the stored file of '" + key + "' does not hold it"));
    }
}
