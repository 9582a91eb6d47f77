package io.baton.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * The files of the web app, from a Spring resource location. Its pages ({@code /cases/PAY-1042}) exist only in the
 * browser, so a path that is no file is answered with {@code index.html} where a page is asked for. Files in {@code
 * /assets} have a hash of their content in their name and are kept for ever.
 */
final class WebApp extends ResourceHttpRequestHandler {

    private static final String INDEX = "index.html";
    private static final Duration ASSETS_AGE = Duration.ofDays(365);

    private WebApp(String folder, CacheControl cache, PathResourceResolver resolver) {
        setLocationValues(List.of(folder));
        setCacheControl(cache);
        setResourceResolvers(List.of(resolver));
    }

    static WebApp assets(String files) {
        return new WebApp(
                files + "assets/", CacheControl.maxAge(ASSETS_AGE).cachePublic().immutable(), new FilesOnly());
    }

    static WebApp pages(String files) {
        return new WebApp(files, CacheControl.noCache(), new Pages());
    }

    /** Spring has nothing for the empty path, and a forward would lose the headers of Spring Security. */
    @Override
    protected String processPath(String path) {
        String clean = super.processPath(path);
        return clean.isEmpty() ? INDEX : clean;
    }

    private static class FilesOnly extends PathResourceResolver {

        /** A folder on the classpath can be opened like a file, but is none. */
        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            return path.endsWith("/") ? null : super.getResource(path, location);
        }
    }

    private static final class Pages extends FilesOnly {

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
            Resource index = super.resolveResourceInternal(request, INDEX, locations, chain);
            if (index == null) {
                throw ProblemException.notFound("NoWebApp", "The web app is not part of this build.");
            }
            return index;
        }
    }
}
