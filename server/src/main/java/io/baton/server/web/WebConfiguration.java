package io.baton.server.web;

import java.util.List;
import java.util.Map;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;

/** The wiring of this package. */
@Configuration(proxyBeanMethods = false)
@Import({SecurityConfiguration.class, OpenApiConfiguration.class, Problems.class})
public class WebConfiguration implements WebMvcConfigurer {

    private static final String WEB_APP = "${baton.web-app:classpath:/static/}";

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(Arguments.resolvers());
    }

    @Bean
    WebApp webAppAssets(@Value(WEB_APP) String files) {
        return WebApp.assets(files);
    }

    @Bean
    WebApp webAppPages(@Value(WEB_APP) String files) {
        return WebApp.pages(files);
    }

    /** After all routes. */
    @Bean
    HandlerMapping webApp(WebApp webAppAssets, WebApp webAppPages) {
        var files = Map.of(Access.ASSETS_PATTERN, webAppAssets, Access.WEB_APP_PATTERN, webAppPages);
        return new SimpleUrlHandlerMapping(files, Ordered.LOWEST_PRECEDENCE - 1);
    }

    @Bean
    @Lazy
    InnerRequest innerRequest(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            RequestMappingHandlerAdapter adapter) {
        return new InnerRequest(mapping, adapter);
    }

    /** A misspelt or doubled field is told, not ignored. */
    @Bean
    JsonMapperBuilderCustomizer strictInput() {
        return json -> json.enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTheContainer() {
        return factory -> factory.addContextCustomizers(
                context -> ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName()));
    }
}
