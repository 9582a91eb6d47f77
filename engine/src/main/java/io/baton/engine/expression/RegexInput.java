package io.baton.engine.expression;

import java.util.function.IntPredicate;
import net.sf.saxon.str.StringView;
import net.sf.saxon.str.UnicodeString;
import net.sf.saxon.z.IntIterator;

/** A string that charges for each look a regular expression takes at it, so that catastrophic backtracking ends. */
final class RegexInput extends UnicodeString {

    private static final int LOOKS_PER_STEP = 8;

    private final UnicodeString text;
    private final Evaluation evaluation = Evaluation.current();
    private int looks;

    RegexInput(String text) {
        this.text = StringView.of(text).tidy();
    }

    private void charge() {
        if (++looks >= LOOKS_PER_STEP) {
            looks = 0;
            evaluation.spend(1);
        }
    }

    @Override
    public int codePointAt(long index) {
        charge();
        return text.codePointAt(index);
    }

    @Override
    public long indexOf(int codePoint, long from) {
        charge();
        return text.indexOf(codePoint, from);
    }

    @Override
    public long indexWhere(IntPredicate predicate, long from) {
        charge();
        return text.indexWhere(predicate, from);
    }

    @Override
    public UnicodeString substring(long start, long end) {
        charge();
        return text.substring(start, end);
    }

    @Override
    public IntIterator codePoints() {
        return text.codePoints();
    }

    @Override
    public long length() {
        return text.length();
    }

    @Override
    public int getWidth() {
        return text.getWidth();
    }

    @Override
    public UnicodeString tidy() {
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
