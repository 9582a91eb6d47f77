package io.baton.bench.contender;

import java.util.Map;

/** What is measured. The peers read it as BPMN from {@code /workloads/<name>.bpmn}; the key of the process is the name. */
public enum Workload {
    /** Start, user task, exclusive gateway on a number, user task, end. Both tasks are claimed before they are completed. */
    W1("two user tasks, a gateway, three variables"),

    /** Start, five service tasks in sequence, each of which reads a variable and sets one; the start ends the case. */
    W2("five synchronous service tasks"),

    /** Start, three user tasks at once, each with an interrupting boundary timer of seven days, claimed and completed. */
    W3("three parallel user tasks, each with a boundary timer");

    private final String title;

    Workload(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** What a case starts with: W1 a string, a number above the gateway's limit of 1000 and a boolean; W2 a counter. */
    public Map<String, Object> variables() {
        return switch (this) {
            case W1 -> Map.of("customer", "Arden Metalworks", "amount", 1500, "urgent", true);
            case W2 -> Map.of("count", 0);
            case W3 -> Map.of();
        };
    }

    public boolean hasTimers() {
        return this == W3;
    }

    public String resource() {
        return "workloads/" + name() + ".bpmn";
    }
}
