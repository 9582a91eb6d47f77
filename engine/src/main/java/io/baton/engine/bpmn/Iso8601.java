package io.baton.engine.bpmn;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a time that is written out can be read; so that a typing error shows when deploying, not on the day. */
final class Iso8601 {

    private static final Pattern REPEATS = Pattern.compile("R([1-9]\\d{0,5})?");

    private Iso8601() {}

    static @Nullable String complaintAboutDate(String text) {
        try {
            if (text.length() <= "2030-01-01".length()) {
                LocalDate.parse(text);
            } else if (text.endsWith("Z") || text.contains("+") || text.lastIndexOf('-') > "2030-01".length()) {
                OffsetDateTime.parse(text);
            } else {
                LocalDateTime.parse(text);
            }
            return null;
        } catch (DateTimeException e) {
            return "expected an ISO 8601 date-time such as 2030-01-31T09:00:00Z, found '" + Problems.clipped(text)
                    + "'";
        }
    }

    static @Nullable String complaintAboutDuration(String text) {
        try {
            int time = text.indexOf('T');
            var date = time < 0 ? text : text.substring(0, time);
            var period = date.equals("P") && time > 0 ? Period.ZERO : Period.parse(date);
            var rest = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
            if (period.isNegative() || rest.isNegative()) {
                return "expected a duration forward in time, found '" + Problems.clipped(text) + "'";
            }
            return null;
        } catch (DateTimeException | ArithmeticException e) {
            return "expected an ISO 8601 duration such as P3DT12H, found '" + Problems.clipped(text) + "'";
        }
    }

    static @Nullable String complaintAboutCycle(String text) {
        var parts = text.split("/", -1);
        if ((parts.length != 2 && parts.length != 3)
                || !REPEATS.matcher(parts[0]).matches()) {
            return "expected an ISO 8601 repeating interval such as R3/PT1H, found '" + Problems.clipped(text) + "'";
        }
        var period = parts[parts.length - 1];
        if (period.matches("P[0YMWDTHS.]*")) {
            return "a timer cannot repeat every '" + Problems.clipped(period) + "'";
        }
        var start = parts.length == 3 ? complaintAboutDate(parts[1]) : null;
        return start != null ? start : complaintAboutDuration(period);
    }

    /** Working time has days, hours and minutes: a month or a week of it could mean many things. */
    static @Nullable String complaintAboutWorkingTime(String text) {
        return text.matches("P(\\d{1,4}D)?(T(\\d{1,5}H)?(\\d{1,6}M)?)?") && text.matches(".*\\d[DHM]")
                ? null
                : "expected working days, hours and minutes such as P2D or P1DT4H, found '" + Problems.clipped(text)
                        + "'";
    }

    static @Nullable String complaintAboutDue(String text) {
        return text.startsWith("P") || text.startsWith("-P") ? complaintAboutDuration(text) : complaintAboutDate(text);
    }
}
