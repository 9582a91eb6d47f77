package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Addresses;
import io.baton.server.directory.Directory;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where people are reached by Slack, Microsoft Teams and on their phone. Administrators say so, for what comes from there is
 * done in the person's name; everybody sees their own.
 */
@RestController
final class AddressRoutes {

    private final Addresses addresses;
    private final Directory directory;
    private final Audit audit;

    AddressRoutes(Node node) {
        this.addresses = node.addresses();
        this.directory = node.directory();
        this.audit = node.audit();
    }

    /** {@code channel} is slack, teams or sms; {@code stopped}: they want nothing more there. */
    record AddressView(String channel, String address, boolean stopped) {}

    record AddressesView(List<AddressView> items) {}

    record AddressBody(@Nullable String address) {}

    @GetMapping("/api/people/{id}/addresses")
    AddressesView list(@PathVariable String id, Caller caller) {
        if (!caller.admin() && !caller.person().equals(id)) {
            throw ProblemException.forbidden("NotAnAdministrator", "Only administrators see other people's addresses.");
        }
        known(id);
        return new AddressesView(addresses.of(id).stream()
                .map(each -> new AddressView(each.channel(), each.address(), each.stopped()))
                .toList());
    }

    /** Another one replaces it. */
    @PutMapping("/api/people/{id}/addresses/{channel}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(@PathVariable String id, @PathVariable String channel, @RequestBody AddressBody body, Caller caller) {
        known(id);
        var address = Input.only(input -> input.text("address", body.address(), Addresses.CHARACTERS_MAX));
        Addresses.mistake(channel, address).ifPresent(mistake -> {
            throw ProblemException.invalid("address", mistake);
        });
        audit.within(() -> {
            if (!addresses.put(id, channel, address)) {
                throw ProblemException.of(
                        HttpStatus.CONFLICT, "AddressTaken", "That address is another person's: it can be one's only.");
            }
            audit.add(caller.who(), Act.ADDRESS_PUT, new Audit.What(id, channel, null));
            return true;
        });
    }

    @DeleteMapping("/api/people/{id}/addresses/{channel}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id, @PathVariable String channel, Caller caller) {
        known(id);
        audit.within(() -> {
            if (!addresses.remove(id, channel)) {
                throw ProblemException.notFound("NoSuchAddress", "They have no address there.");
            }
            audit.add(caller.who(), Act.ADDRESS_REMOVED, new Audit.What(id, channel, null));
            return true;
        });
    }

    private void known(String id) {
        if (directory.find(id).isEmpty()) {
            throw ProblemException.notFound("NoSuchPerson", "There is no such person.");
        }
    }
}
