package io.baton.engine.bpmn;

import io.baton.engine.model.Activity.Mapping;
import io.baton.engine.model.Trigger;
import io.baton.engine.xml.XmlElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for a message: an event, or a receive task. */
final class Messages {

    private Messages() {}

    /** {@code user} has the messageRef, {@code outputs} are the event's. What starts a case needs no correlation key, since there is nothing to find yet. */
    static Trigger.@Nullable Message trigger(
            XmlElement user,
            boolean startsCase,
            List<Mapping> outputs,
            Definitions definitions,
            Formulas formulas,
            Problems problems) {
        var message = definitions.message(user);
        if (message == null) {
            return null;
        }
        var name = message.attribute("name");
        if (name == null || name.isBlank()) {
            problems.add(message, "the message needs a name: it is what senders send");
            return null;
        }
        if (startsCase) {
            return new Trigger.Message(name, null, outputs);
        }
        var correlation =
                Extensions.of(message, problems, List.of("correlation")).one("correlation");
        if (correlation == null) {
            problems.add(message, "the message needs <baton:correlation key=\"= …\"/>, to find the case it is for");
            return null;
        }
        var key = formulas.expression(correlation, String.valueOf(correlation.attribute("key")));
        return key == null ? null : new Trigger.Message(name, key, outputs);
    }
}
