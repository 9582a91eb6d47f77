package io.baton.server.replay;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event log in XES (IEEE 1849), plain or gzipped, one trace at a time and in the order of the file: events with
 * equal times keep the order they were logged in. Attributes nested in other attributes are skipped; everything else
 * that does not fit is refused with the line.
 */
public final class EventLog implements Closeable {

    static final long DECOMPRESSED_BYTES_MAX = 8L << 30;
    static final int EVENTS_PER_TRACE_MAX = 100_000;
    static final int ATTRIBUTES_PER_ELEMENT_MAX = 1_000;
    static final int VALUE_LENGTH_MAX = 64 * 1024;

    /** Of all attributes of a trace and its events: some hundred traces are in memory at once. */
    static final int TRACE_LENGTH_MAX = 4_000_000;

    /** Of one tag, text or comment, which the parser holds in memory, with what it reads ahead. */
    static final int TOKEN_BYTES_MAX = 4 << 20;

    static final int DEPTH_MAX = 100;

    /** Names of elements: the parser keeps each that it has met for ever. */
    static final int NAMES_MAX = 1_000;

    private static final int GZIP_MAGIC_FIRST = 0x1f;
    private static final int GZIP_MAGIC_SECOND = 0x8b;

    private final String name;
    private final Bounded bytes;
    private final XMLStreamReader xml;
    private final Set<String> names = new TreeSet<>();
    private int depth;
    private int traceLength;

    /** One case: what happened, in order. {@code caseId} is its {@code concept:name}. */
    public record Trace(String caseId, SequencedMap<String, String> attributes, List<Event> events) {
        public Trace {
            attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
            events = List.copyOf(events);
        }
    }

    /** {@code time} keeps the offset it was logged with. {@code attributes} holds all of them, the named ones too. */
    public record Event(
            String activity,
            @Nullable String role,
            @Nullable String resource,
            OffsetDateTime time,
            SequencedMap<String, String> attributes) {
        public Event {
            attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
        }
    }

    private EventLog(String name, Bounded bytes, XMLStreamReader xml) {
        this.name = name;
        this.bytes = bytes;
        this.xml = xml;
    }

