package io.baton.engine;

import io.baton.engine.model.ProcessModel;
import org.jspecify.annotations.Nullable;

/** The deployed processes as the engine sees them: each version has a number of its own and never changes. */
public interface Processes {

    /** Null for a number that was never deployed. */
    @Nullable
    ProcessModel model(int process);

    /** The number of the newest version of a process, or -1. */
    int newest(String key);
}
