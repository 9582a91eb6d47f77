package io.baton.server.api;

import io.baton.engine.Case;
import io.baton.engine.Event;
import io.baton.engine.Slip;
import io.baton.engine.Step;
import io.baton.server.journal.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody has done in a case and can still take back. The engine decides again when they do. */
final class Undos {

    private Undos() {}

    /** {@code undo} is what of the task is deleted to take it back. */
    enum What {
        ANSWERED("completion"),
        PROMISED("slip"),
        DECLINED("slip"),
        SENT_BACK("slip"),
        OFFERED("offer"),
        STUCK("obstacle");

        private final String undo;

        What(String undo) {
            this.undo = undo;
        }

        String undo() {
            return undo;
        }
    }

    record Undo(Step step, What what, @Nullable Instant until) {}

    static List<Undo> of(Case state, List<Entry> journal, String person, Instant now) {
        var undos = new ArrayList<Undo>();
        for (var step : state.steps()) {
            var task = step.task();
            if (task == null) {
                continue;
            }
            var decision = task.decision();
            if (decision != null) {
                if (decision.by().equals(person)) {
                    undos.add(new Undo(step, What.ANSWERED, decision.effectiveAt()));
                }
                continue; // nothing else can be done with it
            }
            var slip = state.slip(step, person, now);
            if (slip != null) {
                undos.add(new Undo(step, what(slip.kind()), slip.until()));
            }
            if (task.offer() != null && isOfferedBy(step.id(), journal, person)) {
                undos.add(new Undo(step, What.OFFERED, null));
            }
            if (task.blocker() != null && person.equals(task.holder())) {
                undos.add(new Undo(step, What.STUCK, null));
            }
        }
        return undos;
    }

    private static What what(Slip.Kind kind) {
        return switch (kind) {
            case PROMISED -> What.PROMISED;
            case DECLINED -> What.DECLINED;
            case SENT_BACK -> What.SENT_BACK;
        };
    }

    /** Not by the process, which offers in the owner's name. */
    private static boolean isOfferedBy(int step, List<Entry> journal, String person) {
        for (var entry : journal.reversed()) {
            for (var event : entry.events()) {
                if (event instanceof Event.HandoffOffered offered && offered.step() == step) {
                    return entry.command().equals("OfferTask")
                            && person.equals(entry.actor().id());
                }
            }
        }
        return false;
    }
}
