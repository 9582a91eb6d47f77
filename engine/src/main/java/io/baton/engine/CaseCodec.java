package io.baton.engine;

import io.baton.engine.Case.Status;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import io.baton.engine.codec.MalformedException;
import io.baton.engine.model.FlowNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of an open case as bytes: what the store keeps beside the journal so that a command need not replay it. Nodes
 * and flows are written as their indexes in the process version.
 */
public final class CaseCodec {

    private static final int VERSION = 1;

    private CaseCodec() {}

    public static byte[] write(Case state) {
        var out = new Encoder(state.root().inner.words());
        out.unsigned(VERSION);
        out.constant(Status.class, state.status);
        out.unsigned(state.process);
        out.string(state.owner);
        out.string(state.title);
        writeOwner(out, state);
        out.unsigned(state.lastId);
        out.time(state.root().enteredAt);
        StepCodec.writeScope(out, state.root());
        out.unsigned(state.steps.size());
        for (var step : state.steps.values()) {
            StepCodec.write(out, step, state.owner());
        }
        writeWaits(out, state);
        out.unsigned(state.incidents.size());
        for (var incident : state.incidents.values()) {
            out.unsigned(incident.id());
            out.unsigned(incident.step());
            out.string(incident.node());
            out.constant(IncidentKind.class, incident.kind());
            out.string(incident.message());
            out.time(incident.raisedAt());
            if (incident.kind().isAboutSomething()) {
                out.string(incident.about());
            }
        }
        return out.bytes();
    }

    public static Case read(Processes processes, int process, byte[] bytes) {
        var state = new Case(processes);
        var model = state.model(process);
        var in = new Decoder(model.words(), bytes);
        var version = in.count();
        if (version != VERSION) {
            throw new MalformedException("a case state of version " + version);
        }
        state.status = in.constant(Status.class);
        state.process = in.count();
        state.owner = in.string();
        state.title = in.string();
        var clock = readOwner(in, state);
        state.lastId = in.count();
        var root = new Step(0, null, null, in.requiredTime(), model);
        root.clock = clock;
        state.root = root;
        StepCodec.readScope(in, state, root);
        for (int left = in.count(); left > 0; left--) {
            StepCodec.read(in, state);
        }
        state.variablesSize = root.size();
        state.steps.values().forEach(step -> state.variablesSize += step.size());
        for (int left = in.count(); left > 0; left--) {
            readWait(in, state);
        }
        for (int left = in.count(); left > 0; left--) {
            var incident = readIncident(in);
            state.incidents.put(incident.id(), incident);
        }
        return state;
    }

    private static Incident readIncident(Decoder in) {
        int id = in.count();
        int step = in.count();
        var node = in.requiredString();
        var kind = in.constant(IncidentKind.class);
        return new Incident(
                id,
                step,
                node,
                kind,
                in.requiredString(),
                in.requiredTime(),
                kind.isAboutSomething() ? in.string() : null);
    }

    // Who is accountable, when it is due, who did what; a byte says which parts follow.

    private static final int DUE = 1;
    private static final int PAUSE = 2;
    private static final int HEIR = 4;
    private static final int LAST_WORKER = 8;
    private static final int WORKERS = 16;
    private static final int CLOCK = 32;
    private static final int FACTS = 64;
    private static final int BOOKINGS = 128;
    private static final int DISMISSED_DUE = 256;
    private static final int DISMISSED_RISK = 512;

    private static void writeOwner(Encoder out, Case state) {
        var clock = state.root().clock;
        out.unsigned((state.due == null ? 0 : DUE)
                | (state.pause == null ? 0 : PAUSE)
                | (state.heir == null ? 0 : HEIR)
                | (state.lastWorker == null ? 0 : LAST_WORKER)
                | (state.workers.isEmpty() ? 0 : WORKERS)
                | (clock == null ? 0 : CLOCK)
                | (state.facts.isEmpty() ? 0 : FACTS)
                | (state.bookings.isEmpty() ? 0 : BOOKINGS)
                | (state.dismissedDue == null ? 0 : DISMISSED_DUE)
                | (state.dismissedRisk == null ? 0 : DISMISSED_RISK));
        if (state.due != null) {
            out.time(state.due);
        }
        if (state.pause != null) {
            out.time(state.pause.since());
            out.time(state.pause.until());
            out.string(state.pause.reason());
            out.string(state.pause.charged());
        }
        if (state.heir != null) {
            out.string(state.heir);
        }
        if (state.lastWorker != null) {
            out.string(state.lastWorker);
        }
        if (!state.workers.isEmpty()) {
            out.unsigned(state.workers.size());
            state.workers.forEach((node, people) -> {
                out.string(node);
                out.unsigned(people.size());
                people.forEach(out::string);
            });
        }
        if (clock != null) {
            out.time(clock);
        }
        writeFacts(out, state);
        writeBookings(out, state);
        if (state.dismissedDue != null) {
            out.time(state.dismissedDue);
        }
        if (state.dismissedRisk != null) {
            out.time(state.dismissedRisk);
        }
    }

