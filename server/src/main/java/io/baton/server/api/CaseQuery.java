package io.baton.server.api;

import io.baton.engine.IncidentKind;
import io.baton.server.insight.CaseFilter;
import io.baton.server.session.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which cases a list is about, as query parameters; the same words stand in the address of the web app's lists. */
record CaseQuery(
        @Schema(description = "The key of a process.") @Nullable
        String process,

        @Schema(description = "A version of that process; goes with process.") @Nullable
        String version,

        @Schema(description = "open, completed, cancelled, incident, or all.") @Nullable
        String state,

        @Schema(description = "The owner's id, or me.") @Nullable
        String owner,

        @Schema(description = "The key of a party with whom an open step waits.") @Nullable
        String party,

        @Schema(description = "The id of a person who has an open step, or me.") @Nullable
        String holder,

        @Schema(description = "Steps where the case stands, by their ids on its diagram, separated by commas.")
        @Nullable
        String step,

        @Schema(description = "true: only where nobody has taken that step yet.") @Nullable
        String untaken,

        @Schema(description = "overdue, at-risk, orphaned; of completed cases on-time or late.") @Nullable
        String risk,

        @Schema(description = "The kind of an open incident.") @Nullable
        String incident,

        @Schema(description = "Open cases whose waiting costs something in this currency; none: in no currency.")
        @Nullable
        String currency,

        @Schema(description = "The name of a variable of the case; with value.") @Nullable
        String variable,

        @Schema(description = "What that variable is.") @Nullable
        String value,

        @Nullable String startedSince,
        @Nullable String startedBefore,
        @Nullable String endedSince,
        @Nullable String endedBefore,
        @Nullable String dueSince,
        @Nullable String dueBefore,

        @Schema(description = "true: work was sent back at one of its steps; false: at none.") @Nullable
        String rework) {

    private static final int KEY_LENGTH_MAX = 255;
    private static final int STEPS_LENGTH_MAX = 2_000;
    private static final int VERSION_MAX = 1_000_000;
    private static final String MYSELF = "me";
    private static final String ANY_STATE = "all";

    /** Whether a plain list of cases answers it: the newest by process, state and owner. */
    boolean isPlain() {
        return first(version, party, holder, step, untaken, risk, incident, currency, variable, value, rework) == null
                && first(startedSince, startedBefore, endedSince, endedBefore, dueSince, dueBefore) == null;
    }

    private static @Nullable String first(@Nullable String... values) {
        for (var value : values) {
            if (Input.orNull(value) != null) {
                return value;
            }
        }
        return null;
    }

    @Nullable
    String stateOrNull() {
        return ANY_STATE.equals(state) ? null : Input.orNull(state);
    }

    static @Nullable String person(@Nullable String id, Caller caller) {
        return MYSELF.equals(id) ? caller.person() : Input.orNull(id);
    }

    CaseFilter filter(Input input, Caller caller) {
        if ((Input.orNull(variable) == null) != (Input.orNull(value) == null)) {
            input.wrong("value", "goes with variable");
        }
        if (Input.orNull(version) != null && Input.orNull(process) == null) {
            input.wrong("version", "goes with process");
        }
        var asked = Input.orNull(risk);
        return new CaseFilter(
                input.optionalExact("process", process, KEY_LENGTH_MAX),
                version(input),
                input.optionalOneOf("state", CaseFilter.State.class, stateOrNull()),
                input.optionalExact("owner", person(owner, caller), KEY_LENGTH_MAX),
                input.optionalExact("party", party, KEY_LENGTH_MAX),
                input.optionalExact("holder", person(holder, caller), KEY_LENGTH_MAX),
                steps(input),
                "true".equals(untaken),
                input.optionalOneOf("risk", CaseFilter.Risk.class, asked == null ? null : asked.replace('-', '_')),
                input.optionalOneOf("incident", IncidentKind.class, incident),
                input.optionalExact("currency", currency, KEY_LENGTH_MAX),
                input.optionalExact("variable", variable, KEY_LENGTH_MAX),
                input.optionalExact("value", value, KEY_LENGTH_MAX),
                input.optionalTime("startedSince", startedSince),
                input.optionalTime("startedBefore", startedBefore),
                input.optionalTime("endedSince", endedSince),
                input.optionalTime("endedBefore", endedBefore),
                input.optionalTime("dueSince", dueSince),
                input.optionalTime("dueBefore", dueBefore),
                rework(input));
    }

    private @Nullable Integer version(Input input) {
        var text = Input.orNull(version);
        if (text == null) {
            return null;
        }
        if (!text.matches("[1-9]\\d{0,6}") || Integer.parseInt(text) > VERSION_MAX) {
            input.wrong("version", "must be the number of a version");
            return null;
        }
        return Integer.valueOf(text);
    }

    private @Nullable Boolean rework(Input input) {
        return switch (Input.orNull(rework)) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> {
                input.wrong("rework", "must be true or false");
                yield null;
            }
        };
    }

    private @Nullable Set<String> steps(Input input) {
        var text = input.optionalExact("step", step, STEPS_LENGTH_MAX);
        return text == null ? null : new LinkedHashSet<>(List.of(text.split(",")));
    }
}
