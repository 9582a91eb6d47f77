package io.baton.engine.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a process tells people outside, party by party, and what it asks of them. What is not named here stays inside.
 * {@code byCode} are the user tasks that are finished only with a one-time code; {@code startByMail} says whose mail
 * starts a case.
 */
public record Outside(SequencedMap<String, Share> shares, List<String> byCode, StartByMail startByMail) {

    public static final Outside NOTHING = new Outside(new LinkedHashMap<>(), List.of(), StartByMail.NOBODY);

    /** Whose mail starts a case. */
    public enum StartByMail {
        NOBODY,
        /** Members, and contacts of the directory. */
        KNOWN,
        ANYONE
    }

    /** To whom somebody outside may pass a step on. */
    public enum PassOn {
        NOBODY,
        SAME_DOMAIN,
        ANYONE
    }

    /**
     * {@code variables} may be read by the party, {@code steps} make up the plain list of where the case stands.
     * {@code newContacts}: whoever a task names by e-mail address becomes a contact.
     */
    public record Share(List<String> variables, List<String> steps, PassOn passOn, boolean newContacts) {

        public static final Share NOTHING = new Share(List.of(), List.of(), PassOn.SAME_DOMAIN, false);

        public Share {
            variables = List.copyOf(variables);
            steps = List.copyOf(steps);
        }
    }

    public Outside {
        shares = new LinkedHashMap<>(shares);
        byCode = List.copyOf(byCode);
    }

    /** Of a party that is not named, nothing. */
    public Share share(@Nullable String party) {
        return party == null ? Share.NOTHING : shares.getOrDefault(party, Share.NOTHING);
    }
}
