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
final class GuestCookie {

    static final String NAME = "baton-guest";

    private GuestCookie() {}

    static Optional<String> read(HttpServletRequest request) {
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

    /** Until the browser is closed. */
    static void offer(HttpServletRequest request, HttpServletResponse response) {
        if (read(request).isEmpty()) {
            var cookie = ResponseCookie.from(NAME, Secret.fresh())
                    .path(Links.PATH)
                    .httpOnly(true)
                    .secure(request.isSecure())
                    .sameSite("Strict")
                    .build();
            response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        }
    }
}
