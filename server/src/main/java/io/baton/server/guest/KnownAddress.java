package io.baton.server.guest;

import io.baton.server.directory.Person;
import java.time.Duration;

/** Reaches a contact where they are known to be: what must not be shown on a page, because the page may be another's. */
public interface KnownAddress {

    /** How long a code is good for. */
    Duration CODE_AGE_MAX = Duration.ofMinutes(10);

    /** A fresh link for the same as an expired one. */
    void sendLink(Person to, long caseId, int step);

    /** Six digits, good for ten minutes; {@code about} is the key of the case. */
    void sendCode(Person to, String about, String code);
}
