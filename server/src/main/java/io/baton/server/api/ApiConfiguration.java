package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.audit.Audit;
import io.baton.server.directory.Costs;
import io.baton.server.directory.Directory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** All routes. */
@Configuration(proxyBeanMethods = false)
@Import({
    HealthRoutes.class,
    SessionRoutes.class,
    SignInLinkPage.class,
    PeopleRoutes.class,
    LeavingRoutes.class,
    AbsenceRoutes.class,
    TeamRoutes.class,
    CalendarRoutes.class,
    HolidayRoutes.class,
    PolicyRoutes.class,
    ImportRoutes.class,
    TokenRoutes.class,
    AuditRoutes.class,
    ConnectionRoutes.class,
    ProcessRoutes.class,
    DesignRoutes.class,
    PlayRoutes.class,
    MigrationRoutes.class,
    CaseRoutes.class,
    GuestLinkRoutes.class,
    CommentRoutes.class,
    DeliveryRoutes.class,
    KeptMailRoutes.class,
    FileRoutes.class,
    SignatureRoutes.class,
    TaskRoutes.class,
    DoneRoutes.class,
    PacketRoutes.class,
    BulkRoutes.class,
    JobRoutes.class,
    MessageRoutes.class,
    OutboxRoutes.class,
    ChannelRoutes.class,
    UnsubscribeRoutes.class,
    BrandRoutes.class,
    CallbackRoutes.class,
    AddressRoutes.class,
    IncidentRoutes.class,
    LedgerRoutes.class,
    ReliabilityRoutes.class,
    OverviewRoutes.class,
    LiveRoutes.class,
    InsightRoutes.class,
    SearchRoutes.class,
    ExportRoutes.class,
    ViewRoutes.class,
    AppointmentRoutes.class
})
public class ApiConfiguration {

    @Bean
    Audit audit(Node node) {
        return node.audit();
    }

    @Bean
    Directory directory(Node node) {
        return node.directory();
    }

    @Bean
    TaskViews taskViews(Node node, Directory directory) {
        return new TaskViews(node.deployments(), directory, node.rosters()::current, node.clock());
    }

    @Bean
    CaseViews caseViews(Node node, Directory directory, TaskViews tasks) {
        return new CaseViews(node.deployments(), directory, tasks, node.rosters()::current, node.clock());
    }

    @Bean
    LedgerViews ledgerViews(Node node, Directory directory) {
        return new LedgerViews(
                node.deployments(),
                directory,
                new Costs(node.jdbc()),
                node.ledgers(),
                node.rosters()::current,
                node.clock());
    }
}
