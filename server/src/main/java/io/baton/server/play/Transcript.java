package io.baton.server.play;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.server.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands of a play as the transcripts of the shipped processes have them: {@code > complete approve {"ok": true} by
 * p2}. Those who hand work on and the clocks of policies are left out, as no transcript knows them.
 */
final class Transcript {

    private final List<String> lines = new ArrayList<>();
    private final Map<Integer, String> waits = new HashMap<>();
    private Instant said = Instant.EPOCH;
    private int read;

    void begin(Instant at) {
        said = at;
    }

    void given(Command command, String target, Actor actor, List<Entry> journal) {
        var line = switch (command) {
            case Command.StartCase start -> line("start", target, start.variables());
            case Command.ClaimTask _ -> "> claim " + target;
            case Command.CompleteTask complete -> line("complete", target, complete.variables());
            case Command.CompleteJob complete -> line("job", target, complete.variables());
            case Command.FailJob _ -> "> fail " + target;
            case Command.ThrowError error -> line("throw", target + " " + error.code(), error.variables());
            case Command.ReceiveMessage message -> line("message", target, message.variables());
            case Command.ResolveIncident _ -> "> resolve " + target;
            default -> null;
        };
        if (line != null && !journal.isEmpty()) {
            waited(journal.getLast().at());
            lines.add(line + (actor.isPerson() ? " by " + actor.id() : ""));
        }
        happened(journal);
    }

    /** Tells of the timers that have fired since. */
    void happened(List<Entry> journal) {
        for (; read < journal.size(); read++) {
            var entry = journal.get(read);
            for (var event : entry.events()) {
                if (event instanceof Event.TimerSet set) {
                    waits.put(set.waitId(), set.node());
                } else if (event instanceof Event.TimerFired fired && waits.get(fired.waitId()) != null) {
                    waited(entry.at());
                    lines.add("> fire " + waits.get(fired.waitId()));
                }
            }
        }
    }

    String text() {
        return String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
    }

    private void waited(Instant at) {
        if (at.isAfter(said)) {
            lines.add("> wait " + Duration.between(said, at));
            said = at;
        }
    }

    private static String line(String verb, String target, SequencedMap<String, @Nullable Object> variables) {
        var words = new StringBuilder("> ").append(verb);
        if (!target.isEmpty()) {
            words.append(' ').append(target);
        }
        if (!variables.isEmpty()) {
            words.append(' ').append(JsonMapper.shared().writeValueAsString(variables));
        }
        return words.toString();
    }
}
