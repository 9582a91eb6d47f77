package io.baton.server.guest;

import io.baton.server.Node;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The wiring of the pages for people outside. */
@Configuration(proxyBeanMethods = false)
@Import(GuestAssets.class)
public class GuestConfiguration {

    @Bean
    GuestRoutes guestRoutes(Node node, ObjectProvider<KnownAddress> known) {
        var pages = new Pages(node.guestActs(), node.directory(), node.journal(), node.clock());
        return new GuestRoutes(
                node.links(),
                node.guestActs(),
                new Drafts(node.jdbc(), node.clock()),
                pages,
                new Html(pages, node.directory()),
                known.getIfAvailable(node::knownAddress),
                node.directory(),
                node.tasks(),
                node.clock());
    }
}
