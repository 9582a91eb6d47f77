package io.baton.server.api;

import io.baton.engine.model.FlowNode.CallActivity;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.Outside.StartByMail;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.Text;
import io.baton.engine.model.Trigger;
import io.baton.server.api.Views.StartView;
import io.baton.server.directory.Directory;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Deployments.Version;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By whom and by what a case of a process is started; of its people those whom it names, and administrators. */
final class Starts {

    private final Deployments deployments;
    private final Directory directory;

    Starts(Deployments deployments, Directory directory) {
        this.deployments = deployments;
        this.directory = directory;
    }

    boolean may(ProcessModel model, Caller caller) {
        return caller.admin() || directory.mayStart(model.starters(), caller.person());
    }

    void require(ProcessModel model, Caller caller) {
        if (!may(model, caller)) {
            throw ProblemException.forbidden(
                    "MayNotStart", "Cases of this process are started by members of " + teams(model) + ".");
        }
    }

    private String teams(ProcessModel model) {
        var names = Names.of(directory, List.of(), model.starters());
        return String.join(", ", model.starters().stream().map(names::partyName).toList());
    }

    /** Of a process that computes which one it calls nobody knows that it calls this one. */
    List<StartView> of(ProcessModel model) {
        var starts = new ArrayList<StartView>();
        if (model.plainStart() != null) {
            starts.add(new StartView("BY_HAND", model.starters().isEmpty() ? null : teams(model)));
        }
        switch (model.outside().startByMail()) {
            case StartByMail.KNOWN -> starts.add(new StartView("BY_MAIL", null));
            case StartByMail.ANYONE -> starts.add(new StartView("BY_ANY_MAIL", null));
            case StartByMail.NOBODY -> {}
        }
        for (var start : model.startEvents(Element.PROCESS)) {
            switch (start.trigger()) {
                case Trigger.Message message -> starts.add(new StartView("BY_MESSAGE", message.name()));
                case Trigger.Timer timer -> starts.add(new StartView("ON_SCHEDULE", literal(timer.value())));
                case Trigger.None _, Trigger.Error _ -> {}
            }
        }
        deployments.newestVersions().stream()
                .filter(each -> calls(each, model.key()))
                .forEach(each -> starts.add(new StartView("CALLED", each.label())));
        return starts;
    }

    private boolean calls(Version version, String key) {
        return deployments.requireModel(version.id()).nodes().stream()
                .anyMatch(node -> node instanceof CallActivity call && key.equals(literal(call.calledElement())));
    }

    private static @Nullable String literal(Text text) {
        return text instanceof Text.Literal(var value) ? value : null;
    }
}
