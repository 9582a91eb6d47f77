package io.baton.server.replies;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reply answers: the acts that its step allows, when it is due, and what is known of who answers. {@code zone} null
 * takes the offset that the mail was written with. {@code languages} decide only what the words leave open, such as
 * whether 3/4 is in March or April. {@code wanted} is the one thing that the step's form asks for, or null.
 */
public record Asked(
        Set<Act> possible,
        @Nullable LocalDate due,
        Instant now,
        @Nullable ZoneId zone,
        List<Locale> languages,
        @Nullable Wanted wanted) {

    /** Of a step whose form does not ask for just one thing. */
    public Asked(
            Set<Act> possible, @Nullable LocalDate due, Instant now, @Nullable ZoneId zone, List<Locale> languages) {
        this(possible, due, now, zone, languages, null);
    }

    public Asked {
        possible = possible.isEmpty() ? Set.of() : EnumSet.copyOf(possible);
        languages = List.copyOf(languages);
    }
}
