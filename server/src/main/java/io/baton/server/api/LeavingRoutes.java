package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Directory;
import io.baton.server.leaving.Leavers;
import io.baton.server.session.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Leaving for good, and coming back. */
@RestController
@RequestMapping("/api/people/{id}/leaving")
class LeavingRoutes {

    private final Directory directory;
    private final Leavers leavers;
    private final Audit audit;

    LeavingRoutes(Node node) {
        this.directory = node.directory();
        this.leavers = node.leavers();
        this.audit = node.audit();
    }

    /** How many cases changed hands, or lost an offer to the person. */
    record LeftView(int cases) {}

    /** The person gets in no more, and everything they hold or answer for goes on to others. Harmless when repeated. */
    @PostMapping
    LeftView leave(@PathVariable String id, Caller caller) {
        var left = leavers.leave(id, caller.who());
        Writing.done(left.written());
        return new LeftView(left.cases());
    }

    /** The person is here again, without what went to others; they need a new sign-in link. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void comeBack(@PathVariable String id, Caller caller) {
        audit.within(() -> {
            audit.add(caller.who(), Act.PERSON_RETURNED, Audit.What.person(id));
            Writing.done(directory.comeBack(id));
        });
    }
}
