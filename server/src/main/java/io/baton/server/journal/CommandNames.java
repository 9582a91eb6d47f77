package io.baton.server.journal;

import io.baton.engine.codec.MalformedException;
import java.util.List;

/** The commands' names as the journal writes them: by position. Append only. */
final class CommandNames {

    private static final List<String> NAMES = List.of(
            "StartCase",
            "ClaimTask",
            "ReleaseTask",
            "CompleteTask",
            "CompleteJob",
            "FailJob",
            "ThrowError",
            "FireTimer",
            "ReceiveMessage",
            "ResolveIncident",
            "SetVariables",
            "CancelCase",
            "ObserveDeviation",
            "OfferTask",
            "DeclineTask",
            "WithdrawOffer",
            "SendBack",
            "WaiveTask",
            "PromiseDate",
            "ProposeDate",
            "AnswerProposal",
            "ReportStuck",
            "RemoveObstacle",
            "OfferOwnership",
            "AcceptOwnership",
            "DeclineOwnership",
            "PauseCase",
            "ResumeCase",
            "ChangeDue",
            "ReplacePerson",
            "ReportUndelivered",
            "ReportDelivered",
            "TakeBackDecision",
            "PostComment",
            "EraseComment",
            "AttachFile",
            "EraseFile",
            "OpenFile",
            "SignFile",
            "ReportFacts",
            "DecideConflict",
            "MigrateCase",
            "BookSlot",
            "ReleaseSlot",
            "TakeBackAct");

    private CommandNames() {}

    static int number(String name) {
        int number = NAMES.indexOf(name);
        if (number < 0) {
            throw new IllegalStateException(name + " is missing in CommandNames");
        }
        return number;
    }

    static String name(int number) {
        if (number >= NAMES.size()) {
            throw new MalformedException("command " + number + ": written by a newer Baton?");
        }
        return NAMES.get(number);
    }
}
