package io.baton.server.commit;

import io.baton.engine.Actor;
import io.baton.engine.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Something to be told to somebody, as the journal says: once, however often it takes. {@code nr} counts within the
 * journal's entry, from 0; {@code kind} is the place of the {@link Notice.Reason} in its list, from 1.
 */
public record DeliveryRow(int entry, int nr, int step, int kind, String recipient, Instant createdAt) {

    private static final char SYSTEM = '~';
    private static final List<Notice.Reason> KINDS = List.of(Notice.Reason.values());

    /** Who acts knows, but not what the process asks of them next; and a system reads no mail. */
    public static List<DeliveryRow> of(int entry, Instant at, Actor actor, List<Notice> notices) {
        if (notices.isEmpty()) {
            return List.of();
        }
        var rows = new ArrayList<DeliveryRow>();
        for (var notice : notices) {
            var to = notice.to();
            var knows = to.equals(actor.id())
                    && notice.reason() != Notice.Reason.OFFERED
                    && !notice.reason().confirms();
            if (!knows && (to.isEmpty() || to.charAt(0) != SYSTEM)) {
                rows.add(new DeliveryRow(entry, rows.size(), notice.step(), kind(notice.reason()), to, at));
            }
        }
        return rows;
    }

    public Notice.Reason reason() {
        return KINDS.get(kind - 1);
    }

    private static int kind(Notice.Reason reason) {
        return KINDS.indexOf(reason) + 1;
    }
}
