package io.baton.server.commit;

import io.baton.engine.Engine;
import io.baton.engine.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Something to be sent to somebody, as the journal says: once, however often it takes. */
public record DeliveryRow(int id, int step, int kind, String recipient, Instant createdAt) {

    static final int REMINDER = 1;
    static final int ESCALATION = 2;
    static final int COMMENT = 3;

    public static List<DeliveryRow> of(Engine.Entry entry) {
        var rows = new ArrayList<DeliveryRow>();
        for (var event : entry.events()) {
            if (event instanceof Event.ReminderSent sent) {
                rows.add(new DeliveryRow(sent.delivery(), sent.step(), REMINDER, sent.to(), entry.at()));
            } else if (event instanceof Event.Escalated told) {
                rows.add(new DeliveryRow(told.delivery(), told.step(), ESCALATION, told.to(), entry.at()));
            } else if (event instanceof Event.CommentPosted posted) {
                for (int i = 0; i < posted.told().size(); i++) {
                    rows.add(new DeliveryRow(
                            posted.delivery() + i,
                            posted.step(),
                            COMMENT,
                            posted.told().get(i),
                            entry.at()));
                }
            }
        }
        return rows;
    }
}
