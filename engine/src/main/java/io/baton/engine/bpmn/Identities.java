package io.baton.engine.bpmn;

import io.baton.engine.xml.XmlElement;
import java.util.LinkedHashMap;

/** Ids are what a process is known by for ever after, in journals too: unique, and no longer than they need be. */
final class Identities {

    private Identities() {}

    static void check(XmlElement root, Problems problems) {
        var seen = new LinkedHashMap<String, XmlElement>();
        root.all().filter(element -> element.namespace().equals(Names.BPMN)).forEach(element -> {
            var id = element.attribute("id");
            if (id == null) {
                return;
            }
            var first = seen.putIfAbsent(id, element);
            if (first != null) {
                problems.add(element, "the id is already used at " + first.place());
            }
            if (!Names.isId(id)) {
                problems.add(
                        element,
                        "an id begins with a letter and has letters, digits, '_', '-' and '.', at most "
                                + Names.ID_LENGTH_MAX);
            }
            var name = element.attribute("name");
            if (name != null && name.length() > Names.NAME_LENGTH_MAX) {
                problems.add(element, "the name is longer than " + Names.NAME_LENGTH_MAX + " characters");
            }
        });
    }
}
