package io.baton.engine.bpmn;

import io.baton.engine.xml.XmlElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What other engines' modellers write into a file. What tells their engine how to execute is refused, since Baton would
 * not do it; what only their tools look at is left alone, as is everything of namespaces that no engine owns.
 */
final class Vendors {

    private static final Map<String, String> ENGINES = engines();

    /** Attributes and elements that change nothing at run time. */
    private static final List<String> HARMLESS = List.of(
            "properties",
            "modelerTemplate",
            "modelerTemplateVersion",
            "modelerTemplateIcon",
            "versionTag",
            "historyTimeToLive",
            "isStartableInTasklist",
            "diagramRelationId");

    private Vendors() {}

    private static Map<String, String> engines() {
        var engines = new LinkedHashMap<String, String>();
        engines.put("http://camunda.org/schema/1.0/bpmn", "Camunda's");
        engines.put("http://camunda.org/schema/zeebe/1.0", "Zeebe's");
        engines.put("http://operaton.org/schema/1.0/bpmn", "Operaton's");
        engines.put("http://flowable.org/bpmn", "Flowable's");
        engines.put("http://activiti.org/bpmn", "Activiti's");
        engines.put("http://www.jboss.org/drools", "jBPM's");
        return engines;
    }

    static void check(XmlElement element, Problems problems) {
        for (var attribute : element.attributes()) {
            refuse(element, attribute.namespace(), attribute.name(), problems);
        }
        if (element.is(Names.BPMN, "extension") && "true".equals(element.attribute("mustUnderstand"))) {
            problems.add(element, "the file asks for an extension to be understood that Baton does not know");
        }
    }

    static void checkExtensions(XmlElement extensionElements, Problems problems) {
        for (var child : extensionElements.children()) {
            refuse(child, child.namespace(), child.name(), problems);
            if (child.namespace().equals(Names.BPMN)) {
                problems.add(child, "<" + child.name() + "> of BPMN does not belong into <extensionElements>");
            }
        }
    }

    private static void refuse(XmlElement element, String namespace, String name, Problems problems) {
        var owner = engine(namespace);
        if (owner != null && !HARMLESS.contains(name)) {
            problems.add(element, owner + " '" + Problems.clipped(name) + "' is not executed yet");
        }
    }

    private static @Nullable String engine(String namespace) {
        return ENGINES.get(namespace);
    }
}
