/** Cases played in memory: the engine on a clock that is pushed, with nothing written, nothing sent and no job run. */
@NullMarked
package io.baton.server.play;

import org.jspecify.annotations.NullMarked;
