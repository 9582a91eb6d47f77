package io.baton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The fields of {@code /proc/PID/stat}. */
class PostgresCpuTest {

    @Test
    void readsTheFieldsBehindACommandWithSpacesAndParentheses() {
        // pid (comm) state ppid pgrp session tty tpgid flags minflt cminflt majflt cmajflt utime stime cutime cstime …
        var stat =
                PostgresCpu.Stat.parse("4711 (postgres: (1) :) ) S 42 1 1 0 -1 4194560 9 9 9 9 120 30 7 5 20 0 1 0 88");
        assertThat(stat).isEqualTo(new PostgresCpu.Stat("postgres: (1) :) ", 42, 150, 12));
    }
}
