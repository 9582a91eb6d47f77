/** An executable process: an immutable graph of flow nodes, named after BPMN 2.0. */
@NullMarked
package io.baton.engine.model;

import org.jspecify.annotations.NullMarked;
