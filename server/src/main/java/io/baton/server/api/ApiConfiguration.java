package io.baton.server.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** All routes. */
@Configuration(proxyBeanMethods = false)
@Import({HealthApi.class, SessionApi.class, SignInLinkPage.class, PeopleApi.class, TeamsApi.class, TokensApi.class})
public class ApiConfiguration {}
