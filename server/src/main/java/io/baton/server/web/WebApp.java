package io.baton.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * The files of the web app, from the classpath. Its pages ({@code /cases/PAY-1042}) exist only in the browser, so a path
 * that is no file is answered with {@code index.html} where a page is asked for. Files in {@code /assets} have a hash of
 * their content in their name and are kept for ever.
 */
final class WebApp {

    private static final Duration ASSETS_AGE = Duration.ofDays(365);

    private WebApp() {}

    /** {@code files} is the folder with {@code index.html}, as a Spring resource location. */
    static void register(ResourceHandlerRegistry registry, String files) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(files + "assets/")
                .setCacheControl(CacheControl.maxAge(ASSETS_AGE).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(files)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new Pages());
    }

    private static final class Pages extends PathResourceResolver {

        @Override
        protected @Nullable Resource resolveResourceInternal(
                @Nullable HttpServletRequest request,
                String path,
                List<? extends Resource> locations,
                ResourceResolverChain chain) {
            Resource file = super.resolveResourceInternal(request, path, locations, chain);
            if (file != null || request == null || !Problems.wantsPage(request)) {
                return file;
            }
            Resource index = super.resolveResourceInternal(request, "index.html", locations, chain);
            if (index == null) {
                throw ProblemException.notFound("NoWebApp", "The web app is not part of this build.");
            }
            return index;
        }

        /** A folder on the classpath can be opened like a file, but is none. */
        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            return path.isEmpty() || path.endsWith("/") ? null : super.getResource(path, location);
        }
    }
}
