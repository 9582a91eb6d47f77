package io.baton.engine.expression;

/**
 * Every bound on an expression or decision. None of them is a clock: the same expression over the same variables ends the
 * same way on every machine, which replay needs.
 */
public final class Limits {

    /** Characters of one expression. */
    public static final int SOURCE_LENGTH_MAX = 10_000;

    /** Brackets, loops, conditions and functions within one another: about a second of parsing at worst. */
    public static final int NESTING_MAX = 25;

    /** Words and literals in a row without a comma. */
    public static final int CHAIN_MAX = 600;

    /** Names in one path such as {@code order.customer.name}. */
    public static final int PATH_MAX = 12;

    /**
     * Steps of one evaluation: each node evaluated is one, a function call ten, plus a share for the size of what it
     * yields. Measured 0.1 to 0.3 µs of processor time a step: a runaway expression is stopped after
     * some tenths of a second.
     */
    public static final long STEPS_MAX = 1_000_000;

    /** Steps of all evaluations of one command: a process may have thousands of expressions on its way. */
    public static final long COMMAND_STEPS_MAX = 3_000_000;

    /** Nodes being evaluated within one another, which a recursive function drives up. */
    public static final int DEPTH_MAX = 400;

    /** Characters of any string, also of those on the way to the result. */
    public static final int STRING_LENGTH_MAX = 1_000_000;

    /** Digits before or after the decimal point of any number; IEEE decimal128, which FEEL prescribes, has about as many. */
    public static final int NUMBER_DIGITS_MAX = 6_200;

    /** Steps back that a regular expression may take on one input. */
    public static final int REGEX_BACKTRACKS_MAX = 100_000;

    /** Values in a result, all levels counted. */
    public static final int RESULT_VALUES_MAX = 100_000;

    /** Lists and contexts within one another in a result. */
    public static final int RESULT_DEPTH_MAX = 100;

    private Limits() {}
}
