package io.baton.server.guest;

import io.baton.server.Node;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.DispatcherServlet;

/** The wiring of the pages for people outside. */
@Configuration(proxyBeanMethods = false)
@Import(GuestAssets.class)
public class GuestConfiguration {

    @Bean
    GuestRoutes guestRoutes(Node node, ObjectProvider<KnownAddress> known) {
        var pages = pages(node);
        return new GuestRoutes(
                node.links(),
                places(node),
                node.guestActs(),
                steps(node, known),
                pages,
                new Html(pages, node.directory()),
                known.getIfAvailable(node::knownAddress),
                node.directory(),
                node.tasks(),
                node.clock());
    }

    private static Pages pages(Node node) {
        var openings = new Openings(node.jdbc(), node.clock());
        return new Pages(node.guestActs(), openings, node.directory(), node.journal(), node.clock());
    }

    private static TwoSteps steps(Node node, ObjectProvider<KnownAddress> known) {
        return new TwoSteps(
                node.links(),
                new Drafts(node.jdbc(), node.clock()),
                known.getIfAvailable(node::knownAddress),
                new Html(pages(node), node.directory()));
    }

    private static GuestPlaces places(Node node) {
        return new GuestPlaces(node.links(), node.directory(), node.guestActs(), node.clock());
    }

    @Bean
    GuestAppointmentRoutes guestAppointmentRoutes(Node node, ObjectProvider<KnownAddress> known) {
        return new GuestAppointmentRoutes(
                places(node), node.guestActs(), steps(node, known), new Html(pages(node), node.directory()));
    }

    @Bean
    GuestFileRoutes guestFileRoutes(Node node) {
        return new GuestFileRoutes(
                places(node), node.guestActs(), new Openings(node.jdbc(), node.clock()), node.files());
    }

    @Bean
    GuestReceiptRoutes guestReceiptRoutes(Node node) {
        return new GuestReceiptRoutes(
                places(node),
                node.receipts(),
                new ReceiptPages(node.jdbc(), node.deployments(), node.guestActs(), node.clock()),
                new Html(pages(node), node.directory()));
    }

    /** Spring reads forms with files whole; {@link FormData} reads those of the pages as they come. */
    @Bean(DispatcherServlet.MULTIPART_RESOLVER_BEAN_NAME)
    MultipartResolver multipartResolver() {
        return new StandardServletMultipartResolver() {
            @Override
            public boolean isMultipart(HttpServletRequest request) {
                return !request.getRequestURI().startsWith(Links.PATH) && super.isMultipart(request);
            }
        };
    }
}
