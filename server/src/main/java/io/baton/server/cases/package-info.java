/** Cases: starting them, finding them, reading where they stand. */
@NullMarked
package io.baton.server.cases;

import org.jspecify.annotations.NullMarked;
