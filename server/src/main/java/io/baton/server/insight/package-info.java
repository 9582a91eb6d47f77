/**
 * What leaders ask of all cases at once: counts, ages, percentiles, and the lists behind them. Only reads. The façade is
 * {@link io.baton.server.insight.Insight}.
 */
@NullMarked
package io.baton.server.insight;

import org.jspecify.annotations.NullMarked;
