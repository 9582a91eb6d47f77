package io.baton.server.guest;

import io.baton.server.session.Secret;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Random, and known to nobody but the browser that opened a page: what was sent from one browser cannot be confirmed from
 * another, nor by what keeps no cookies. It says nothing about who reads.
 */
public final class GuestCookie {

    static final String NAME = "baton-guest";

    private GuestCookie() {}

    public static Optional<String> read(HttpServletRequest request) {
        var cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(NAME) && cookie.getValue().length() >= 40) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    static void offer(HttpServletRequest request, HttpServletResponse response) {
        var _ = offer(request, response, Links.PATH);
    }

    /** Until the browser is closed, and sent to this path only. The cookie that the browser has, or has now. */
    public static String offer(HttpServletRequest request, HttpServletResponse response, String path) {
        var known = read(request);
        if (known.isPresent()) {
            return known.get();
        }
        var fresh = Secret.fresh();
        var cookie = ResponseCookie.from(NAME, fresh)
                .path(path)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        return fresh;
    }
}
