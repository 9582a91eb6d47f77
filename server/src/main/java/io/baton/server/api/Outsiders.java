package io.baton.server.api;

import io.baton.server.api.Views.AudienceRef;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.journal.Entry;
import io.baton.server.room.Audience;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Who of those that a case room names is outside, with their names: read with one query for an answer. */
final class Outsiders {

    private final Map<String, Person> people = new LinkedHashMap<>();

    private Outsiders(List<Person> known) {
        known.forEach(person -> people.put(person.id(), person));
    }

    static Outsiders of(Directory directory, Collection<String> parties) {
        return new Outsiders(directory.people(parties));
    }

    /** Who acts or is named in the journal of a case. */
    static Outsiders takingPart(Directory directory, List<Entry> journal) {
        var named = new LinkedHashSet<String>();
        for (var entry : journal) {
            named.add(entry.actor().id());
            entry.events().forEach(event -> named.addAll(Mentioned.people(event)));
        }
        return of(directory, named);
    }

    boolean isOutside(String party) {
        var person = people.get(party);
        return party.startsWith("@") || (person != null && person.kind() == Person.Kind.CONTACT);
    }

    AudienceRef ref(String party) {
        var person = people.get(party);
        return new AudienceRef(
                party,
                party.startsWith("@") ? party.substring(1) : person == null ? party : person.name(),
                isOutside(party));
    }

    List<AudienceRef> refs(List<String> parties) {
        return parties.stream().map(this::ref).toList();
    }

    /** The outsiders by name, then their organisations. */
    List<AudienceRef> all() {
        var all = new ArrayList<AudienceRef>();
        var organisations = new LinkedHashSet<String>();
        for (var person : people.values()) {
            if (person.kind() == Person.Kind.CONTACT && person.isPresent()) {
                all.add(ref(person.id()));
                if (person.organisation() != null) {
                    organisations.add("@" + person.organisation());
                }
            }
        }
        organisations.forEach(each -> all.add(ref(each)));
        return all;
    }

    /** Whom a caller names to share something with: known people, and organisations where somebody is known. */
    static Audience audience(Input input, Directory directory, List<String> parties) {
        if (parties.size() > Audience.PARTIES_MAX) {
            input.wrong("audience", "must name at most " + Audience.PARTIES_MAX + " parties");
            return Audience.INTERNAL;
        }
        var known = of(directory, parties);
        for (var party : parties) {
            var ok = party.startsWith("@")
                    ? directory.hasContactsAt(party.substring(1))
                    : known.people.containsKey(party) && known.people.get(party).isPresent();
            if (!ok) {
                input.wrong("audience", "names '" + party + "', whom the directory does not know");
                return Audience.INTERNAL;
            }
        }
        return new Audience(parties);
    }
}