    private static void writeBookings(Encoder out, Case state) {
        if (!state.bookings.isEmpty()) {
            out.unsigned(state.bookings.size());
            for (var booking : state.bookings.values()) {
                out.unsigned(booking.step());
                out.unsigned(booking.process());
                out.string(booking.node());
                out.unsigned(booking.scope());
                out.string(booking.book());
                out.string(booking.person());
                out.time(booking.at());
                out.unsigned(booking.minutes());
                out.unsigned(booking.seat());
                out.unsigned(booking.isReleased() ? 1 : 0);
            }
        }
    }

    private static void readBookings(Decoder in, Case state) {
        for (int left = in.count(); left > 0; left--) {
            var booking = new Booking(
                    in.count(),
                    in.count(),
                    in.requiredString(),
                    in.count(),
                    in.requiredString(),
                    in.requiredString(),
                    in.requiredTime(),
                    in.count(),
                    in.count(),
                    in.count() == 1);
            state.bookings.put(booking.step(), booking);
        }
    }

    private static void writeFacts(Encoder out, Case state) {
        if (!state.facts.isEmpty()) {
            out.unsigned(state.facts.size());
            state.facts.forEach((name, systems) -> {
                out.string(name);
                out.unsigned(systems.size());
                systems.forEach((system, statement) -> {
                    out.string(system);
                    out.value(statement.value());
                    out.unsigned(statement.overruled() ? 1 : 0);
                });
            });
        }
    }

    private static void readFacts(Decoder in, Case state) {
        for (int name = in.count(); name > 0; name--) {
            var systems = state.facts.computeIfAbsent(in.requiredString(), _ -> new LinkedHashMap<>());
            for (int left = in.count(); left > 0; left--) {
                var system = in.requiredString();
                var value = in.value();
                var overruled = in.count() == 1;
                if (value != null) {
                    systems.put(system, new Facts.Statement(value, overruled));
                }
            }
        }
    }

    /** Returns the clock of the case, which belongs to its root. */
    private static @Nullable Instant readOwner(Decoder in, Case state) {
        int parts = in.count();
        if ((parts & DUE) != 0) {
            state.due = in.time();
        }
        if ((parts & PAUSE) != 0) {
            state.pause =
                    new Case.Pause(in.requiredTime(), in.requiredTime(), in.requiredString(), in.requiredString());
        }
        if ((parts & HEIR) != 0) {
            state.heir = in.string();
        }
        if ((parts & LAST_WORKER) != 0) {
            state.lastWorker = in.string();
        }
        if ((parts & WORKERS) != 0) {
            for (int left = in.count(); left > 0; left--) {
                var node = in.requiredString();
                var people = new ArrayList<String>();
                for (int person = in.count(); person > 0; person--) {
                    people.add(in.requiredString());
                }
                state.workers.put(node, people);
            }
        }
        var clock = (parts & CLOCK) == 0 ? null : in.time();
        if ((parts & FACTS) != 0) {
            readFacts(in, state);
        }
        if ((parts & BOOKINGS) != 0) {
            readBookings(in, state);
        }
        state.dismissedDue = (parts & DISMISSED_DUE) == 0 ? null : in.time();
        state.dismissedRisk = (parts & DISMISSED_RISK) == 0 ? null : in.time();
        return clock;
    }

    private static void writeWaits(Encoder out, Case state) {
        out.unsigned(state.waits.size());
        for (var wait : state.waits.values()) {
            out.unsigned(wait.id());
            out.unsigned(wait.step());
            out.unsigned(2L * wait.node().index() + (isInside(wait.node()) ? 1 : 0));
            switch (wait) {
                case Wait.Timer timer -> {
                    out.unsigned(0);
                    out.time(timer.due());
                    out.signed(timer.repeat());
                    out.string(timer.period());
                }
                case Wait.Message message -> {
                    out.unsigned(1);
                    out.string(message.name());
                    out.string(message.key());
                }
            }
        }
    }

    private static void readWait(Decoder in, Case state) {
        int id = in.count();
        var step = state.open(in.count());
        int place = in.count();
        var model = (place & 1) == 1 ? step.inner : step.requireScope().inner;
        var node = model.node(place >> 1);
        Wait wait = in.count() == 0
                ? new Wait.Timer(id, step.id, node, in.requiredTime(), in.signedInt(), in.string())
                : new Wait.Message(id, step.id, node, in.requiredString(), in.requiredString());
        state.waits.put(id, wait);
    }

    /** Whether the waiting event belongs to the model inside the step (a called process) rather than around it. */
    private static boolean isInside(FlowNode node) {
        return node instanceof FlowNode.StartEvent;
    }
}
