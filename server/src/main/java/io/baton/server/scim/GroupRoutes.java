package io.baton.server.scim;

import io.baton.engine.model.PartyKey;
import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Provisioning;
import io.baton.server.directory.Provisioning.Group;
import io.baton.server.directory.Provisioning.GroupFilter;
import io.baton.server.directory.Provisioning.Members;
import io.baton.server.directory.Team;
import io.baton.server.session.Caller;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Teams of people as SCIM Groups. The id is the key, made of the name as lanes make theirs; it stays when the name
 * changes.
 */
@RestController("scimGroupRoutes")
@RequestMapping("/scim/v2/Groups")
class GroupRoutes {

    private static final String MEMBERS = "members";

    private static final Map<String, String> FILTERS = Map.of(
            "id", "id",
            "externalid", "externalId",
            "displayname", "displayName",
            "members", MEMBERS,
            "members.value", MEMBERS);

    private final Provisioning provisioning;
    private final Directory directory;
    private final Audit audit;

    GroupRoutes(Node node) {
        this.provisioning = node.provisioning();
        this.directory = node.directory();
        this.audit = node.audit();
    }

    @GetMapping
    ResponseEntity<ObjectNode> list(
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String startIndex,
            @RequestParam(required = false) @Nullable String count,
            @RequestParam(required = false) @Nullable String attributes,
            @RequestParam(required = false) @Nullable String excludedAttributes) {
        var range = Answers.Range.of(startIndex, count);
        var values = Filter.parse(filter, FILTERS);
        var wanted = new GroupFilter(
                values.get("id"), values.get("externalId"), values.get("displayName"), values.get(MEMBERS));
        var found = provisioning.groups(wanted, range.offset(), range.count());
        var groups = found.items().stream()
                .map(group -> Json.part(document(group), attributes, excludedAttributes))
                .toList();
        return Answers.ok(Json.list(found.total(), range.start(), groups));
    }

    @GetMapping("/{id}")
    ResponseEntity<ObjectNode> group(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String attributes,
            @RequestParam(required = false) @Nullable String excludedAttributes) {
        return Answers.ok(Json.part(document(find(id)), attributes, excludedAttributes));
    }

    private Group find(String id) {
        return provisioning.group(id).orElseThrow(() -> Answers.notFound("Group", id));
    }

    private static ObjectNode document(Group group) {
        var base = UserRoutes.base();
        var document = Json.resource(Json.GROUP);
        document.put("id", group.key());
        if (group.externalId() != null) {
            document.put("externalId", group.externalId());
        }
        document.put("displayName", group.name());
        var members = document.putArray(MEMBERS);
        group.members()
                .forEach(member -> members.addObject()
                        .put("value", member.id())
                        .put("display", member.name())
                        .put("type", "User")
                        .put("$ref", base + "/Users/" + member.id()));
        Json.meta(document, "Group", base + "/Groups/" + group.key());
        return document;
    }

    @PostMapping
    ResponseEntity<ObjectNode> add(@RequestBody byte[] body, Caller caller) {
        var document = Json.object(body);
        var name = displayName(document);
        var key = PartyKey.of(name);
        if (key.isEmpty()) {
            throw Json.refusal("invalidValue", "displayName must have a Latin letter or a digit, to make the id of.");
        }
        var team = Team.of(key, name, Team.Kind.TEAM);
        var members = new Members(values(Json.get(document, MEMBERS)), Set.of(), false);
        audit.within(() -> {
            audit.add(caller.who(), Act.TEAM_PUT, Audit.What.subject(key).with("SCIM"));
            Answers.done(provisioning.create(team, Json.text(document, "externalId"), members));
        });
        return Answers.created(document(find(key)), UserRoutes.base() + "/Groups/" + key);
    }

    private static String displayName(JsonNode document) {
        var name = Json.text(document, "displayName");
        if (name == null) {
            throw Json.refusal("invalidValue", "displayName is required.");
        }
        return name;
    }

