package io.baton.engine.bpmn;

import io.baton.engine.model.FlowNode.Job;
import io.baton.engine.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/** Reads {@code baton:job}: what a worker does. */
final class Jobs {

    private static final int RETRIES_MAX = 100;
    private static final int RETRIES_DEFAULT = 3;

    private final Formulas formulas;
    private final Problems problems;

    Jobs(Formulas formulas, Problems problems) {
        this.formulas = formulas;
        this.problems = problems;
    }

    @Nullable
    Job required(XmlElement owner, Extensions extensions) {
        var job = extensions.one("job");
        if (job == null) {
            problems.add(
                    owner, "<" + owner.name() + "> needs <baton:job type=\"…\"/>: the kind of job its worker takes");
            return null;
        }
        var type = formulas.text(job, job.attribute("type"));
        var retries = retries(job);
        return type == null ? null : new Job(type, retries);
    }

    private int retries(XmlElement job) {
        var text = job.attribute("retries");
        if (text == null) {
            return RETRIES_DEFAULT;
        }
        int retries = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
        if (retries < 1 || retries > RETRIES_MAX) {
            problems.add(job, "retries is a number from 1 to " + RETRIES_MAX + ": '" + Problems.clipped(text) + "'");
            return RETRIES_DEFAULT;
        }
        return retries;
    }
}
