package io.baton.server.scim;

import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Provisioning;
import io.baton.server.directory.Provisioning.Account;
import io.baton.server.directory.Provisioning.AccountFilter;
import io.baton.server.leaving.Leavers;
import io.baton.server.session.Caller;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Members as SCIM Users. Who is no longer active has left, with all that follows from it; who is deleted has left and is
 * shown no more.
 */
@RestController("scimUserRoutes")
@RequestMapping("/scim/v2/Users")
class UserRoutes {

    private static final Map<String, String> FILTERS = Map.ofEntries(
            Map.entry("id", "id"),
            Map.entry("username", "userName"),
            Map.entry("externalid", "externalId"),
            Map.entry("displayname", "displayName"),
            Map.entry("name.formatted", "displayName"),
            Map.entry("emails", "emails"),
            Map.entry("emails.value", "emails"));

    private final Provisioning provisioning;
    private final Directory directory;
    private final Leavers leavers;
    private final Audit audit;

    UserRoutes(Node node) {
        this.provisioning = node.provisioning();
        this.directory = node.directory();
        this.leavers = node.leavers();
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
        var wanted = new AccountFilter(
                values.get("id"),
                values.get("userName"),
                values.get("externalId"),
                values.get("displayName"),
                values.get("emails"));
        var found = provisioning.accounts(wanted, range.offset(), range.count());
        var users = found.items().stream()
                .map(account -> Json.part(document(account), attributes, excludedAttributes))
                .toList();
        return Answers.ok(Json.list(found.total(), range.start(), users));
    }

    @GetMapping("/{id}")
    ResponseEntity<ObjectNode> user(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String attributes,
            @RequestParam(required = false) @Nullable String excludedAttributes) {
        return Answers.ok(Json.part(document(find(id)), attributes, excludedAttributes));
    }

    private Account find(String id) {
        return provisioning.account(id).orElseThrow(() -> Answers.notFound("User", id));
    }

    private ObjectNode document(Account account) {
        return UserDocument.of(account, directory, base());
    }

    static String base() {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/scim/v2")
                .toUriString();
    }

    @PostMapping
    ResponseEntity<ObjectNode> add(@RequestBody byte[] body, Caller caller) {
        var user = Json.object(body);
        var id = audit.within(() -> {
            var written = provisioning.create(
                    UserDocument.userName(user), UserDocument.email(user), before -> UserDocument.over(before, user));
            var added = Answers.done(written);
            audit.add(caller.who(), Act.PERSON_ADDED, Audit.What.person(added).with("SCIM"));
            return added;
        });
        setActive(find(id), user, caller);
        return Answers.created(document(find(id)), base() + "/Users/" + id);
    }

    @PutMapping("/{id}")
    ResponseEntity<ObjectNode> replace(@PathVariable String id, @RequestBody byte[] body, Caller caller) {
        var user = Json.object(body);
        UserDocument.userName(user);
        return write(id, before -> user, before -> UserDocument.over(before, user), caller);
    }

    @PatchMapping("/{id}")
    ResponseEntity<ObjectNode> change(@PathVariable String id, @RequestBody byte[] body, Caller caller) {
        var operations = Patch.operations(Json.object(body));
        UnaryOperator<ObjectNode> patched = document -> {
            Patch.apply(document, operations);
            return document;
        };
        return write(
                id,
                before -> patched.apply(document(before)),
                before -> UserDocument.from(before, patched.apply(document(before))),
                caller);
    }

    /** Leaving comes first: where it is refused, nothing else happens either. */
    private ResponseEntity<ObjectNode> write(
            String id, Function<Account, ObjectNode> user, UnaryOperator<Account> fields, Caller caller) {
        var account = find(id);
        setActive(account, user.apply(account), caller);
        audit.within(() -> {
            audit.add(caller.who(), Act.PERSON_CHANGED, Audit.What.person(id).with("SCIM"));
            Answers.done(provisioning.change(id, fields));
        });
        return Answers.ok(document(find(id)));
    }

    private void setActive(Account account, JsonNode user, Caller caller) {
        var active = Json.truth(user, "active");
        var person = account.person();
        if (active == null || active == person.isPresent()) {
            return;
        }
        if (active) {
            audit.within(() -> {
                audit.add(
                        caller.who(),
                        Act.PERSON_RETURNED,
                        Audit.What.person(person.id()).with("SCIM"));
                Answers.done(directory.comeBack(person.id()));
            });
        } else {
            Answers.done(leavers.leave(person.id(), caller.who()).written());
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        var person = find(id).person();
        Answers.done(leavers.leave(person.id(), caller.who()).written());
        provisioning.remove(person.id());
    }
}
