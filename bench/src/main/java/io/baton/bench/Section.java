package io.baton.bench;

import io.baton.bench.contender.Workload;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A part of the benchmark that {@code --only} can choose. A new one is a class here and in {@link #all}. */
sealed interface Section permits ThroughputSection, CommitLimitSection, ScaleSection, TimersSection, InsightSection {

    /** What {@code --only} and the JSON call it. */
    String key();

    /** Whether it is part of {@code --quick} without being named. */
    default boolean isQuick() {
        return true;
    }

    void measure(Rig rig, Report report) throws IOException, SQLException;

    /** In the order in which they are measured: the limit first, before anything has filled the disk's caches. */
    static List<Section> all() {
        var sections = new ArrayList<Section>();
        sections.add(new CommitLimitSection());
        Arrays.stream(Workload.values()).map(ThroughputSection::new).forEach(sections::add);
        sections.add(new ScaleSection());
        sections.add(new TimersSection());
        sections.add(new InsightSection());
        return sections;
    }
}
