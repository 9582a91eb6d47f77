package io.baton.server.processes;

import io.baton.engine.model.ProcessModel;
import java.util.List;

public record Sources(String bpmn, List<Resource> resources, List<ProcessModel> models, byte[] digest) {
    public record Resource(String kind, String name, String body) {}

    static ProcessModel compileStored(String key, String bpmn, List<Resource> resources) {
        throw new UnsupportedOperationException();
    }
}
