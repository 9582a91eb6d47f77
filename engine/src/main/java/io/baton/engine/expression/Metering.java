package io.baton.engine.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.BetweenNode;
import org.kie.dmn.feel.lang.ast.ContextNode;
import org.kie.dmn.feel.lang.ast.DescendantExpressionNode;
import org.kie.dmn.feel.lang.ast.FilterExpressionNode;
import org.kie.dmn.feel.lang.ast.ForExpressionNode;
import org.kie.dmn.feel.lang.ast.FunctionDefNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.IfExpressionNode;
import org.kie.dmn.feel.lang.ast.InNode;
import org.kie.dmn.feel.lang.ast.InfixOpNode;
import org.kie.dmn.feel.lang.ast.InstanceOfNode;
import org.kie.dmn.feel.lang.ast.IterationContextNode;
import org.kie.dmn.feel.lang.ast.ListNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
import org.kie.dmn.feel.lang.ast.NamedParameterNode;
import org.kie.dmn.feel.lang.ast.PathExpressionNode;
import org.kie.dmn.feel.lang.ast.QualifiedNameNode;
import org.kie.dmn.feel.lang.ast.QuantifiedExpressionNode;
import org.kie.dmn.feel.lang.ast.RangeNode;
import org.kie.dmn.feel.lang.ast.SignedUnaryNode;
import org.kie.dmn.feel.lang.ast.UnaryTestListNode;
import org.kie.dmn.feel.lang.ast.UnaryTestNode;

/**
 * Rebuilds a syntax tree so that every step of its evaluation is paid for. The library has no limit of its own, but its
 * nodes have setters: loops and operators are exchanged for ours, all else is wrapped. Nodes that a parent tells apart by
 * class (names, iteration contexts, unary tests) keep their class and only have their children exchanged.
 */
final class Metering {

    private Metering() {}

    /** A whole expression. A function definition stays itself: DMN asks whether the root is one. */
    static BaseNode metered(BaseNode root) {
        return root instanceof FunctionDefNode || root instanceof UnaryTestListNode
                ? withMeteredChildren(root)
                : new Metered(withMeteredChildren(root), false);
    }

    private static @Nullable BaseNode node(@Nullable BaseNode node) {
        return node(node, false);
    }

    private static @Nullable BaseNode node(@Nullable BaseNode node, boolean deeply) {
        return switch (node) {
            case null -> null;
            case FunctionDefNode definition -> withMeteredChildren(definition);
            case UnaryTestNode test -> withMeteredChildren(test);
            case NamedParameterNode parameter -> {
                parameter.setExpression(node(parameter.getExpression(), deeply));
                yield parameter;
            }
            default -> isConstant(node) ? node : new Metered(withMeteredChildren(node), deeply);
        };
    }

    /** Charging for a list that is only walked into or indexed would charge for what is not done. */
    private static @Nullable BaseNode source(@Nullable BaseNode node) {
        return node != null && isName(node) ? withMeteredChildren(node) : node(node);
    }

    private static boolean isName(@Nullable BaseNode node) {
        return node instanceof NameRefNode || node instanceof QualifiedNameNode;
    }

    private static boolean isConstant(BaseNode node) {
        return node.getChildrenNode().length == 0
                && !(node instanceof NameRefNode)
                && !(node instanceof ListNode)
                && !(node instanceof ContextNode);
    }

    private static BaseNode withMeteredChildren(BaseNode node) {
        switch (node) {
            case InfixOpNode operation -> {
                return new CheckedOperation(operation, node(operation.getLeft()), node(operation.getRight()));
            }
            case ForExpressionNode loop -> {
                return new Loop(contexts(loop.getIterationContexts()), node(loop.getExpression()), loop);
            }
            case QuantifiedExpressionNode quantified -> {
                quantified.setIterationContexts(contexts(quantified.getIterationContexts()));
                quantified.setExpression(node(quantified.getExpression()));
            }
            case FilterExpressionNode filter -> {
                return new Properties.Filter(filter, source(filter.getExpression()), node(filter.getFilter()));
            }
            case PathExpressionNode path -> {
                return new Properties.Path(path, source(path.getExpression()));
            }
            case QualifiedNameNode name -> {
                return new Properties.QualifiedName(name);
            }
            case DescendantExpressionNode path -> withMeteredChildren(path.getExpression());
            case FunctionDefNode function -> function.setBody(always(function.getBody()));
            case FunctionInvocationNode call -> {
                call.setName(
                        isName(call.getName()) || call.getName() instanceof PathExpressionNode
                                ? withMeteredChildren(call.getName())
                                : node(call.getName()));
                var parameters = call.getParams();
                parameters.setElements(nodes(parameters.getElements(), true));
            }
            case IfExpressionNode choice -> {
                choice.setCondition(node(choice.getCondition()));
                choice.setThenExpression(node(choice.getThenExpression()));
                choice.setElseExpression(node(choice.getElseExpression()));
            }
            case BetweenNode between -> {
                between.setValue(node(between.getValue()));
                between.setStart(node(between.getStart()));
                between.setEnd(node(between.getEnd()));
            }
            case InNode in -> {
                in.setValue(node(in.getValue(), true));
                in.setExprs(node(in.getExprs(), true));
            }
            case RangeNode range -> {
                range.setStart(node(range.getStart()));
                range.setEnd(node(range.getEnd()));
            }
            case ContextNode context -> context.getEntries().forEach(entry -> entry.setValue(node(entry.getValue())));
            case ListNode list -> list.setElements(nodes(list.getElements(), false));
            case InstanceOfNode instanceOf -> instanceOf.setExpression(node(instanceOf.getExpression()));
            case UnaryTestListNode tests -> tests.getElements().forEach(Metering::withMeteredChildren);
            case UnaryTestNode test -> test.setValue(testValue(test.getValue()));
            case SignedUnaryNode signed -> {
                var metered = new SignedUnaryNode(signed.getSign(), node(signed.getExpression()), signed.getText());
                return metered.copyLocationAttributesFrom(signed);
            }
            default -> {} // leaves
        }
        return node;
    }

    /** The body of a function is metered even if it is constant: calling it in a loop must cost something. */
    private static @Nullable BaseNode always(@Nullable BaseNode body) {
        return body == null || body instanceof FunctionDefNode
                ? node(body)
                : new Metered(withMeteredChildren(body), false);
    }

    /** A bare {@code ?} must stay recognisable. */
    private static @Nullable BaseNode testValue(@Nullable BaseNode value) {
        return value != null && isName(value) ? withMeteredChildren(value) : node(value, true);
    }

    private static List<BaseNode> nodes(List<BaseNode> nodes, boolean deeply) {
        var metered = new ArrayList<BaseNode>(nodes.size());
        for (var each : nodes) {
            metered.add(node(each, deeply));
        }
        return metered;
    }

    private static List<IterationContextNode> contexts(List<IterationContextNode> contexts) {
        return contexts.stream()
                .map(context -> {
                    var metered = new IterationContextNode(
                            context.getName(),
                            node(context.getExpression()),
                            node(context.getRangeEndExpr()),
                            context.getText());
                    metered.copyLocationAttributesFrom(context);
                    return metered;
                })
                .toList();
    }
}
