package io.baton.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.baton.server.replay.EventLog.Event;
import io.baton.server.replay.EventLog.Trace;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
                .isInstanceOf(MalformedFile.class)
                .hasMessageContaining("document type declaration is not allowed");
    }

    @Test
    void saysWhichLineIsNotXml() throws IOException {
        var log = written("<log>\n<trace>\n<string key='concept:name' value='1'/></log>");

        assertThatThrownBy(() -> read(log))
                .isInstanceOf(MalformedFile.class)
                .hasMessageStartingWith("log.xes, line 3: The element type \"trace\" must be terminated");
    }

    @Test
    void saysWhatATraceOrAnEventLacks() throws IOException {
        assertThatThrownBy(() -> read(written("<log><trace/></log>")))
                .isInstanceOf(MalformedFile.class)
                .hasMessage("log.xes, line 1: the trace that ends here has no concept:name");
        assertThatThrownBy(() -> read(
                        written("<log><trace><event><string key='concept:name' value='Pay'/></event></trace></log>")))
                .isInstanceOf(MalformedFile.class)
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

    /** Each would take more memory than there is, or never end. The files are written in parts, as an attacker would. */
    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments(
                        "an attribute that does not end",
                        "<log><trace><string key='concept:name' value='",
                        "x",
                        "a tag, text or comment is larger than 4194304 bytes"),
                arguments("a comment that does not end", "<log><!--", "x", "a tag, text or comment is larger than"),
                arguments("elements within elements", "<log>", "<x>", "elements nest more than 100 levels deep"),
                arguments("logs within logs", "", "<log>", "elements nest more than 100 levels deep"),
                arguments("ever new names", "<log>", "<n%d/>", "the elements have more than 1000 different names"),
                arguments("text in a trace", "<log><trace>", "x", "text stands where an element is expected"),
                arguments(
                        "a trace that does not end",
                        "<log><trace>",
                        "<event><string key='concept:name' value='" + "x".repeat(50_000) + "'/>"
                                + "<date key='time:timestamp' value='2024-01-01T09:00:00Z'/></event>",
                        "a trace has more than 4000000 characters"),
                arguments(
                        "many small events",
                        "<log><trace>",
                        "<event><string key='concept:name' value='x'/>"
                                + "<date key='time:timestamp' value='2024-01-01T09:00:00Z'/></event>",
                        "a trace has more than"),
                arguments(
                        "an entity bomb",
                        "<!DOCTYPE log [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                                + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><log>",
                        "<trace><string key='concept:name' value='&c;'/></trace>",
                        "a document type declaration is not allowed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void hostile(String what, String begin, String part, String reason) throws IOException {
        var log = folder.resolve("log.xes");
        try (var out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(log)), StandardCharsets.UTF_8))) {
            out.write(begin);
            for (long written = 0, i = 0; written < 10_000_000; i++) {
                var next = part.replace("%d", Long.toString(i));
                out.write(next);
                written += next.length();
            }
        }
        assertThatThrownBy(() -> read(log))
                .as(what)
                .isInstanceOf(MalformedFile.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAGzippedFileThatIsCutShort() throws IOException {
        var packed = folder.resolve("cut.xes.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(TINY, out);
        }
        var bytes = Files.readAllBytes(packed);
        for (int length : new int[] {2, 5, bytes.length / 2}) {
            Files.write(packed, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> read(packed)).isInstanceOf(MalformedFile.class);
        }
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
