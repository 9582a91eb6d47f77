/** XML files from strangers as a small tree that knows its lines; no DTD, no entities, nothing fetched, bounded. */
@NullMarked
package io.baton.engine.xml;

import org.jspecify.annotations.NullMarked;
