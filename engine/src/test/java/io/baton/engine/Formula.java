package io.baton.engine;

import io.baton.engine.expression.Expression;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A toy expression language in FEEL's spirit for tests of the engine alone: literals, lists, variables, {@code + - = !=
 * < <= > >= and or}. Like FEEL an unknown variable is null; unlike FEEL, adding to null fails, so a test can make an
 * expression fail by leaving a variable out, and repair it by setting it.
 */
record Formula(String source) implements Expression {

    @Override
    public Result evaluate(Map<String, ? extends @Nullable Object> variables, Instant now) {
        var reader = new Reader(source, variables);
        try {
            var value = reader.or();
            reader.end();
            return new Result.Value(value);
        } catch (Failure failure) {
            return new Result.Failed(String.valueOf(failure.getMessage()));
        }
    }

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    private static final class Reader {
        private final String text;
        private final Map<String, ? extends @Nullable Object> variables;
        private int at;

        Reader(String text, Map<String, ? extends @Nullable Object> variables) {
            this.text = text;
            this.variables = variables;
        }

        @Nullable
        Object or() {
            var left = and();
            while (take("or ")) {
                var right = and();
                left = Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right);
            }
            return left;
        }

        private @Nullable Object and() {
            var left = comparison();
            while (take("and ")) {
                var right = comparison();
                left = Boolean.TRUE.equals(left) && Boolean.TRUE.equals(right);
            }
            return left;
        }

        private @Nullable Object comparison() {
            var left = sum();
            for (var operator : List.of("!=", "<=", ">=", "=", "<", ">")) {
                if (take(operator)) {
                    return compare(left, operator, sum());
                }
            }
            return left;
        }

        private static @Nullable Object compare(@Nullable Object left, String operator, @Nullable Object right) {
            if (operator.equals("=") || operator.equals("!=")) {
                var equal = (left instanceof BigDecimal a && right instanceof BigDecimal b)
                        ? a.compareTo(b) == 0
                        : Objects.equals(left, right);
                return equal == operator.equals("=");
            }
            if (!(left instanceof BigDecimal a) || !(right instanceof BigDecimal b)) {
                return null;
            }
            int order = a.compareTo(b);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        }

        private @Nullable Object sum() {
            var left = atom();
            while (true) {
                if (take("+")) {
                    left = add(left, atom());
                } else if (take("-")) {
                    left = subtract(left, atom());
                } else {
                    return left;
                }
            }
        }

        private static Object add(@Nullable Object left, @Nullable Object right) {
            if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
                return a.add(b);
            }
            if (left instanceof String a && right instanceof String b) {
                return a + b;
            }
            throw new Failure("cannot add " + left + " and " + right);
        }

        private static Object subtract(@Nullable Object left, @Nullable Object right) {
            if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
                return a.subtract(b);
            }
            throw new Failure("cannot subtract " + right + " from " + left);
        }

        private @Nullable Object atom() {
            if (take("(")) {
                var value = or();
                require(")");
                return value;
            }
            if (take("[")) {
                return list();
            }
            if (take("\"")) {
                int from = at;
                at = text.indexOf('"', from) + 1;
                return text.substring(from, at - 1);
            }
            return word();
        }

        private List<@Nullable Object> list() {
            var list = new ArrayList<@Nullable Object>();
            while (!take("]")) {
                list.add(or());
                take(",");
            }
            return list;
        }

        private @Nullable Object word() {
            skip();
            int from = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            var word = text.substring(from, at);
            if (word.isEmpty()) {
                throw new IllegalArgumentException("cannot read '" + text + "' at " + from);
            }
            return switch (word) {
                case "true" -> true;
                case "false" -> false;
                case "null" -> null;
                default -> Character.isDigit(word.charAt(0)) ? new BigDecimal(word) : variables.get(word);
            };
        }

        private boolean take(String token) {
            skip();
            if (text.startsWith(token, at)) {
                at += token.length();
                return true;
            }
            return false;
        }

        private void require(String token) {
            if (!take(token)) {
                throw new IllegalArgumentException("expected " + token + " in '" + text + "' at " + at);
            }
        }

        private void skip() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }

        void end() {
            skip();
            if (at < text.length()) {
                throw new IllegalArgumentException("cannot read '" + text + "' at " + at);
            }
        }
    }
}
