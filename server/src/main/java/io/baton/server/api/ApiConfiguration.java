package io.baton.server.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** All routes. */
@Configuration(proxyBeanMethods = false)
@Import({
    HealthRoutes.class,
    SessionRoutes.class,
    SignInLinkPage.class,
    PeopleRoutes.class,
    TeamRoutes.class,
    TokenRoutes.class
})
public class ApiConfiguration {}
