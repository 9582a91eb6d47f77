package io.baton.server.processes;

import io.baton.engine.Processes;
import io.baton.engine.model.ProcessModel;
import io.baton.server.processes.Deployments.Version;
import java.util.Optional;

/** Versions of processes by their number, with what they are called and their forms: what is deployed, or a draft beside it. */
public interface Versions extends Processes {

    /** One that there is: a case has it. */
    Version require(int process);

    Optional<String> form(int process, String name);

    default ProcessModel requireModel(int process) {
        var model = model(process);
        if (model == null) {
            throw new IllegalStateException("process version " + process + " is not deployed");
        }
        return model;
    }

    default String prefix(int process) {
        return require(process).prefix();
    }
}
