package io.baton.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A worker that cannot do its work. */
class WorkerProcessTest {

    @Test
    void showsWhatTheJvmPrintedWhenItEnds() {
        var toy = new ContenderSpec("toy", System.getProperty("java.class.path"), 1);
        var nowhere = new Database("jdbc:postgresql://127.0.0.1:1/nowhere");
        assertThatThrownBy(() -> WorkerProcess.start(toy, nowhere, 1))
                .hasMessageContaining("toy: Its JVM ended")
                .hasMessageContaining("Connection to 127.0.0.1:1 refused");
    }
}
