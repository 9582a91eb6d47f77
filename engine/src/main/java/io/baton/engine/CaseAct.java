package io.baton.engine;

import io.baton.engine.Said.Need;
import java.util.ArrayList;
import java.util.List;

/** What somebody can do with an open case as a whole: its owner, and who is asked to become it. */
public enum CaseAct {
    PAUSE,
    RESUME,
    CHANGE_CASE_DUE,
    HAND_OVER,
    CANCEL,
    ACCEPT_CASE,
    DECLINE_CASE;

    /** What has to be said with it. */
    public List<Need> needs() {
        return switch (this) {
            case PAUSE -> List.of(Need.AT, Need.REASON, Need.MAY_PERSON);
            case RESUME, ACCEPT_CASE -> List.of();
            case CHANGE_CASE_DUE -> List.of(Need.MAY_AT, Need.REASON);
            case HAND_OVER -> List.of(Need.PERSON, Need.REASON);
            case CANCEL, DECLINE_CASE -> List.of(Need.REASON);
        };
    }

    /** Those that are the person's now. */
    public static List<CaseAct> possible(Case state, String person) {
        var possible = new ArrayList<CaseAct>();
        if (state.status() != Case.Status.OPEN) {
            return possible;
        }
        if (person.equals(state.owner())) {
            possible.add(state.pause() == null ? PAUSE : RESUME);
            possible.addAll(List.of(CHANGE_CASE_DUE, HAND_OVER, CANCEL));
        }
        if (person.equals(state.heir())) {
            possible.addAll(List.of(ACCEPT_CASE, DECLINE_CASE));
        }
        return possible;
    }

    public Command command(Said said) {
        return switch (this) {
            case PAUSE -> new Command.PauseCase(said.requireAt(), said.reason(), said.person());
            case RESUME -> new Command.ResumeCase();
            case CHANGE_CASE_DUE -> new Command.ChangeDue(0, said.at(), said.reason());
            case HAND_OVER -> new Command.OfferOwnership(said.requirePerson(), said.reason());
            case CANCEL -> new Command.CancelCase(said.reason());
            case ACCEPT_CASE -> new Command.AcceptOwnership();
            case DECLINE_CASE -> new Command.DeclineOwnership(said.reason());
        };
    }
}
