package io.baton.server.play;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.engine.Event;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one play may cost: each limit is reached, and only then ends it. */
class EffortTest {

    private final AtomicLong nanos = new AtomicLong(17);
    private final Effort effort = new Effort(nanos::get);

    @Test
    void endsAPlayThatTakesTooLong() {
        nanos.addAndGet(Effort.TIME_MAX.toNanos());
        assertThatCode(effort::command).doesNotThrowAnyException();
        nanos.incrementAndGet();
        assertThatThrownBy(effort::command).isInstanceOf(Exhausted.class).hasMessageContaining("5 seconds");
    }

    @Test
    void endsAPlayOfTooManyCommands() {
        for (int i = 0; i < Effort.COMMANDS_MAX; i++) {
            effort.command();
        }
        assertThatThrownBy(effort::command).isInstanceOf(Exhausted.class);
    }

    @Test
    void endsAPlayOfTooManyEvents() {
        effort.caused(Collections.nCopies(Effort.EVENTS_MAX, new Event.TimerFired(1)));
        assertThatThrownBy(() -> effort.caused(List.of(new Event.TimerFired(1))))
                .isInstanceOf(Exhausted.class);
    }

    @Test
    void endsAPlayThatWritesTooMuch() {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put("x", "y".repeat((int) (Effort.VARIABLES_SIZE_MAX / 10)));
        var set = new Event.VariablesSet(0, variables);
        effort.caused(Collections.nCopies(9, set));
        assertThatThrownBy(() -> effort.caused(List.of(set, set))).isInstanceOf(Exhausted.class);
    }
}
