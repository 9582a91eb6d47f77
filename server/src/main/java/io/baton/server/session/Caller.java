package io.baton.server.session;

import io.baton.engine.Actor;
import io.baton.server.audit.Audit;

/**
 * Who makes a request. {@code person} is who acts, and what the journal names; {@code signedIn} is who signed in, another
 * one only while somebody tries out a demo as one of its people.
 */
public record Caller(String person, String signedIn, boolean admin, Means means) {

    public enum Means {
        SESSION,
        API_TOKEN
    }

    public Actor actor() {
        return Actor.person(person);
    }

    /** For the record of what is done. */
    public Audit.Who who() {
        return new Audit.Who(person, signedIn, means == Means.API_TOKEN);
    }

    public boolean actsAsAnother() {
        return !person.equals(signedIn);
    }
}