    private static Set<String> values(@Nullable JsonNode members) {
        var values = new LinkedHashSet<String>();
        for (var member : Json.elements(members)) {
            var value = member.isString() ? member.asString() : Json.text(member, "value");
            if (value == null) {
                throw Json.refusal("invalidValue", "Each of members must have a value, the id of a User.");
            }
            values.add(value);
        }
        return values;
    }

    @PutMapping("/{id}")
    ResponseEntity<ObjectNode> replace(@PathVariable String id, @RequestBody byte[] body, Caller caller) {
        var document = Json.object(body);
        var given = Json.get(document, MEMBERS);
        var members = given == null ? Members.AS_THEY_ARE : new Members(values(given), Set.of(), true);
        return write(id, displayName(document), Json.text(document, "externalId"), members, caller);
    }

    private ResponseEntity<ObjectNode> write(
            String id, @Nullable String name, @Nullable String externalId, Members members, Caller caller) {
        audit.within(() -> {
            audit.add(caller.who(), Act.TEAM_PUT, Audit.What.subject(id).with("SCIM"));
            Answers.done(provisioning.change(id, name, externalId, members));
        });
        return Answers.ok(document(find(id)));
    }

    /** On the document without its members, and the members apart: a large team is not written whole for each of them. */
    @PatchMapping("/{id}")
    ResponseEntity<ObjectNode> change(@PathVariable String id, @RequestBody byte[] body, Caller caller) {
        var operations = Patch.operations(Json.object(body));
        var document = document(find(id));
        document.remove(MEMBERS);
        var members = new MemberChanges();
        for (var operation : operations) {
            if (!members.take(operation)) {
                Patch.apply(document, List.of(operation));
                members.takeFrom(document, operation.op());
            }
        }
        return write(id, displayName(document), Json.text(document, "externalId"), members.all(), caller);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        audit.within(() -> {
            audit.add(caller.who(), Act.TEAM_REMOVED, Audit.What.subject(id).with("SCIM"));
            Answers.done(directory.remove(find(id).key()));
        });
    }

    /** What the operations of a patch do to members, one after the other, as one change in the end. */
    private static final class MemberChanges {

        private static final Pattern ONE =
                Pattern.compile("members\\[\\s*value\\s+eq\\s+\"([^\"]*)\"\\s*]", Pattern.CASE_INSENSITIVE);

        private final Set<String> joining = new LinkedHashSet<>();
        private final Set<String> leaving = new LinkedHashSet<>();
        private boolean only;

        /** False when the operation is about something else. */
        boolean take(Patch.Operation operation) {
            var path = operation.path();
            if (path == null) {
                return false;
            }
            var plain = path.regionMatches(true, 0, Json.GROUP + ":", 0, Json.GROUP.length() + 1)
                    ? path.substring(Json.GROUP.length() + 1)
                    : path;
            var one = ONE.matcher(plain);
            if (one.matches() && operation.op() == Patch.Op.REMOVE) {
                leave(Set.of(one.group(1)));
                return true;
            }
            if (!plain.equalsIgnoreCase(MEMBERS)) {
                return false;
            }
            var values = values(operation.value());
            switch (operation.op()) {
                case ADD -> join(values);
                case REPLACE -> replace(values);
                case REMOVE -> {
                    if (operation.value() == null) {
                        replace(Set.of());
                    } else {
                        leave(values);
                    }
                }
            }
            return true;
        }

        /** An operation without a path may have had members among its attributes. */
        void takeFrom(ObjectNode document, Patch.Op op) {
            var given = Json.get(document, MEMBERS);
            if (given != null && op == Patch.Op.ADD) {
                join(values(given));
            } else if (given != null) {
                replace(values(given));
            }
            document.remove(Json.name(document, MEMBERS));
        }

        private void join(Set<String> values) {
            joining.addAll(values);
            leaving.removeAll(values);
        }

        private void leave(Set<String> values) {
            joining.removeAll(values);
            leaving.addAll(values);
        }

        private void replace(Set<String> values) {
            only = true;
            joining.clear();
            leaving.clear();
            joining.addAll(values);
        }

        Members all() {
            return new Members(joining, leaving, only);
        }
    }
}
