/**
 * SCIM 2.0 (RFC 7643, RFC 7644): an identity provider adds, changes and removes members and teams. It knows nothing of
 * the rules about people, which are the directory's.
 */
@NullMarked
package io.baton.server.scim;

import org.jspecify.annotations.NullMarked;
