package io.baton.server.commit;

import io.baton.engine.Case;

/** How a case's status is written in its row; a case that has not started has none. */
public final class CaseStatus {

    private CaseStatus() {}

    static int code(Case.Status status) {
        return switch (status) {
            case NEW -> throw new IllegalStateException("a case that has not started has no row");
            case OPEN -> 1;
            case COMPLETED -> 2;
            case CANCELLED -> 3;
        };
    }

    public static Case.Status of(int code) {
        return switch (code) {
            case 1 -> Case.Status.OPEN;
            case 2 -> Case.Status.COMPLETED;
            case 3 -> Case.Status.CANCELLED;
            default -> throw new IllegalStateException("no case has status " + code);
        };
    }
}
