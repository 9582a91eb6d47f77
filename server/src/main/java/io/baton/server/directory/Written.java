package io.baton.server.directory;

import java.util.List;

/** What became of something that was to be written to the directory. Only after {@link Done} is anything different. */
public sealed interface Written {

    /** {@code id} is that of the person, the key of the team, or the number of the absence. */
    record Done(String id) implements Written {}

    record Wrong(List<Mistake> mistakes) implements Written {
        public Wrong {
            mistakes = List.copyOf(mistakes);
        }
    }

    record NoSuchPerson(String id) implements Written {}

    record NoSuchTeam(String key) implements Written {}

    /** Somebody else has that e-mail address. */
    record EmailTaken(String email) implements Written {}

    /** Somebody else has that user name. */
    record UserNameTaken(String userName) implements Written {}

    record TeamTaken(String key) implements Written {}

    /** Tasks wait in the team's queue. */
    record HasWork(String team) implements Written {}

    /** Nobody could administer Baton any more. */
    record LastAdministrator() implements Written {}

    /** The person is away at that time already. */
    record Overlaps(Absence other) implements Written {}
}
