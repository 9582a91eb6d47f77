package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.Items;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.RefusedDeployment;
import io.baton.server.processes.Sources;
import io.baton.server.web.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** What the designer needs beside deploying: the files of a version, and what is wrong with files that are not deployed yet. */
@RestController
final class DesignRoutes {

    private final Deployments deployments;

    DesignRoutes(Node node) {
        this.deployments = node.deployments();
    }

    /** {@code line} and {@code column} count from 1; 0 where the problem has no place in its file. */
    record ProblemView(String file, @Nullable String element, String reason, int line, int column) {}

    /** Says all that deploying these files would refuse; nothing is deployed. */
    @PostMapping("/api/processes/check")
    Items<ProblemView> check(@RequestParam("file") List<MultipartFile> uploads) throws IOException {
        try {
            var _ = Sources.of(files(uploads));
            return new Items<>(List.of());
        } catch (RefusedDeployment e) {
            return new Items<>(problems(e));
        }
    }

    static List<ProblemView> problems(RefusedDeployment refused) {
        return refused.problems().stream()
                .map(each -> new ProblemView(each.file(), each.element(), each.reason(), each.line(), each.column()))
                .toList();
    }

    static List<Sources.File> files(List<MultipartFile> uploads) throws IOException {
        var files = new ArrayList<Sources.File>();
        for (var upload : uploads) {
            var name = upload.getOriginalFilename();
            files.add(new Sources.File(name == null ? "" : name, upload.getBytes()));
        }
        return files;
    }

    /** {@code name} as it can be deployed again: {@code KEY.bpmn}, {@code NAME.form}, {@code NAME.dmn}. */
    record FileView(String name, String body) {}

    @GetMapping("/api/processes/{key}/versions/{version}/files")
    Items<FileView> files(@PathVariable String key, @PathVariable int version) {
        var found = deployments
                .find(key, version)
                .orElseThrow(() -> ProblemException.notFound(
                        "NoSuchProcess", "There is no version " + version + " of a process '" + key + "'."));
        return new Items<>(deployments.files(found.id()).stream()
                .map(file -> new FileView(file.name(), file.body()))
                .toList());
    }
}
