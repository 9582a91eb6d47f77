package io.baton.server.scim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** What of SCIM there is here (RFC 7644 §4), from the resources {@code scim/*.json}. */
@RestController("scimDiscoveryRoutes")
@RequestMapping("/scim/v2")
class DiscoveryRoutes {

    private static final List<String> RESOURCE_TYPES = List.of("User", "Group");
    private static final List<String> SCHEMAS = List.of(Json.USER, Json.ENTERPRISE_USER, Json.GROUP);

    @GetMapping("/ServiceProviderConfig")
    ResponseEntity<ObjectNode> serviceProviderConfig() {
        var config = read("ServiceProviderConfig");
        Json.meta(config, "ServiceProviderConfig", UserRoutes.base() + "/ServiceProviderConfig");
        return Answers.ok(config);
    }

    @GetMapping("/ResourceTypes")
    ResponseEntity<ObjectNode> resourceTypes() {
        return all(RESOURCE_TYPES.stream().map(DiscoveryRoutes::type).toList());
    }

    @GetMapping("/ResourceTypes/{id}")
    ResponseEntity<ObjectNode> resourceType(@PathVariable String id) {
        if (!RESOURCE_TYPES.contains(id)) {
            throw Answers.notFound("ResourceType", id);
        }
        return Answers.ok(type(id));
    }

    private static ObjectNode type(String id) {
        var type = read(id + "Type");
        Json.meta(type, "ResourceType", UserRoutes.base() + "/ResourceTypes/" + id);
        return type;
    }

    @GetMapping("/Schemas")
    ResponseEntity<ObjectNode> schemas() {
        return all(SCHEMAS.stream().map(DiscoveryRoutes::schemaOf).toList());
    }

    @GetMapping("/Schemas/{id}")
    ResponseEntity<ObjectNode> schema(@PathVariable String id) {
        if (!SCHEMAS.contains(id)) {
            throw Answers.notFound("Schema", id);
        }
        return Answers.ok(schemaOf(id));
    }

    private static ObjectNode schemaOf(String id) {
        var schema = read(
                switch (id) {
                    case Json.USER -> "User";
                    case Json.GROUP -> "Group";
                    default -> "EnterpriseUser";
                });
        Json.meta(schema, "Schema", UserRoutes.base() + "/Schemas/" + id);
        return schema;
    }

    private static ResponseEntity<ObjectNode> all(List<ObjectNode> resources) {
        return Answers.ok(Json.list(resources.size(), 1, resources));
    }

    private static ObjectNode read(String name) {
        var path = "/scim/" + name + ".json";
        try (InputStream json = Objects.requireNonNull(DiscoveryRoutes.class.getResourceAsStream(path), path)) {
            return (ObjectNode) Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
