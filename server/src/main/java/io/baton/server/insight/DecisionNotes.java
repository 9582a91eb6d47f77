package io.baton.server.insight;

import io.baton.engine.Case;
import io.baton.engine.Event;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import io.baton.engine.codec.Words;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Questions;
import io.baton.server.processes.Questions.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What of a case's journal is a decision, and how the row of the case keeps it. */
public final class DecisionNotes {

    /** {@code place} is the key of the process and the id of the node; {@code inputs} are written as {@link DecisionColumns} has them. */
    public record Decided(int step, String place, SequencedMap<String, String> inputs) {}

    private final Deployments deployments;
    private final Questions questions;

    public DecisionNotes(Deployments deployments, Questions questions) {
        this.deployments = deployments;
        this.questions = questions;
    }

    public static String place(String process, String node) {
        return process + "/" + node;
    }

    /** What of these variables is compared at that question, in its order. */
    public static SequencedMap<String, String> inputs(Question question, Map<String, @Nullable Object> variables) {
        var inputs = new LinkedHashMap<String, String>();
        for (var name : question.inputs()) {
            var written = DecisionColumns.written(variables.get(name));
            if (written != null) {
                inputs.put(name, written);
            }
        }
        return inputs;
    }

    /** Before the event is applied: the variables are those by which it was decided. */
    public void note(Case state, Event event, List<Decided> into) {
        if (!(event instanceof Event.TaskCompleted done)) {
            return;
        }
        var step = state.step(done.step());
        if (step == null || step.node() == null) {
            return;
        }
        int process = state.processOf(step);
        var node = step.node();
        questions.of(process, node.index()).ifPresent(question -> {
            var place = place(deployments.require(process).key(), node.id());
            into.add(new Decided(step.id(), place, inputs(question, state.visible(step))));
        });
    }

    /** As the row of a case has them. */
    public static byte[] encoded(List<Decided> decisions) {
        var encoder = new Encoder(Words.NONE);
        encoder.unsigned(decisions.size());
        for (var each : decisions) {
            encoder.unsigned(each.step());
            encoder.string(each.place());
            encoder.map(each.inputs());
        }
        return encoder.bytes();
    }

    public static List<Decided> decoded(byte[] bytes) {
        var decoder = new Decoder(Words.NONE, bytes);
        var decisions = new ArrayList<Decided>();
        for (int left = decoder.count(); left > 0; left--) {
            int step = (int) decoder.unsigned();
            var place = decoder.requiredString();
            var inputs = new LinkedHashMap<String, String>();
            decoder.map().forEach((name, value) -> inputs.put(name, String.valueOf(value)));
            decisions.add(new Decided(step, place, inputs));
        }
        return decisions;
    }
}
