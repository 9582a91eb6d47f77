package io.baton.server.api;

import io.baton.server.api.Views.PartyRef;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.directory.Directory;
import io.baton.server.directory.PersonName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the people and parties in one answer, read with one query each. Who is unknown to the directory is shown
 * by id: the journal outlives people.
 */
final class Names {

    private final Map<String, PersonName> people;
    private final Map<String, String> parties;

    private Names(Map<String, PersonName> people, Map<String, String> parties) {
        this.people = people;
        this.parties = parties;
    }

    static Names of(
            Directory directory,
            Collection<? extends @Nullable String> people,
            Collection<? extends @Nullable String> parties) {
        return new Names(directory.names(present(people)), directory.teamNames(present(parties)));
    }

    private static Set<String> present(Collection<? extends @Nullable String> keys) {
        var present = new LinkedHashSet<String>();
        keys.stream().filter(Objects::nonNull).forEach(present::add);
        return present;
    }

    @Nullable
    PersonRef person(@Nullable String id) {
        if (id == null) {
            return null;
        }
        var known = people.get(id);
        return new PersonRef(id, known == null ? unknown(id) : known.name());
    }

    private static String unknown(String id) {
        return id.startsWith("~") ? id.substring(1) : id;
    }

    @Nullable
    PartyRef party(@Nullable String key) {
        return key == null ? null : new PartyRef(key, parties.getOrDefault(key, spoken(key)));
    }

    String personName(String id) {
        var known = people.get(id);
        return known == null ? unknown(id) : known.name();
    }

    String partyName(String key) {
        return parties.getOrDefault(key, spoken(key));
    }

    /** A party that is only a lane so far: its key reads well enough. */
    private static String spoken(String key) {
        var words = key.replace('-', ' ');
        return words.isEmpty() ? key : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
