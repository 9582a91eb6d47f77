package io.baton.server.web;

import io.baton.server.commit.Request.Idempotency;
import io.baton.server.session.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * The arguments that a route may simply ask for: a {@link Caller}, a {@link PageQuery}, query records, and the {@link Idempotency} of
 * the request, which is null when the header is missing.
 */
final class Arguments {

    private Arguments() {}

    static List<HandlerMethodArgumentResolver> resolvers() {
        return List.of(
                resolver(Caller.class, Arguments::caller),
                resolver(PageQuery.class, Arguments::pageQuery),
                resolver(Idempotency.class, Arguments::idempotency),
                new QueryRecords());
    }

    private static Caller caller(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof CallerAuthentication known) {
            return known.getPrincipal();
        }
        throw new ProblemException(Problems.notSignedIn());
    }

    private static PageQuery pageQuery(HttpServletRequest request) {
        return PageQuery.parse(request.getParameter("limit"), request.getParameter("cursor"));
    }

    private static @Nullable Idempotency idempotency(HttpServletRequest request) {
        String header = request.getHeader(IdempotencyKeys.HEADER);
        if (header == null) {
            return null;
        }
        byte[] body = (byte[]) request.getAttribute(BodyLimit.BODY);
        if (body == null) {
            throw new IllegalStateException("a route of uploads or forms cannot take an idempotency key");
        }
        String query = request.getQueryString();
        String target = request.getRequestURI() + (query == null ? "" : "?" + query);
        return IdempotencyKeys.of(caller(request), request.getMethod(), target, header, body);
    }

    private interface Source {
        @Nullable
        Object of(HttpServletRequest request);
    }

    private static HandlerMethodArgumentResolver resolver(Class<?> type, Source source) {
        return new HandlerMethodArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
                return parameter.getParameterType() == type;
            }

            @Override
            public @Nullable Object resolveArgument(
                    MethodParameter parameter,
                    @Nullable ModelAndViewContainer container,
                    NativeWebRequest request,
                    @Nullable WebDataBinderFactory binders) {
                return source.of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
            }
        };
    }
}
