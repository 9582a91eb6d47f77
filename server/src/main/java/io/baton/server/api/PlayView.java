package io.baton.server.api;

import io.baton.server.api.DesignRoutes.ProblemView;
import io.baton.server.api.Views.CaseDetail;
import io.baton.server.api.Views.EntryView;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.api.Views.TaskDetail;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a play stands, as the API says it.
 *
 * <p>{@code problems}: why the files cannot be played, as {@code check} says it. {@code done} counts the acts that were
 * carried out; {@code stopped} is the next one, if it could not be. {@code now} is the time in the play. {@code detail}
 * is null before the case has started.
 */
record PlayView(
        List<ProblemView> problems,
        Instant now,
        int done,
        @Nullable StoppedView stopped,
        List<BeginningView> beginnings,
        @Nullable CaseDetail detail,
        List<CaseActorView> caseActors,
        List<PlayedTask> tasks,
        List<PlayedJob> jobs,
        List<PlayedWait> awaited,
        List<PlayedIncident> incidents,
        @Nullable NextView next,
        List<ToldView> told,
        List<EntryView> journal,
        String transcript) {

    /** {@code act} is its place in the list, from 0; {@code node} what it is about. */
    record StoppedView(int act, @Nullable String node, String code, String reason) {}

    /** A way to start a case: {@code event} is null for the plain start event, {@code kind} PLAIN, MESSAGE or TIMER. */
    record BeginningView(
            String process,
            @Nullable String event,
            String name,
            String kind,
            @Nullable Object formSchema) {}

    /** Who can act on the case as a whole, and how: its owner, and who is asked to become it. */
    record CaseActorView(PersonRef person, List<String> acts) {}

    /** {@code step} names it in an act. {@code actors}: who would act first. */
    record PlayedTask(String step, TaskDetail task, List<PlayedActor> actors) {}

    /** {@code as} is ASKED, HOLDER, TEAM, BLOCKER or OWNER; {@code acts} as in a task's own view. */
    record PlayedActor(PersonRef person, String as, boolean mayComplete, List<String> acts) {}

    record PlayedJob(
            String step, String name, String type, int retries, SequencedMap<String, @Nullable Object> variables) {}

    record PlayedWait(String step, String name, String message, String key) {}

    record PlayedIncident(String step, String name, String kind, String message) {}

    /** What happens next by itself. */
    record NextView(Instant at, String text) {}

    /** What somebody would have been told; {@code to} is null where the process itself says to whom it writes. */
    record ToldView(
            Instant at,
            String reason,
            String text,
            @Nullable PersonRef to) {}
}
