package io.baton.engine.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.api.feel.runtime.events.FEELEventListener;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.FunctionDefNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
import org.kie.dmn.feel.runtime.events.SyntaxErrorEvent;
import org.kie.dmn.feel.runtime.events.UnknownVariableErrorEvent;

/** What is checked of an expression before it may run: its size before parsing, its meaning after. */
final class Syntax implements FEELEventListener {

    private final List<Feel.Compiled.Refused> problems = new ArrayList<>();
    private final SequencedSet<String> unknownNames = new LinkedHashSet<>();

    /** Names that are not known when compiling are variables of the case; only a call of one is a mistake. */
    @Override
    public void onEvent(FEELEvent event) {
        switch (event) {
            case UnknownVariableErrorEvent unknown -> unknownNames.add(String.valueOf(unknown.getOffendingSymbol()));
            case SyntaxErrorEvent error ->
                problems.add(new Feel.Compiled.Refused(error.getMessage(), error.getLine(), error.getColumn() + 1));
            default -> {
                if (event.getSeverity() == FEELEvent.Severity.ERROR) {
                    problems.add(new Feel.Compiled.Refused(event.getMessage(), 1, 1));
                }
            }
        }
    }

    SequencedSet<String> unknownNames() {
        return unknownNames;
    }

    Feel.Compiled.@Nullable Refused problem() {
        return problems.isEmpty() ? null : problems.getFirst();
    }

    static Feel.Compiled.@Nullable Refused tooLarge(String source) {
        var reason = source.length() > Limits.SOURCE_LENGTH_MAX
                ? "the expression has " + source.length() + " characters, more than " + Limits.SOURCE_LENGTH_MAX
                : Intricacy.complaint(source);
        return reason == null ? null : new Feel.Compiled.Refused(reason, 1, 1);
    }

    void check(@Nullable ASTNode node) {
        if (node == null) {
            return;
        }
        if (node instanceof FunctionDefNode function && function.isExternal()) {
            refuse("external functions are not executed", node);
        }
        if (node instanceof FunctionInvocationNode call && call.getName() instanceof NameRefNode name) {
            if (name.getText().equals(Functions.DECISION_TABLE)) {
                refuse("the function decision table() is not offered: use a DMN decision", node);
            } else if (unknownNames.contains(name.getText())) {
                refuse("there is no function '" + name.getText() + "'", node);
            }
        }
        for (var child : node.getChildrenNode()) {
            check(child);
        }
    }

    private void refuse(String reason, ASTNode node) {
        problems.add(new Feel.Compiled.Refused(
                reason, Math.max(1, node.getStartLine()), Math.max(1, node.getStartColumn() + 1)));
    }
}
