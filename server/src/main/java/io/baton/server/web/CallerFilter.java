package io.baton.server.web;

import io.baton.server.session.ApiTokens;
import io.baton.server.session.Caller;
import io.baton.server.session.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is calling, for requests below {@code /api} and {@code /scim} only: files need no caller and cost no query. An API token
 * counts before a cookie, and a bad one is not made good by a cookie. A browser never sends a token by itself, so CSRF
 * does not concern such requests.
 */
final class CallerFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final Sessions sessions;
    private final ApiTokens tokens;

    CallerFilter(Sessions sessions, ApiTokens tokens) {
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getServletPath(); // decoded, so that no spelling of a path gets around this
        boolean scim = path.startsWith(ScimError.PATH);
        if (!scim && !path.startsWith("/api/")) {
            boolean reads =
                    request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
            if (reads && !path.startsWith("/sign-in/")) {
                CsrfFilter.skipRequest(request); // files that everybody may cache carry no cookie
            }
            chain.doFilter(request, response);
            return;
        }
        Optional<Caller> caller;
        try {
            caller = scim ? program(request) : caller(request);
        } catch (RuntimeException e) {
            Problems.write(Problems.problem(e), request, response);
            return;
        }
        caller.ifPresent(found -> {
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new CallerAuthentication(found));
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    private Optional<Caller> caller(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return SessionCookie.read(request).flatMap(sessions::caller);
        }
        CsrfFilter.skipRequest(request);
        return token(authorization).flatMap(tokens::caller);
    }

    /** Who calls by API token; a browser's cookie is not looked at. */
    private Optional<Caller> program(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        CsrfFilter.skipRequest(request);
        return authorization == null ? Optional.empty() : token(authorization).flatMap(tokens::caller);
    }

    private static Optional<String> token(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? Optional.of(authorization.substring(BEARER.length()).strip()) : Optional.empty();
    }
}
