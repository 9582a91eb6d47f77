package io.baton.server.api;

import io.baton.engine.model.FlowNode.CallActivity;
import io.baton.engine.model.FlowNode.Element;
import io.baton.engine.model.Outside.StartByMail;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.model.Text;
import io.baton.engine.model.Trigger;
import io.baton.server.api.Views.StartView;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Deployments.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By whom and by what a case of a process is started. */
final class Starts {

    private final Deployments deployments;

    Starts(Deployments deployments) {
        this.deployments = deployments;
    }

    /** Of a process that computes which one it calls nobody knows that it calls this one. */
    List<StartView> of(ProcessModel model) {
        var starts = new ArrayList<StartView>();
        if (model.plainStart() != null) {
            starts.add(new StartView("BY_HAND", null));
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
