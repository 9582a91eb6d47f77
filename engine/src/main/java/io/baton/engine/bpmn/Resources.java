package io.baton.engine.bpmn;

import io.baton.engine.expression.Decision;
import java.util.Map;
import java.util.Set;

/** What ships beside a BPMN file: decisions by key, and the keys of forms. */
record Resources(Map<String, Decision> decisions, Set<String> forms) {}
