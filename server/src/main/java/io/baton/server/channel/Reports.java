package io.baton.server.channel;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.IncidentKind;
import io.baton.server.channel.Letters.Told;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import java.util.LinkedHashMap;

/** Tells the case what became of its messages. Told twice, after a crash, the case refuses or does nothing. */
final class Reports {

    static final Actor CHANNEL = Actor.system("channel");

    private final Committer committer;

    Reports(Committer committer) {
        this.committer = committer;
    }

    void delivered(Told told) {
        var delivery = told.delivery();
        if (SendDeliveries.isMailJob(told.step())) {
            give(delivery.caseId(), new Command.CompleteJob(delivery.step(), new LinkedHashMap<>()));
        }
        var person = told.to().id();
        var bounced = told.state().incidents().stream()
                .anyMatch(incident -> incident.kind() == IncidentKind.BOUNCED
                        && incident.step() == delivery.step()
                        && person.equals(incident.about()));
        if (bounced) {
            give(delivery.caseId(), new Command.ReportDelivered(delivery.step(), person));
        }
    }

    void undelivered(Told told, String reason) {
        var delivery = told.delivery();
        if (SendDeliveries.isMailJob(told.step())) {
            fail(delivery, told.to().name() + " was not reached: " + reason);
        } else {
            undelivered(delivery.caseId(), delivery.step(), told.to().id(), reason);
        }
    }

    /** About the step, or about the case where the step is over. A case that has ended needs nobody to care. */
    void undelivered(long caseId, int step, String person, String reason) {
        var answer = give(caseId, new Command.ReportUndelivered(step, person, reason));
        if (answer instanceof Answer.Refused && step != 0) {
            give(caseId, new Command.ReportUndelivered(0, person, reason));
        }
    }

    /** To nobody that the directory knows. */
    void unknown(Delivery delivery) {
        fail(delivery, "The step does not say to whom the mail goes, or the directory does not know them");
    }

    private void fail(Delivery delivery, String message) {
        give(delivery.caseId(), new Command.FailJob(delivery.step(), message, 0));
    }

    private Answer give(long caseId, Command command) {
        return committer.perform(Request.of(caseId, command, CHANNEL));
    }
}
