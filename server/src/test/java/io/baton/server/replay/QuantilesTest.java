package io.baton.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values are those of NumPy's {@code quantile} with its default method. */
class QuantilesTest {

    @Test
    void interpolatesLinearlyBetweenRanks() {
        var quantiles = Quantiles.of(List.of(40.0, 10.0, 20.0, 30.0));

        assertThat(quantiles.at(0)).isEqualTo(10);
        assertThat(quantiles.at(0.25)).isEqualTo(17.5);
        assertThat(quantiles.at(0.5)).isEqualTo(25);
        assertThat(quantiles.at(0.75)).isEqualTo(32.5);
        assertThat(quantiles.at(1)).isEqualTo(40);
        assertThat(quantiles.mean()).isEqualTo(25);
    }

    @Test
    void ofOneValueAreThatValue() {
        assertThat(Quantiles.of(List.of(7.0)).at(0.99)).isEqualTo(7);
    }

    @Test
    void ofNothingAreRefused() {
        assertThatThrownBy(() -> Quantiles.of(List.of())).hasMessage("no values, so no quantiles");
    }
}
