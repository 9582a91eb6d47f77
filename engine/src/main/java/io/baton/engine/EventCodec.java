package io.baton.engine;

import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import io.baton.engine.codec.MalformedException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The journal's encoding of events: the kind's number, then the record's components in order. Adding an event is adding
 * its class at the end of {@link #KINDS}; what is written once can be read for ever.
 */
public final class EventCodec {

    /** The position is the number on disk. Append only. */
    static final List<Class<? extends Event>> KINDS = List.of(
            Event.CaseStarted.class,
            Event.CaseCompleted.class,
            Event.CaseCancelled.class,
            Event.VariablesSet.class,
            Event.DeviationObserved.class,
            Event.FlowTaken.class,
            Event.TokenArrived.class,
            Event.TokensJoined.class,
            Event.TokensDiscarded.class,
            Event.StepPassed.class,
            Event.StepEntered.class,
            Event.StepLeft.class,
            Event.StepTerminated.class,
            Event.TaskOpened.class,
            Event.TaskClaimed.class,
            Event.TaskReleased.class,
            Event.TaskCompleted.class,
            Event.JobOpened.class,
            Event.JobFailed.class,
            Event.JobCompleted.class,
            Event.TimerSet.class,
            Event.TimerFired.class,
            Event.MessageAwaited.class,
            Event.MessageReceived.class,
            Event.WaitEnded.class,
            Event.LoopStarted.class,
            Event.LoopInstanceDone.class,
            Event.ProcessCalled.class,
            Event.ErrorCaught.class,
            Event.IncidentRaised.class,
            Event.IncidentResolved.class,
            Event.HandoffOffered.class,
            Event.HandoffAccepted.class,
            Event.HandoffDeclined.class,
            Event.HandoffWithdrawn.class,
            Event.HandoffExpired.class,
            Event.TaskSentBack.class,
            Event.TaskTaken.class,
            Event.TaskWaived.class,
            Event.DatePromised.class,
            Event.PromiseBroken.class,
            Event.DateProposed.class,
            Event.ProposalDeclined.class,
            Event.DueChanged.class,
            Event.StepBlocked.class,
            Event.StepUnblocked.class,
            Event.StepSponsored.class,
            Event.CasePaused.class,
            Event.CaseResumed.class,
            Event.OwnershipOffered.class,
            Event.OwnershipDeclined.class,
            Event.OwnerChanged.class,
            Event.PolicyApplied.class,
            Event.ClockSet.class,
            Event.ReminderSent.class,
            Event.Escalated.class,
            Event.ActSkipped.class,
            Event.IncidentNamed.class,
            Event.DecisionMade.class,
            Event.DecisionTakenBack.class,
            Event.CommentPosted.class,
            Event.CommentErased.class,
            Event.DueMoved.class,
            Event.ApprovalSettled.class,
            Event.FileAttached.class,
            Event.FileErased.class,
            Event.FileOpened.class,
            Event.FileSigned.class,
            Event.FactsStated.class,
            Event.FactDecided.class,
            Event.SkillRequired.class,
            Event.CaseMigrated.class,
            Event.SlotBooked.class,
            Event.SlotReleased.class,
            Event.PromiseWithdrawn.class,
            Event.IncidentDismissed.class);

    private static final SequencedMap<Class<?>, Kind> BY_CLASS = new LinkedHashMap<>();
    private static final List<Kind> BY_NUMBER = new ArrayList<>();

    static {
        for (var type : KINDS) {
            var kind = Kind.of(BY_NUMBER.size(), type);
            BY_NUMBER.add(kind);
            BY_CLASS.put(type, kind);
        }
    }

    private EventCodec() {}

    public static void write(Encoder out, List<Event> events) {
        out.unsigned(events.size());
        for (var event : events) {
            requireKind(event).write(out, event);
        }
    }

    public static List<Event> read(Decoder in) {
        int size = in.count();
        var events = new ArrayList<Event>();
        for (int i = 0; i < size; i++) {
            int number = in.count();
            if (number >= BY_NUMBER.size()) {
                throw new MalformedException("event kind " + number + ": written by a newer Baton?");
            }
            events.add(BY_NUMBER.get(number).read(in));
        }
        return events;
    }

    private static Kind requireKind(Event event) {
        var kind = BY_CLASS.get(event.getClass());
        if (kind == null) {
            throw new IllegalStateException(event.getClass() + " is missing in EventCodec.KINDS");
        }
        return kind;
    }

    /** The ways in which a component is written, by its declared type. */
    private enum Form {
        INT,
        STRING,
        TIME,
        STRINGS,
        VALUES,
        VARIABLES,
        INCIDENT_KIND,
        VALUE,
        OBSTACLE;

        static Form of(RecordComponent component) {
            var type = component.getType();
            if (type == int.class) {
                return INT;
            } else if (type == String.class) {
                return STRING;
            } else if (type == Instant.class) {
                return TIME;
            } else if (type == List.class) {
                return component.getGenericType().getTypeName().equals("java.util.List<java.lang.String>")
                        ? STRINGS
                        : VALUES;
            } else if (type == SequencedMap.class) {
                return VARIABLES;
            } else if (type == IncidentKind.class) {
                return INCIDENT_KIND;
            } else if (type == Obstacle.class) {
                return OBSTACLE;
            } else if (type == Object.class) {
                return VALUE;
            }
            throw new IllegalStateException("no way to write " + component);
        }

        void write(Encoder out, @Nullable Object value) {
            switch (this) {
                case INT -> out.signed((Integer) require(value));
                case STRING -> out.string((String) value);
                case TIME -> out.time((Instant) value);
                case STRINGS -> {
                    var strings = (List<?>) require(value);
                    out.unsigned(strings.size());
                    strings.forEach(string -> out.string((String) string));
                }
                case VALUES, VALUE -> out.value(value);
                case VARIABLES -> out.map((SequencedMap<?, ?>) require(value));
                case INCIDENT_KIND -> out.constant(IncidentKind.class, (IncidentKind) require(value));
                case OBSTACLE -> out.constant(Obstacle.class, (Obstacle) require(value));
            }
        }

        @Nullable
        Object read(Decoder in) {
            return switch (this) {
                case INT -> in.signedInt();
                case STRING -> in.string();
                case TIME -> in.time();
                case STRINGS -> {
                    int size = in.count();
                    var strings = new ArrayList<String>();
                    for (int i = 0; i < size; i++) {
                        strings.add(in.requiredString());
                    }
                    yield strings;
                }
                case VALUES -> values(in.value());
                case VALUE -> in.value();
                case VARIABLES -> in.map();
                case INCIDENT_KIND -> in.constant(IncidentKind.class);
                case OBSTACLE -> in.constant(Obstacle.class);
            };
        }

        private static @Nullable Object values(@Nullable Object value) {
            if (value == null || value instanceof List) {
                return value;
            }
            throw new MalformedException("a list is no list");
        }

        private static Object require(@Nullable Object value) {
            if (value == null) {
                throw new IllegalStateException("an event without a value it must have");
            }
            return value;
        }
    }

    private record Kind(int number, List<Form> forms, List<MethodHandle> getters, MethodHandle constructor) {

        static Kind of(int number, Class<? extends Event> type) {
            var components = type.getRecordComponents();
            var lookup = MethodHandles.lookup();
            try {
                var getters = new ArrayList<MethodHandle>();
                for (var component : components) {
                    getters.add(lookup.unreflect(component.getAccessor())
                            .asType(MethodType.methodType(Object.class, Event.class)));
                }
                var parameters =
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
                var constructor = lookup.unreflectConstructor(type.getDeclaredConstructor(parameters))
                        .asSpreader(Object[].class, parameters.length)
                        .asType(MethodType.methodType(Event.class, Object[].class));
                return new Kind(
                        number, Arrays.stream(components).map(Form::of).toList(), List.copyOf(getters), constructor);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        void write(Encoder out, Event event) {
            out.unsigned(number);
            try {
                for (int i = 0; i < forms.size(); i++) {
                    forms.get(i).write(out, (Object) getters.get(i).invokeExact(event));
                }
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        Event read(Decoder in) {
            var values = new @Nullable Object[forms.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = forms.get(i).read(in);
            }
            try {
                return (Event) constructor.invokeExact(values);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
