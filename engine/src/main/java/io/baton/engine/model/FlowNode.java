package io.baton.engine.model;

import io.baton.engine.expression.Expression;
import io.baton.engine.model.Activity.Mapping;
import io.baton.engine.xml.Place;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A node that a token can reach (BPMN 2.0 §10). The list of what Baton executes: what is not here is refused when a
 * process is deployed.
 */
public sealed interface FlowNode {

    Element element();

    default int index() {
        return element().index();
    }

    default String id() {
        return element().id();
    }

    /**
     * What every node has. {@code index} counts all nodes of the process in document order; {@code scope} is the index of
     * the enclosing sub-process, or {@link #PROCESS}. {@code party} is the party of the lane (or pool) the node lies in.
     */
    record Element(
            int index,
            String id,
            @Nullable String name,
            Place place,
            int scope,
            @Nullable String party) {
        public static final int PROCESS = -1;

        /** What people call it: the name, or the id where there is none. */
        public String label() {
            return name == null ? id : name;
        }
    }

    // Events

    /** Also the start of an event sub-process; {@code interrupting} matters only there. */
    record StartEvent(Element element, Trigger trigger, boolean interrupting) implements FlowNode {}

    record EndEvent(Element element, End end) implements FlowNode {
        public sealed interface End {
            record None() implements End {}

            record Terminate() implements End {}

            record Error(String code) implements End {}

            /** A message is sent by a worker: the end event waits for its job. */
            record Message(Job job, List<Mapping> inputs) implements End {
                public Message {
                    inputs = List.copyOf(inputs);
                }
            }
        }
    }

    record IntermediateCatchEvent(Element element, Trigger trigger) implements FlowNode {}

    /** {@code job} null: a none event, passed at once; else a message, sent by a worker, who sees the {@code inputs}. */
    record IntermediateThrowEvent(Element element, @Nullable Job job, List<Mapping> inputs) implements FlowNode {
        public IntermediateThrowEvent {
            inputs = List.copyOf(inputs);
        }
    }

    record BoundaryEvent(Element element, int attachedTo, Trigger trigger, boolean interrupting) implements FlowNode {}

    // Gateways

    /** {@code defaultFlow} is the index of a sequence flow, or -1. */
    record ExclusiveGateway(Element element, int defaultFlow) implements FlowNode {}

    record ParallelGateway(Element element) implements FlowNode {}

    record InclusiveGateway(Element element, int defaultFlow) implements FlowNode {}

    record EventBasedGateway(Element element) implements FlowNode {}

    // Activities

    sealed interface ActivityNode extends FlowNode {
        Activity activity();
    }

    /** Waits for a person; a manual task is the same without a form. */
    record UserTask(
            Element element,
            Activity activity,
            boolean manual,
            Assignment assignment,
            Papers papers,
            @Nullable Slots slots)
            implements ActivityNode {}

    /** A service, send or business-rule task done by a worker. */
    record JobTask(Element element, Activity activity, Job job) implements ActivityNode {}

    record ScriptTask(
            Element element,
            Activity activity,
            Expression script,
            @Nullable String result) implements ActivityNode {}

    /** A business-rule task that asks a DMN decision, by key. */
    record DecisionTask(Element element, Activity activity, String decision, String result) implements ActivityNode {}

    record ReceiveTask(Element element, Activity activity, Trigger.Message message) implements ActivityNode {}

    record SubProcess(Element element, Activity activity, boolean triggeredByEvent) implements ActivityNode {}

    record CallActivity(Element element, Activity activity, Text calledElement) implements ActivityNode {}

    // What they need

    /**
     * The files of a task. {@code uploads} are the content types that may be attached, empty for the usual ones; {@code
     * acknowledge} and {@code sign} are variables that name files which must be opened, and one that must be signed, before
     * the task can be completed.
     */
    record Papers(
            List<String> uploads,
            List<String> acknowledge,
            @Nullable String sign) {
        public static final Papers NONE = new Papers(List.of(), List.of(), null);

        public Papers {
            uploads = List.copyOf(uploads);
            acknowledge = List.copyOf(acknowledge);
        }

        /** Whether it matters at this task who has opened and signed what. */
        public boolean demands() {
            return sign != null || !acknowledge.isEmpty();
        }
    }

    /**
     * Times of which whoever does the task books one. {@code with} is the person or team whose time it is: what is booked
     * with them is gone for every case. The times are those of their working hours, from {@code notice} from now until
     * {@code within}, each as long as {@code takes}; or those that {@code from} lists. {@code capacity} is how many may have
     * the same time; the variable {@code into} is the one that was chosen.
     */
    record Slots(
            Text with,
            Duration takes,
            Duration notice,
            Duration within,
            int capacity,
            @Nullable Expression from,
            String into) {}

    /** {@code type} is what workers subscribe to; {@code retries} counts attempts before it becomes an incident. */
    record Job(Text type, int retries) {}

    /**
     * {@code team} falls back to the lane's party; {@code rule} says to whom of all people the step is offered; {@code skill}
     * is what each of them must have; {@code due}
     * says when it is due; {@code policy} is the key of what happens when nobody acts; {@code fourEyes} are the nodes whose work must have been done by others; {@code undo}
     * is how long a completion can be taken back before it takes effect.
     */
    record Assignment(
            @Nullable String form,
            @Nullable Text team,
            @Nullable Rule rule,
            @Nullable Skill skill,
            @Nullable Due due,
            @Nullable Text acceptBy,
            @Nullable String policy,
            List<String> fourEyes,
            @Nullable Duration undo,
            @Nullable Overrides overrides) {
        public static final Assignment BY_LANE =
                new Assignment(null, null, null, null, null, null, null, List.of(), null, null);

        public Assignment {
            fourEyes = List.copyOf(fourEyes);
        }

        /** The task that follows no policy, whatever the process says. */
        public static final String NO_POLICY = "none";

        /**
         * What the task does otherwise than its policy: null leaves that to the policy, an empty list is none at all. Offsets
         * as in a policy; {@code keepsHolder} is never given to somebody else by itself.
         */
        public record Overrides(
                @Nullable List<Duration> reminders,
                @Nullable List<Rung> ladder,
                boolean keepsHolder) {
            /** {@code to} is owner, team-lead or a person's id. */
            public record Rung(Duration after, String to) {}
        }

        /** What whoever has the step must have; with {@code amount}, their limit for it must reach so far. */
        public record Skill(Text name, @Nullable Text amount) {
            private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,6})?");

            /** Null where the text is no number of up to 18 digits and 6 decimals. */
            public static @Nullable BigDecimal amount(String text) {
                return AMOUNT.matcher(text.strip()).matches() ? new BigDecimal(text.strip()) : null;
            }
        }

        /** How the person is found; without one the step waits in the team's queue. */
        public sealed interface Rule {
            record Named(Text person) implements Rule {}

            record ManagerOf(Text person) implements Rule {}

            /** Who did the work at that node last. */
            record PreviousHolder(String node) implements Rule {}

            /** Whom of the team a rule gave something longest ago. */
            record RoundRobin() implements Rule {}

            /** Who of the team has least open work against a usual day's. */
            record LeastLoaded() implements Rule {}
        }
    }
}
