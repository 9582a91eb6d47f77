package io.baton.server.web;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import io.baton.server.session.ApiTokens;
import io.baton.server.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What every request passes before a route sees it: who is calling, CSRF, {@link Access}, the limit of the body, and the
 * headers of every answer. The servlet container's own sessions are never used.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** The web app builds styles at run time (diagrams, forms), but never scripts. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:; "
            + "style-src 'self' 'unsafe-inline'; font-src 'self' data:; object-src 'none'; frame-ancestors 'none'; "
            + "base-uri 'self'; form-action 'self'";

    /** A line of the table with what it matches: the request, or at least its path. */
    private record Rule(Access route, RequestMatcher request, RequestMatcher path) {

        static Rule of(Access route) {
            List<RequestMatcher> methods = methods(route).stream()
                    .<RequestMatcher>map(method -> pathPattern(method, route.pattern()))
                    .toList();
            return new Rule(route, new OrRequestMatcher(methods), pathPattern(route.pattern()));
        }
    }

    private static final RequestMatcher GUEST = pathPattern(Access.GUEST_PATTERN);

    private static final RequestMatcher CALLBACKS = pathPattern(Access.CALLBACKS_PATTERN);

    private static final RequestMatcher UNSUBSCRIBE = pathPattern(Access.UNSUBSCRIBE_PATTERN);

    private static final List<Rule> RULES = Access.ROUTES.stream().map(Rule::of).toList();

    @Bean
    SecurityFilterChain whoMayCallWhat(HttpSecurity http, Sessions sessions, ApiTokens tokens) {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .csrf(csrf -> csrf.spa().requireCsrfProtectionMatcher(SecurityConfiguration::needsCsrfToken))
                .addFilterBefore(new CallerFilter(sessions, tokens), CsrfFilter.class)
                .authorizeHttpRequests(SecurityConfiguration::authorize)
                .addFilterAfter(new BodyLimit(), AuthorizationFilter.class)
                .exceptionHandling(errors -> errors.authenticationEntryPoint(
                                (request, response, _) -> refuseUnknown(request, response))
                        .accessDeniedHandler(SecurityConfiguration::refuseKnown))
                .headers(SecurityConfiguration::headers)
                .build();
    }

    /**
     * A request changes something in the name of a cookie, or signs somebody in. Without either there is nothing to
     * forge: it gets 401.
     */
    private static boolean needsCsrfToken(HttpServletRequest request) {
        return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
                && !GUEST.matches(request)
                && !CALLBACKS.matches(request)
                && !UNSUBSCRIBE.matches(request)
                && (isSignedIn()
                        || RULES.stream()
                                .anyMatch(rule ->
                                        rule.route.who() == Access.Who.PUBLIC && rule.request.matches(request)));
    }

    private static void authorize(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        for (Rule rule : RULES) {
            var matched = requests.requestMatchers(rule.request);
            switch (rule.route.who()) {
                case PUBLIC -> matched.permitAll();
                case MEMBER, SESSION, ADMIN ->
                    matched.hasAuthority(rule.route.who().name());
            }
        }
        requests.requestMatchers(pathPattern(Access.API_PATTERN), pathPattern(Access.SCIM_PATTERN))
                .denyAll();
        requests.requestMatchers(
                        pathPattern(HttpMethod.GET, Access.WEB_APP_PATTERN),
                        pathPattern(HttpMethod.HEAD, Access.WEB_APP_PATTERN))
                .permitAll();
        requests.anyRequest().denyAll();
    }

    /** For what one route asks of another, by which no filter passes: the caller of this request needs the same rights. */
    static void requireAccess(HttpServletRequest request) {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        var who = RULES.stream()
                .filter(rule -> rule.request.matches(request))
                .map(rule -> rule.route.who())
                .findFirst();
        if (who.isEmpty()
                || (who.get() != Access.Who.PUBLIC
                        && (caller == null
                                || caller.getAuthorities().stream()
                                        .noneMatch(each -> who.get().name().equals(each.getAuthority()))))) {
            throw new AccessDeniedException("the caller may not ask " + request.getRequestURI());
        }
    }

    private static List<HttpMethod> methods(Access route) {
        return route.method().equals(HttpMethod.GET)
                ? List.of(HttpMethod.GET, HttpMethod.HEAD)
                : List.of(route.method());
    }

    private static boolean isSignedIn() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication;
    }

    /** Nobody is signed in: whether there is such a route is not told either. */
    private static void refuseUnknown(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Baton\"");
        Problems.write(Problems.notSignedIn(), request, response);
    }

    /** A member gets told apart: no such route, wrong method, no CSRF token, or not allowed. */
    private static void refuseKnown(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied) throws IOException {
        if (denied instanceof CsrfException) {
            var problem = ProblemException.forbidden(
                    "CsrfTokenMissing", "Send the value of the cookie XSRF-TOKEN in the header X-XSRF-TOKEN.");
            Problems.write(problem.problem(), request, response);
            return;
        }
        if (RULES.stream().anyMatch(rule -> rule.request.matches(request))) {
            Problems.write(Problems.problem(denied), request, response);
            return;
        }
        String allowed = RULES.stream()
                .filter(rule -> rule.path.matches(request))
                .flatMap(rule -> methods(rule.route).stream())
                .map(HttpMethod::name)
                .distinct()
                .collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            Problems.write(Problems.noSuchRoute(), request, response);
        } else {
            response.setHeader(HttpHeaders.ALLOW, allowed);
            Problems.write(Problems.status(HttpServletResponse.SC_METHOD_NOT_ALLOWED), request, response);
        }
    }

    /** HSTS is sent over https only, and files set a Cache-Control of their own; both are Spring's defaults. */
    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny);
    }
}
