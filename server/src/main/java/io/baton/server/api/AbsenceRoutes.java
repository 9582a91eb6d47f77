package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Absence;
import io.baton.server.directory.Absences;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is away: entered by people themselves, their managers and administrators; listed with the person. */
@RestController
class AbsenceRoutes {

    private static final int ID_DIGITS_MAX = 18;

    private final Directory directory;
    private final Absences absences;
    private final Audit audit;

    AbsenceRoutes(Node node) {
        this.directory = node.directory();
        this.absences = node.absences();
        this.audit = node.audit();
    }

    /** From the first moment up to and without the last. {@code reason} is null to whom it does not concern. */
    record AbsenceView(
            String id,
            Instant from,
            Instant until,
            @Nullable PersonRef substitute,
            @Nullable String reason) {

        static AbsenceView of(Absence absence, Names names, boolean withReason) {
            return new AbsenceView(
                    Long.toString(absence.id()),
                    absence.from(),
                    absence.until(),
                    names.person(absence.substitute()),
                    withReason ? absence.reason() : null);
        }
    }

    record NewAbsence(
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String substitute,
            @Nullable String reason) {}

    static boolean mayManage(Caller caller, Person person) {
        return caller.admin()
                || caller.person().equals(person.id())
                || caller.person().equals(person.profile().manager());
    }

    @PostMapping("/api/people/{id}/absences")
    @ResponseStatus(HttpStatus.CREATED)
    AbsenceView add(@PathVariable String id, @RequestBody NewAbsence body, Caller caller) {
        requireMayManage(caller, id);
        var input = new Input();
        var from = input.time("from", body.from);
        var until = input.time("until", body.until);
        var reason = input.optionalText("reason", body.reason, Absence.REASON_CHARACTERS_MAX);
        input.done();
        var absence = new Absence(0, id, from, until, Input.orNull(body.substitute), reason);
        var number = audit.within(() -> {
            onRecord(caller, Act.ABSENCE_ADDED, id);
            return Long.parseLong(Writing.done(absences.add(absence)));
        });
        var added = new Absence(number, id, from, until, absence.substitute(), reason);
        return AbsenceView.of(added, Names.of(directory, Arrays.asList(added.substitute()), List.of()), true);
    }

    private void requireMayManage(Caller caller, String id) {
        var person = directory.find(id).orElseThrow(() -> Writing.noSuchPerson(id));
        if (!mayManage(caller, person)) {
            throw ProblemException.forbidden(
                    "NotAllowed", "Only the person, their manager and administrators may enter when they are away.");
        }
    }

    @DeleteMapping("/api/absences/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id, Caller caller) {
        var number = id.matches("[1-9]\\d{0," + (ID_DIGITS_MAX - 1) + "}") ? Long.parseLong(id) : 0;
        var absence = absences.find(number).orElseThrow(AbsenceRoutes::noSuchAbsence);
        requireMayManage(caller, absence.person());
        audit.within(() -> {
            onRecord(caller, Act.ABSENCE_REMOVED, absence.person());
            if (!absences.remove(number)) {
                throw noSuchAbsence();
            }
        });
    }

    /** When people themselves are away is their own affair. */
    private void onRecord(Caller caller, Act act, String person) {
        if (!caller.person().equals(person)) {
            audit.add(caller.who(), act, Audit.What.person(person));
        }
    }

    private static ProblemException noSuchAbsence() {
        return ProblemException.notFound("NoSuchAbsence", "There is no such absence.");
    }
}
