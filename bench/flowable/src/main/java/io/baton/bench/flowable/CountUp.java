package io.baton.bench.flowable;

import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;

/** W2's service task: reads a variable and sets one. */
public final class CountUp implements JavaDelegate {
    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable("count", (Integer) execution.getVariable("count") + 1);
    }
}
