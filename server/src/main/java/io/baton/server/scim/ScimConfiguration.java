package io.baton.server.scim;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** All routes below {@code /scim}. */
@Configuration(proxyBeanMethods = false)
@Import({UserRoutes.class, GroupRoutes.class, DiscoveryRoutes.class})
public class ScimConfiguration {}
