package io.baton.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.replay.EventLog.Event;
import io.baton.server.replay.EventLog.MalformedLog;
import io.baton.server.replay.EventLog.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a log of three invented cases, and files that are no logs. */
class EventLogTest {

    static final Path TINY = Path.of("src/test/resources/replay/tiny-log.xml");

    @TempDir
    Path folder;

    @Test
    void readsTracesAndEventsInTheOrderOfTheFile() throws IOException {
        var traces = read(TINY);

        assertThat(traces).extracting(Trace::caseId).containsExactly("case-1", "case-2", "case-3");
        assertThat(traces.getFirst().events())
                .extracting(Event::activity)
                .containsExactly("Order SUBMITTED by CLERK", "Order APPROVED by HEAD", "Order Paid");
    }

    @Test
    void readsRoleResourceTimeAndEveryOtherAttributeButNotNestedOnes() throws IOException {
        var trace = read(TINY).getFirst();
        var event = trace.events().getFirst();

        assertThat(trace.attributes()).containsEntry("amount", "12.5").containsOnlyKeys("concept:name", "amount");
        assertThat(event.role()).isEqualTo("CLERK");
        assertThat(event.resource()).isEqualTo("STAFF MEMBER");
        assertThat(event.time()).isEqualTo(OffsetDateTime.parse("2024-01-01T09:00:00+01:00"));
        assertThat(event.attributes()).containsEntry("channel", "mail").doesNotContainKey("nested");
    }

    @Test
    void readsAGzippedLogWhateverItsName() throws IOException {
        var packed = folder.resolve("tiny-log.xml");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(TINY, out);
        }

        assertThat(read(packed)).isEqualTo(read(TINY));
    }

    @Test
    void refusesADocumentTypeSoThatNoEntityIsEverExpanded() throws IOException {
        var log = written("""
                <!DOCTYPE log [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
                <log><trace><string key="concept:name" value="&secret;"/></trace></log>
                """);

        assertThatThrownBy(() -> read(log))
                .isInstanceOf(MalformedLog.class)
                .hasMessageContaining("document type declaration is not allowed");
    }

    @Test
    void saysWhichLineIsNotXml() throws IOException {
        var log = written("<log>\n<trace>\n<string key='concept:name' value='1'/></log>");

        assertThatThrownBy(() -> read(log))
                .isInstanceOf(MalformedLog.class)
                .hasMessageStartingWith("log.xes, line 3: ");
    }

    @Test
    void saysWhatATraceOrAnEventLacks() throws IOException {
        assertThatThrownBy(() -> read(written("<log><trace/></log>")))
                .isInstanceOf(MalformedLog.class)
                .hasMessage("log.xes, line 1: the trace that ends here has no concept:name");
        assertThatThrownBy(() -> read(
                        written("<log><trace><event><string key='concept:name' value='Pay'/></event></trace></log>")))
                .isInstanceOf(MalformedLog.class)
                .hasMessageContaining("the event that ends here has no time:timestamp");
    }

    @Test
    void refusesATimeWithoutAnOffset() throws IOException {
        var log = written("<log><trace><event><string key='concept:name' value='Pay'/>"
                + "<date key='time:timestamp' value='2024-01-01T09:00:00'/></event></trace></log>");

        assertThatThrownBy(() -> read(log)).hasMessageContaining("'2024-01-01T09:00:00' is not a date and time");
    }

    @Test
    void refusesAValueLongerThanTheLimit() throws IOException {
        var log = written("<log><trace><string key='concept:name' value='" + "x".repeat(EventLog.VALUE_LENGTH_MAX + 1)
                + "'/></trace></log>");

        assertThatThrownBy(() -> read(log)).hasMessageContaining("is longer than 65536 characters");
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("log.xes"), text);
    }

    private static List<Trace> read(Path file) throws IOException {
        var traces = new ArrayList<Trace>();
        try (var log = EventLog.open(file)) {
            for (var trace = log.next(); trace != null; trace = log.next()) {
                traces.add(trace);
            }
        }
        return traces;
    }
}
