package io.baton.server.room;

import io.baton.server.tasks.Tasks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who looks into a case room. Members see all of it; an outsider sees what they wrote themselves and what is shared with
 * them, by name or as somebody of their organisation. This is the only place that decides it.
 */
public record Reader(
        String person, boolean member, @Nullable String organisation) {

    public static Reader member(String person) {
        return new Reader(person, true, null);
    }

    public static Reader contact(String person, @Nullable String organisation) {
        return new Reader(person, false, organisation);
    }

    /** Has the task, or is asked to take it. */
    boolean isAddressed(Tasks.Task task) {
        return person.equals(task.holder()) || person.equals(task.offeredPerson());
    }

    boolean sees(String author, List<String> audience) {
        return member
                || author.equals(person)
                || audience.contains(person)
                || (organisation != null && audience.contains(Audience.ORGANISATION + organisation));
    }
}
