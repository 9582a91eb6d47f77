package io.baton.server.verify;

import io.baton.engine.Ledger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A finished case's ledger, but for working time: calendars have changed since. */
record Charged(Instant at, @Nullable BigDecimal waitingPerDay, List<String> charges) {

    static Charged of(Instant at, @Nullable BigDecimal waitingPerDay, List<Ledger.Charge> charges) {
        return new Charged(
                at,
                waitingPerDay == null ? null : waitingPerDay.stripTrailingZeros(),
                charges.stream()
                        .map(each -> each.holder() + " for " + each.party() + ": " + each.elapsed())
                        .toList());
    }
}
