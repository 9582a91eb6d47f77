package io.baton.engine.bpmn;

import java.util.regex.Pattern;

/** Namespaces, and what names may look like. */
final class Names {

    static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    static final String DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI";
    static final String BATON = "urn:baton:bpmn:1";

    static final int ID_LENGTH_MAX = 255;
    static final int NAME_LENGTH_MAX = 500;
    private static final int VARIABLE_LENGTH_MAX = 100;

    /** XML's NCName, which xsd:ID is. */
    private static final Pattern ID = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}\\p{M}_.·-]*");

    private static final Pattern VARIABLE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private Names() {}

    static boolean isId(String text) {
        return text.length() <= ID_LENGTH_MAX && ID.matcher(text).matches();
    }

    /** A name that FEEL can say without spaces or quotes. */
    static boolean isVariable(String text) {
        return text.length() <= VARIABLE_LENGTH_MAX && VARIABLE.matcher(text).matches();
    }

    /** References are qualified names; ids are unique in a file, so a prefix says nothing more. */
    static String withoutPrefix(String reference) {
        return reference.substring(reference.indexOf(':') + 1);
    }
}
