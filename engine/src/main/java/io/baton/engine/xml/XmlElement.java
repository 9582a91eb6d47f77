package io.baton.engine.xml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One element of a file: names are resolved to namespaces, so prefixes do not matter. {@code place} is where
 * its start tag begins. */
public final class XmlElement {

    private final String namespace;
    private final String name;
    private final Place place;
    private final @Nullable XmlElement parent;
    private final List<Attribute> attributes;
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlElement(String namespace, String name, Place place, @Nullable XmlElement parent, List<Attribute> attributes) {
        this.namespace = namespace;
        this.name = name;
        this.place = place;
        this.parent = parent;
        this.attributes = attributes;
    }

    /** {@code namespace} is empty for an attribute without a prefix. */
    public record Attribute(String namespace, String name, String value) {}

    void add(XmlElement child) {
        children.add(child);
    }

    void append(String characters) {
        text.append(characters);
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    public Place place() {
        return place;
    }

    public @Nullable XmlElement parent() {
        return parent;
    }

    public List<Attribute> attributes() {
        return attributes;
    }

    public List<XmlElement> children() {
        return Collections.unmodifiableList(children);
    }

    public boolean is(String namespace, String name) {
        return this.name.equals(name) && this.namespace.equals(namespace);
    }

    public List<XmlElement> children(String namespace, String name) {
        return children.stream().filter(child -> child.is(namespace, name)).toList();
    }

    /** The first of its kind. */
    public @Nullable XmlElement child(String namespace, String name) {
        return children.stream()
                .filter(child -> child.is(namespace, name))
                .findFirst()
                .orElse(null);
    }

    /** An attribute without a prefix, or null. */
    public @Nullable String attribute(String name) {
        return attribute("", name);
    }

    public @Nullable String attribute(String namespace, String name) {
        return attributes.stream()
                .filter(each -> each.name().equals(name) && each.namespace().equals(namespace))
                .map(Attribute::value)
                .findFirst()
                .orElse(null);
    }

    /** Its own characters, without those of its children and without white space at the ends. */
    public String text() {
        return text.toString().strip();
    }

    /** Itself and everything within, in document order. */
    public Stream<XmlElement> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(XmlElement::all));
    }

    @Override
    public String toString() {
        return name;
    }
}
