package io.baton.bench;

import io.baton.bench.contender.Workload;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a run has found so far, in the order found. */
final class Report {
    private final SequencedMap<Workload, SequencedMap<Integer, SequencedMap<String, Figures>>> workloads =
            new LinkedHashMap<>();
    private OptionalDouble singleRowCommitP50Ms = OptionalDouble.empty();

    private ScaleSection.@Nullable Figures scale;

    void add(Workload workload, int callers, String contender, Figures figures) {
        workloads
                .computeIfAbsent(workload, _ -> new LinkedHashMap<>())
                .computeIfAbsent(callers, _ -> new LinkedHashMap<>())
                .put(contender, figures);
    }

    void scale(ScaleSection.Figures figures) {
        scale = figures;
    }

    ScaleSection.@Nullable Figures scale() {
        return scale;
    }

    private TimersSection.@Nullable Figures timers;

    void timers(TimersSection.Figures figures) {
        timers = figures;
    }

    TimersSection.@Nullable Figures timers() {
        return timers;
    }

    private InsightSection.@Nullable Figures insight;

    void insight(InsightSection.Figures figures) {
        insight = figures;
    }

    InsightSection.@Nullable Figures insight() {
        return insight;
    }

    void limit(double singleRowCommitP50Ms) {
        this.singleRowCommitP50Ms = OptionalDouble.of(singleRowCommitP50Ms);
    }

    OptionalDouble singleRowCommitP50Ms() {
        return singleRowCommitP50Ms;
    }

    /** By workload, callers and contender. */
    SequencedMap<Workload, SequencedMap<Integer, SequencedMap<String, Figures>>> workloads() {
        return workloads;
    }

    /** One object: workload → callers → contender → figures, then {@code limit} and {@code machine}. */
    String json(Machine machine) {
        var json = new LinkedHashMap<String, Object>();
        workloads.forEach((workload, byCallers) -> {
            var callersJson = new LinkedHashMap<String, Object>();
            byCallers.forEach((callers, byContender) -> {
                var contendersJson = new LinkedHashMap<String, Object>();
                byContender.forEach((contender, figures) -> contendersJson.put(contender, json(figures)));
                callersJson.put(callers.toString(), contendersJson);
            });
            json.put(workload.name(), callersJson);
        });
        if (singleRowCommitP50Ms.isPresent()) {
            var limit = new LinkedHashMap<String, Object>();
            limit.put("singleRowCommitP50Ms", rounded(singleRowCommitP50Ms.getAsDouble()));
            json.put("limit", limit);
        }
        if (scale != null) {
            json.put("scale", scale.json());
        }
        if (timers != null) {
            json.put("timers", timers.json());
        }
        if (insight != null) {
            json.put("insight", insight.json());
        }
        json.put("machine", machine.json());
        return JsonMapper.shared().writeValueAsString(json);
    }

    private static SequencedMap<String, @Nullable Object> json(Figures figures) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("casesPerSecond", rounded(figures.casesPerSecond()));
        json.put("cpuMs", rounded(figures.cpuMs()));
        json.put("cpuJvmMs", rounded(figures.cpuJvmMs()));
        json.put("cpuPostgresMs", rounded(figures.cpuPostgresMs()));
        json.put("walBytes", rounded(figures.walBytes()));
        json.put("storedBytes", rounded(figures.storedBytes()));
        json.put("statements", rounded(figures.statements()));
        json.put("completeP50Ms", rounded(figures.completeP50Ms()));
        json.put("completeP99Ms", rounded(figures.completeP99Ms()));
        return json;
    }

    private static @Nullable Double rounded(@Nullable Double number) {
        return number == null ? null : (Double) (Math.round(number * 1e4) / 1e4);
    }
}
