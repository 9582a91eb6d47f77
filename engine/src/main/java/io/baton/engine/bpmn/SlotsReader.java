package io.baton.engine.bpmn;

import io.baton.engine.model.FlowNode;
import io.baton.engine.xml.XmlElement;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads {@code baton:slots}: the times that a task offers. */
final class SlotsReader {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration LASTS_MAX = Duration.ofHours(8);
    private static final Duration NOTICE_DEFAULT = Duration.ofDays(1);
    private static final Duration WITHIN_DEFAULT = Duration.ofDays(14);
    private static final Duration WITHIN_MAX = Duration.ofDays(180);
    private static final int CAPACITY_MAX = 100;

    private SlotsReader() {}

    /** Null where something is wrong with it, which is told. */
    static FlowNode.@Nullable Slots read(XmlElement xml, Formulas formulas, Problems problems) {
        var with = formulas.text(xml, xml.attribute("with"));
        var into = formulas.variable(xml, xml.attribute("into"));
        var from = xml.attribute("from");
        var listed = from == null ? null : formulas.expression(xml, from);
        var lasts = duration(
                xml,
                "lasts",
                null,
                each -> each.isPositive()
                        && each.compareTo(LASTS_MAX) <= 0
                        && each.toMillis() % QUARTER.toMillis() == 0,
                "whole quarters of an hour such as PT45M, at most PT8H",
                problems);
        var notice =
                duration(xml, "notice", NOTICE_DEFAULT, each -> !each.isNegative(), "a duration such as P1D", problems);
        var within = duration(
                xml,
                "within",
                WITHIN_DEFAULT,
                each -> each.compareTo(WITHIN_MAX) <= 0,
                "a duration such as P14D, at most P180D",
                problems);
        var capacity = String.valueOf(xml.attribute("capacity") == null ? "1" : xml.attribute("capacity"));
        if (!capacity.matches("[1-9]\\d{0,2}") || Integer.parseInt(capacity) > CAPACITY_MAX) {
            problems.add(xml, "capacity is a number from 1 to 100, not '" + Problems.clipped(capacity) + "'");
            return null;
        }
        if (notice != null && within != null && notice.compareTo(within) >= 0) {
            problems.add(xml, "no time lies after 'notice' and before 'within'");
        }
        return with == null || into == null || lasts == null || notice == null || within == null
                ? null
                : new FlowNode.Slots(with, lasts, notice, within, Integer.parseInt(capacity), listed, into);
    }

    private static @Nullable Duration duration(
            XmlElement xml,
            String name,
            @Nullable Duration usual,
            Predicate<Duration> fits,
            String expected,
            Problems problems) {
        var text = xml.attribute(name);
        if (text == null) {
            return usual;
        }
        try {
            var duration = Duration.parse(text.strip());
            if (fits.test(duration)) {
                return duration;
            }
        } catch (DateTimeException _) {
            // told below
        }
        problems.add(xml, name + " is " + expected + ", not '" + Problems.clipped(text) + "'");
        return null;
    }
}
