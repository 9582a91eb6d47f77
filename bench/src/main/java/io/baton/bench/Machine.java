package io.baton.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What the figures were measured on, without which they mean nothing. */
record Machine(
        int cores,
        long memoryMb,
        String kernel,
        String jdk,
        List<String> jvmFlags,
        String postgres,
        Map<String, String> versions) {

    static Machine of(String postgres, Map<String, String> versions) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                system.getTotalMemorySize() >> 20,
                system.getName() + " " + system.getVersion(),
                Runtime.version().toString(),
                WorkerProcess.JVM_FLAGS,
                postgres,
                versions);
    }

    SequencedMap<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("cores", cores);
        json.put("memoryMb", memoryMb);
        json.put("kernel", kernel);
        json.put("jdk", jdk);
        json.put("jvmFlags", String.join(" ", jvmFlags));
        json.put("postgres", postgres);
        json.put("contenders", versions);
        return json;
    }

    @Override
    public String toString() {
        var contenders = new StringBuilder();
        versions.forEach((name, version) ->
                contenders.append(", ").append(name).append(' ').append(version));
        return "%d cores, %,d MB, %s, JDK %s %s, PostgreSQL %s%s"
                .formatted(cores, memoryMb, kernel, jdk, String.join(" ", jvmFlags), postgres, contenders);
    }
}
