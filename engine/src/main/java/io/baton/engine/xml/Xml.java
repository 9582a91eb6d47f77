package io.baton.engine.xml;

import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads a file. A document type definition is refused as such: with it go entities, bombs and files of others. */
public final class Xml {

    public static final int BYTES_MAX = 5_000_000;
    public static final int DEPTH_MAX = 100;
    public static final int ELEMENTS_MAX = 50_000;
    public static final int ATTRIBUTES_MAX = 100;
    /** Characters of one attribute, and of the text of one element. */
    public static final int VALUE_LENGTH_MAX = 100_000;

    private static final XMLInputFactory FACTORY = factory();

    private Xml() {}

    public sealed interface Parsed {
        /** {@code text}: the characters that were parsed, whatever encoding the file was in. */
        record Document(XmlElement root, String text) implements Parsed {}

        record Malformed(String reason, Place place) implements Parsed {}
    }

    private static XMLInputFactory factory() {
        // the JDK's own, whatever else lies on the class path: its settings are the ones known here
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // the limits of the JDK are left to those below, whose messages are ours
        factory.setProperty("jdk.xml.maxElementDepth", 0);
        factory.setXMLReporter((message, errorType, information, location) -> {}); // instead of standard error
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside the file is read");
        });
        return factory;
    }

    public static Parsed parse(byte[] file) {
        if (file.length > BYTES_MAX) {
            return new Parsed.Malformed(
                    "the file has " + file.length + " bytes, more than " + BYTES_MAX, new Place(1, 1));
        }
        try {
            return parse(Encodings.decode(file));
        } catch (CharacterCodingException e) {
            return new Parsed.Malformed(
                    "not well-formed XML: its characters are not in the encoding that it declares, or UTF-8 if none",
                    new Place(1, 1));
        }
    }

    private static Parsed parse(String text) {
        try {
            var reader = FACTORY.createXMLStreamReader(new StringReader(text));
            try {
                return new Parsed.Document(new Reading(reader).root(), text);
            } catch (Refused e) {
                return new Parsed.Malformed(String.valueOf(e.getMessage()), place(reader));
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            var at = e.getLocation();
            var place = at == null
                    ? new Place(1, 1)
                    : new Place(Math.max(1, at.getLineNumber()), Math.max(1, at.getColumnNumber()));
            return new Parsed.Malformed("not well-formed XML: " + sentence(e), place);
        } catch (RuntimeException e) {
            // the JDK's reader answers some files with exceptions that are not its own
            return new Parsed.Malformed("not readable as XML: " + e.getMessage(), new Place(1, 1));
        }
    }

    /** The parser's message without its own report of the place. */
    private static String sentence(XMLStreamException e) {
        var message = String.valueOf(e.getMessage());
        int at = message.indexOf("Message: ");
        return (at < 0 ? message : message.substring(at + "Message: ".length())).strip();
    }

    private static Place place(XMLStreamReader reader) {
        var at = reader.getLocation();
        return new Place(Math.max(1, at.getLineNumber()), Math.max(1, at.getColumnNumber()));
    }

    private static final class Refused extends RuntimeException {
        Refused(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final class Reading {
        private final XMLStreamReader reader;
        private @Nullable XmlElement root;
        private @Nullable XmlElement current;
        private Place begin = new Place(1, 1);
        private int elements;
        private int depth;
        private int textLength;

        Reading(XMLStreamReader reader) {
            this.reader = reader;
        }

        XmlElement root() throws XMLStreamException {
            while (reader.hasNext()) {
                begin = beginning();
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start();
                    case XMLStreamConstants.END_ELEMENT -> end();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                        characters();
                    case XMLStreamConstants.DTD -> throw new Refused("a document type definition is not accepted");
                    case XMLStreamConstants.ENTITY_REFERENCE -> throw new Refused("an entity is not accepted");
                    default -> {} // comments, processing instructions, the end
                }
            }
            if (root == null) {
                throw new Refused("the file has no element");
            }
            return root;
        }

        /**
         * Where the next event begins; after it is read, the reader stands behind it. Behind text the reader has already
         * swallowed the bracket that ends it.
         */
        private Place beginning() {
            var place = place(reader);
            return reader.getEventType() == XMLStreamConstants.CHARACTERS
                    ? new Place(place.line(), Math.max(1, place.column() - 1))
                    : place;
        }

        private void start() {
            if (++elements > ELEMENTS_MAX) {
                throw new Refused("the file has more than " + ELEMENTS_MAX + " elements");
            }
            if (++depth > DEPTH_MAX) {
                throw new Refused("the file nests elements more than " + DEPTH_MAX + " levels deep");
            }
            var element = new XmlElement(
                    orEmpty(reader.getNamespaceURI()), reader.getLocalName(), begin, current, attributes());
            if (current != null) {
                current.add(element);
            } else {
                root = element;
            }
            current = element;
            textLength = 0;
        }

        private List<XmlElement.Attribute> attributes() {
            if (reader.getAttributeCount() > ATTRIBUTES_MAX) {
                throw new Refused("an element has more than " + ATTRIBUTES_MAX + " attributes");
            }
            var attributes = new ArrayList<XmlElement.Attribute>(reader.getAttributeCount());
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                var value = reader.getAttributeValue(i);
                checkLength(value.length());
                attributes.add(new XmlElement.Attribute(
                        orEmpty(reader.getAttributeNamespace(i)), reader.getAttributeLocalName(i), value));
            }
            return List.copyOf(attributes);
        }

        private void end() {
            depth--;
            current = current == null ? null : current.parent();
        }

        private void characters() {
            if (current != null) {
                var characters = reader.getText();
                textLength += characters.length();
                checkLength(textLength);
                current.append(characters);
            }
        }

        private static void checkLength(int length) {
            if (length > VALUE_LENGTH_MAX) {
                throw new Refused("a value has more than " + VALUE_LENGTH_MAX + " characters");
            }
        }

        private static String orEmpty(@Nullable String text) {
            return text == null ? "" : text;
        }
    }
}
