/** Reads BPMN 2.0 XML into the model; what is not executed is refused with the element, the reason and the place. */
@NullMarked
package io.baton.engine.bpmn;

import org.jspecify.annotations.NullMarked;
