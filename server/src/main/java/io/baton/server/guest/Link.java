package io.baton.server.guest;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A contact's way in, without its secret. Without a {@code caseId} it is for all that the person has to do; without a
 * {@code step} for the whole case.
 *
 * @param lookOnly for seeing where the case stands, and for nothing that waits in it
 * @param endedAt when the step or the case it is for was over
 * @param lastUsedAt when something was last done by it; looking leaves no trace
 */
public record Link(
        UUID id,
        String person,
        long caseId,
        int step,
        boolean lookOnly,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    /** What a link is good for at a moment. */
    public enum Use {
        /** For looking and acting. */
        ACT,
        /** Only for looking: what it was for is over, or it was made for that. */
        LOOK,
        /** For nothing but asking for another one. */
        EXPIRED,
        /** For nothing. */
        REVOKED
    }

    public Use useAt(Instant now) {
        if (revokedAt != null) {
            return Use.REVOKED;
        }
        if (endedAt != null && now.isBefore(endedAt.plus(Links.LOOKING_AFTERWARDS))) {
            return Use.LOOK;
        }
        if (!now.isBefore(expiresAt)) {
            return Use.EXPIRED;
        }
        return endedAt == null && !lookOnly ? Use.ACT : Use.LOOK;
    }

    /** Whether that step, or the whole case where it is 0, is within what the link is for. */
    public boolean covers(long otherCase, int otherStep) {
        return lookOnly
                ? caseId == otherCase && otherStep == 0
                : caseId == 0 || (caseId == otherCase && (step == 0 || step == otherStep));
    }
}
