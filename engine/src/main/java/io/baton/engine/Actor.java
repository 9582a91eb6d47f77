package io.baton.engine;

/**
 * Who gives a command: a person by id, or a part of the system. The journal names people by this id only, so a person
 * can be erased from the directory without touching it.
 */
public record Actor(String id) {

    private static final char SYSTEM = '~';

    public static final Actor TIMER = system("timer");
    public static final Actor MESSAGE = system("message");

    public static Actor person(String id) {
        if (id.isEmpty() || id.charAt(0) == SYSTEM) {
            throw new IllegalArgumentException("not a person's id: '" + id + "'");
        }
        return new Actor(id);
    }

    /** A loop or a worker: {@code timer}, {@code worker:three-way-match}. */
    public static Actor system(String name) {
        return new Actor(SYSTEM + name);
    }

    public boolean isPerson() {
        return id.charAt(0) != SYSTEM;
    }

    @Override
    public String toString() {
        return id;
    }
}
