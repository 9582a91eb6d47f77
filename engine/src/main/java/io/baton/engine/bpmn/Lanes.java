package io.baton.engine.bpmn;

import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.PartyKey;
import io.baton.engine.xml.XmlElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Which party does what. The innermost lane that names a node counts; a node in no lane belongs where its activity (for a
 * boundary event) or its sub-process belongs, and at last to the pool.
 */
final class Lanes {

    private final Problems problems;
    private final Draft draft;
    private final SequencedMap<String, XmlElement> laneOfNode = new LinkedHashMap<>();
    private final SequencedMap<String, String> partyOfNode = new LinkedHashMap<>();
    private final @Nullable String poolParty;

    Lanes(XmlElement process, @Nullable XmlElement pool, Draft draft, Problems problems) {
        this.problems = problems;
        this.draft = draft;
        this.poolParty = pool == null ? null : party(pool, null);
        readSets(process, "laneSet", poolParty);
        for (var node : draft.nodes()) {
            if (node.is("subProcess")) {
                readSets(node.xml(), "laneSet", null);
            }
        }
    }

    private void readSets(XmlElement owner, String name, @Nullable String outerParty) {
        for (var set : owner.children(Names.BPMN, name)) {
            for (var lane : set.children(Names.BPMN, "lane")) {
                readLane(lane, outerParty);
            }
        }
    }

    private void readLane(XmlElement lane, @Nullable String outerParty) {
        var party = party(lane, outerParty);
        for (var reference : lane.children(Names.BPMN, "flowNodeRef")) {
            var id = Names.withoutPrefix(reference.text());
            if (draft.node(id) == null) {
                problems.add(lane, "there is no flow node '" + Problems.clipped(id) + "' in the process");
                continue;
            }
            var other = laneOfNode.put(id, lane);
            if (other != null && !encloses(other, lane)) {
                problems.add(lane, "'" + id + "' lies in two lanes");
            }
            if (party != null) {
                partyOfNode.put(id, party);
            }
        }
        readSets(lane, "childLaneSet", party);
    }

    private static boolean encloses(XmlElement outer, XmlElement inner) {
        for (var each = inner.parent(); each != null; each = each.parent()) {
            if (each == outer) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String party(XmlElement laneOrPool, @Nullable String outerParty) {
        var party = Extensions.of(laneOrPool, problems, List.of("party")).one("party");
        if (party != null) {
            var key = String.valueOf(party.attribute("key"));
            if (!PartyKey.isKey(key)) {
                problems.add(party, "a party's key has small letters, digits and '-': '" + Problems.clipped(key) + "'");
            }
            return key;
        }
        var name = laneOrPool.attribute("name");
        if (name == null || name.isBlank()) {
            return outerParty;
        }
        var slug = PartyKey.of(name);
        if (slug.isEmpty()) {
            problems.add(
                    laneOrPool,
                    "no key can be made of the name '" + Problems.clipped(name) + "': give it one with baton:party");
            return outerParty;
        }
        return slug;
    }

    @Nullable
    String party(Draft.Node node) {
        var party = partyOfNode.get(node.id());
        if (party != null) {
            return party;
        }
        var attachedTo = node.xml().attribute("attachedToRef");
        var activity = attachedTo == null ? null : draft.node(Names.withoutPrefix(attachedTo));
        if (activity != null && activity.isActivity()) {
            return party(activity);
        }
        return node.scope() == Element.PROCESS ? poolParty : party(draft.node(node.scope()));
    }
}
