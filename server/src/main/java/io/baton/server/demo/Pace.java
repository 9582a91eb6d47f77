package io.baton.server.demo;

import io.baton.server.replay.Profile;

/**
 * How long something takes: a spread measured on the real log, times a factor. People's time is walked off on their week
 * ({@link Rhythm}); systems work round the clock.
 */
record Pace(Profile.Spread spread, double factor, boolean people) {

    Pace times(double more) {
        return new Pace(spread, factor * more, people);
    }

    /** The paces of the demo, each named for what it was measured on. */
    static final class Measured {

        private final Profile profile;
        private final double factor;

        /** {@code factor} for people's work that is not what was measured, and takes longer or shorter. */
        Measured(Profile profile, double factor) {
            this.profile = profile;
            this.factor = factor;
        }

        /** A budget owner, from the moment the request is there. */
        Pace approval() {
            return people("APPROVED by ADMINISTRATION", "APPROVED by BUDGET OWNER");
        }

        /** A supervisor, who takes longer. */
        Pace decision() {
            return people("APPROVED by BUDGET OWNER", "FINAL_APPROVED by SUPERVISOR");
        }

        /** An employee whose request was rejected, until they take it back. */
        Pace reaction() {
            return people("REJECTED by ADMINISTRATION", "REJECTED by EMPLOYEE");
        }

        /** The same employee until they submit again; a few take weeks. */
        Pace rework() {
            return people("REJECTED by EMPLOYEE", "SUBMITTED by EMPLOYEE");
        }

        /** The payment system, from the final approval until it takes the request over. */
        Pace handOver() {
            return systems("Request For Payment FINAL_APPROVED by SUPERVISOR", "Request Payment");
        }

        Pace payment() {
            return systems("Request Payment", "Payment Handled");
        }

        private Pace people(String from, String to) {
            return new Pace(spread("Request For Payment " + from, "Request For Payment " + to), factor, true);
        }

        private Pace systems(String from, String to) {
            return new Pace(spread(from, to), 1, false);
        }

        private Profile.Spread spread(String from, String to) {
            for (var transition : profile.transitions()) {
                if (transition.from().equals(from) && transition.to().equals(to) && transition.seconds() != null) {
                    return transition.seconds();
                }
            }
            throw new IllegalStateException("the profile has no times from '" + from + "' to '" + to + "'");
        }

        /** The share of a party's decisions that were rejections. */
        double rejections(String party) {
            return profile.rejections().stream()
                    .filter(each -> each.party().equals(party))
                    .findFirst()
                    .orElseThrow()
                    .rate();
        }
    }
}
