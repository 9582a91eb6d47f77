package io.baton.server.directory;

/** What a person or a team may refer to: looked up one by one, or, for a whole file, read once. */
interface Known {

    boolean isTeam(String key);

    boolean isCalendar(String key);

    /** Whether that is somebody who is still here. */
    boolean isPresent(String person);

    /** Whether that is a member who is still here. */
    boolean isMember(String person);
}
