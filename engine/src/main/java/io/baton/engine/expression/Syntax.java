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

    private static final List<String> NESTING_WORDS = List.of("if", "for", "some", "every", "function", "not");

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

    Feel.Compiled.@Nullable Refused problem() {
        return problems.isEmpty() ? null : problems.getFirst();
    }

    static Feel.Compiled.@Nullable Refused tooLarge(String source) {
        if (source.length() > Limits.SOURCE_LENGTH_MAX) {
            return new Feel.Compiled.Refused(
                    "the expression has " + source.length() + " characters, more than " + Limits.SOURCE_LENGTH_MAX,
                    1,
                    1);
        }
        if (nesting(source) > Limits.NESTING_MAX) {
            return new Feel.Compiled.Refused(
                    "the expression nests more than " + Limits.NESTING_MAX + " levels deep", 1, 1);
        }
        return null;
    }

    /** Brackets open at once, plus all nesting words, strings left out. Never less than the real nesting. */
    private static int nesting(String source) {
        int open = 0;
        int deepest = 0;
        int words = 0;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '"') {
                i = endOfString(source, i);
            } else if (c == '(' || c == '[' || c == '{') {
                deepest = Math.max(deepest, ++open);
            } else if (c == ')' || c == ']' || c == '}') {
                open = Math.max(0, open - 1);
            } else if (Character.isJavaIdentifierStart(c)) {
                int end = i;
                while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
                    end++;
                }
                words += NESTING_WORDS.contains(source.substring(i, end)) ? 1 : 0;
                i = end - 1;
            }
        }
        return deepest + words;
    }

    private static int endOfString(String source, int start) {
        int i = start + 1;
        while (i < source.length() && source.charAt(i) != '"') {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
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
