package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Brand;
import io.baton.server.directory.Directory;
import io.baton.server.guest.Links;
import io.baton.server.session.Caller;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** How the organisation looks to people outside, and how long their links live. */
@RestController
final class BrandRoutes {

    private final Directory directory;
    private final Links links;
    private final Audit audit;

    BrandRoutes(Node node) {
        this.directory = node.directory();
        this.links = node.links();
        this.audit = node.audit();
    }

    /** {@code colour} is like {@code #1d4ed8}, {@code logo} the https address of a picture; {@code linkDays} from 1 to 366. */
    record BrandView(String name, String colour, @Nullable String logo, int linkDays) {}

    record BrandBody(
            @Nullable String name,
            @Nullable String colour,
            @Nullable String logo,
            @Nullable Integer linkDays) {}

    @GetMapping("/api/brand")
    BrandView brand() {
        var brand = directory.brand();
        return new BrandView(brand.name(), brand.colour(), brand.logo(), links.days());
    }

    /** All of it: what is left out is as it was at the beginning. Links that are out keep their days. */
    @PutMapping("/api/brand")
    BrandView put(@RequestBody BrandBody body, Caller caller) {
        var input = new Input();
        var name = input.text("name", body.name(), Brand.NAME_CHARACTERS_MAX);
        var colour = Input.orNull(body.colour());
        if (colour != null && !Brand.isColour(colour)) {
            input.wrong("colour", "must be like #1d4ed8");
        }
        var logo = input.optionalText("logo", body.logo(), Brand.LOGO_CHARACTERS_MAX);
        if (logo != null && !isPicture(logo)) {
            input.wrong("logo", "must be an https address");
        }
        int days = body.linkDays() == null ? Links.DAYS_DEFAULT : body.linkDays();
        if (days < 1 || days > Links.DAYS_MAX) {
            input.wrong("linkDays", "must be a whole number from 1 to " + Links.DAYS_MAX);
        }
        input.done();
        return audit.within(() -> {
            directory.setBrand(new Brand(name, colour, logo));
            links.setDays(days);
            audit.add(caller.who(), Act.BRAND_PUT, Audit.What.subject(name));
            return brand();
        });
    }

    private static boolean isPicture(String logo) {
        try {
            var url = URI.create(logo);
            return "https".equals(url.getScheme()) && url.getHost() != null && url.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