    /** Whether the file is gzipped is told by its first bytes, not by its name. */
    public static EventLog open(Path file) throws IOException {
        var raw = Files.newInputStream(file);
        try {
            var bytes = new Bounded(decompressed(new BufferedInputStream(raw)));
            return new EventLog(String.valueOf(file.getFileName()), bytes, reader(bytes));
        } catch (XMLStreamException | EOFException | ZipException e) {
            raw.close();
            throw new MalformedFile(file.getFileName() + " is not XML, plain or gzipped: " + e.getMessage());
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static InputStream decompressed(BufferedInputStream raw) throws IOException {
        raw.mark(2);
        var gzipped = raw.read() == GZIP_MAGIC_FIRST && raw.read() == GZIP_MAGIC_SECOND;
        raw.reset();
        return gzipped ? new GZIPInputStream(raw, 64 * 1024) : raw;
    }

    private static XMLStreamReader reader(InputStream bytes) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty("jdk.xml.maxElementDepth", 0); // ours says more
        return factory.createXMLStreamReader(bytes);
    }

    /** The next trace, or null after the last one. */
    public @Nullable Trace next() throws IOException {
        try {
            while (xml.hasNext()) {
                if (step() == XMLStreamConstants.START_ELEMENT) {
                    if (xml.getLocalName().equals("trace")) {
                        return trace();
                    }
                    if (!xml.getLocalName().equals("log")) {
                        skip();
                    }
                }
            }
            return null;
        } catch (XMLStreamException e) {
            throw e.getNestedException() instanceof MalformedFile malformed ? malformed : malformed(sentence(e));
        } catch (MalformedFile e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK's reader answers some files with exceptions that are not its own.
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    /** The parser's message without its own report of the place. */
    private static String sentence(XMLStreamException e) {
        var message = String.valueOf(e.getMessage());
        int at = message.indexOf("Message: ");
        return at < 0 ? message : message.substring(at + "Message: ".length());
    }

    /** The one place that moves the parser on. */
    private int step() throws XMLStreamException, IOException {
        bytes.beginToken();
        var type = xml.next();
        switch (type) {
            case XMLStreamConstants.DTD -> throw malformed("a document type declaration is not allowed");
            case XMLStreamConstants.START_ELEMENT -> {
                if (++depth > DEPTH_MAX) {
                    throw malformed("elements nest more than " + DEPTH_MAX + " levels deep");
                }
                if (names.add(xml.getLocalName()) && names.size() > NAMES_MAX) {
                    throw malformed("the elements have more than " + NAMES_MAX + " different names");
                }
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            default -> {}
        }
        return type;
    }

    /** The next element that begins, or false at the end of the one around it. Nothing but blanks may stand between. */
    private boolean nextInside() throws XMLStreamException, IOException {
        while (true) {
            switch (step()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return false;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!xml.isWhiteSpace()) {
                        throw malformed("text stands where an element is expected");
                    }
                }
                default -> {}
            }
        }
    }

    private Trace trace() throws XMLStreamException, IOException {
        var attributes = new LinkedHashMap<String, String>();
        var events = new ArrayList<Event>();
        traceLength = 0;
        while (nextInside()) {
            if (!xml.getLocalName().equals("event")) {
                attribute(attributes);
            } else if (events.size() == EVENTS_PER_TRACE_MAX) {
                throw malformed("a trace has more than " + EVENTS_PER_TRACE_MAX + " events");
            } else {
                events.add(event());
            }
        }
        return new Trace(required(attributes, "concept:name", "trace"), attributes, events);
    }

    private Event event() throws XMLStreamException, IOException {
        var attributes = new LinkedHashMap<String, String>();
        while (nextInside()) {
            attribute(attributes);
        }
        return new Event(
                required(attributes, "concept:name", "event"),
                attributes.get("org:role"),
                attributes.get("org:resource"),
                time(required(attributes, "time:timestamp", "event")),
                attributes);
    }

    /** Reads {@code <string key="…" value="…"/>} and its siblings of other types. Lists and containers have no value. */
    private void attribute(SequencedMap<String, String> into) throws XMLStreamException, IOException {
        var key = xml.getAttributeValue(null, "key");
        var value = xml.getAttributeValue(null, "value");
        if (key != null && value != null) {
            if (value.length() > VALUE_LENGTH_MAX) {
                throw malformed("the value of '" + key + "' is longer than " + VALUE_LENGTH_MAX + " characters");
            }
            traceLength += key.length() + value.length();
            if (traceLength > TRACE_LENGTH_MAX) {
                throw malformed("a trace has more than " + TRACE_LENGTH_MAX + " characters");
            }
            into.put(key, value);
            if (into.size() > ATTRIBUTES_PER_ELEMENT_MAX) {
                throw malformed("an element has more than " + ATTRIBUTES_PER_ELEMENT_MAX + " attributes");
            }
        }
        skip();
    }

    /** Moves to the end of the element that was just opened. */
    private void skip() throws XMLStreamException, IOException {
        for (int around = depth - 1; depth > around; ) {
            step();
        }
    }

    private String required(SequencedMap<String, String> attributes, String key, String element) throws MalformedFile {
        var value = attributes.get(key);
        if (value == null) {
            throw malformed("the " + element + " that ends here has no " + key);
        }
        return value;
    }

    private OffsetDateTime time(String text) throws MalformedFile {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw malformed("'" + text + "' is not a date and time with an offset");
        }
    }

    private MalformedFile malformed(String why) {
        return new MalformedFile(
                name + ", line " + xml.getLocation().getLineNumber() + ": " + why.replaceAll("\\s+", " "));
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** Ends a file that decompresses without end, and a token that never does. */
    private static final class Bounded extends FilterInputStream {
        private long left = DECOMPRESSED_BYTES_MAX;
        private long leftOfToken = TOKEN_BYTES_MAX;

        Bounded(InputStream in) {
            super(in);
        }

        void beginToken() {
            leftOfToken = TOKEN_BYTES_MAX;
        }

        @Override
        public int read() throws IOException {
            return counted(super.read(), 1);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var read = super.read(buffer, offset, length);
            return counted(read, Math.max(read, 0));
        }

        private int counted(int result, int bytes) throws IOException {
            left -= bytes;
            leftOfToken -= bytes;
            if (left < 0) {
                throw new MalformedFile("the log is larger than " + DECOMPRESSED_BYTES_MAX + " bytes");
            }
            if (leftOfToken < 0) {
                throw new MalformedFile("a tag, text or comment is larger than " + TOKEN_BYTES_MAX + " bytes");
            }
            return result;
        }
    }
}
