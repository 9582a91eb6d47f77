package io.baton.engine.expression;

import java.math.BigDecimal;

/** Numbers in one form each: equal numbers are equal objects and print alike. */
final class Numbers {

    private Numbers() {}

    /** Without trailing zeros after the point, and without an exponent: {@code 1.50} is 1.5, {@code 1E+2} is 100. */
    static BigDecimal canonical(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static boolean isOutOfRange(BigDecimal number) {
        return Math.abs((long) number.scale()) > Limits.NUMBER_DIGITS_MAX
                || number.precision() > 2 * Limits.NUMBER_DIGITS_MAX;
    }
}
