package io.baton.server;

import io.baton.server.answers.ShortAnswers;
import io.baton.server.appointments.Appointments;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.calendar.Calendars;
import io.baton.server.cases.Cases;
import io.baton.server.channel.Callbacks;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.Channels;
import io.baton.server.channel.ChatActs;
import io.baton.server.channel.ForgetOldDeliveries;
import io.baton.server.channel.ReplyTokens;
import io.baton.server.channel.mail.MailSettings;
import io.baton.server.channel.mail.Outbox;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Deciding;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Wakeup;
import io.baton.server.database.Database;
import io.baton.server.digest.ViewDigests;
import io.baton.server.directory.Absences;
import io.baton.server.directory.Addresses;
import io.baton.server.directory.Changes;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Imports;
import io.baton.server.directory.Policies;
import io.baton.server.directory.Provisioning;
import io.baton.server.directory.Rosters;
import io.baton.server.guest.GuestActs;
import io.baton.server.guest.InviteContacts;
import io.baton.server.guest.KnownAddress;
import io.baton.server.guest.Links;
import io.baton.server.health.Health;
import io.baton.server.health.NodeStatus;
import io.baton.server.health.Nodes;
import io.baton.server.insight.FinishedWords;
import io.baton.server.insight.Insight;
import io.baton.server.insight.Ledgers;
import io.baton.server.insight.PastDecisions;
import io.baton.server.insight.SavedViews;
import io.baton.server.jobs.Jobs;
import io.baton.server.journal.Journal;
import io.baton.server.leaving.Leavers;
import io.baton.server.live.News;
import io.baton.server.mailbox.KeptMails;
import io.baton.server.mailbox.MailIn;
import io.baton.server.mailbox.MailboxSettings;
import io.baton.server.messages.Messages;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Questions;
import io.baton.server.processes.StartTimers;
import io.baton.server.pumps.Pump;
import io.baton.server.room.Comments;
import io.baton.server.room.FileSettings;
import io.baton.server.room.Files;
import io.baton.server.room.HeldFiles;
import io.baton.server.room.Keys;
import io.baton.server.room.Receipts;
import io.baton.server.room.Signatures;
import io.baton.server.session.Sessions;
import io.baton.server.tasks.Tasks;
import io.baton.server.timers.FireDueTimers;
import io.baton.server.usual.Durations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All of one node but its web server, wired in one readable place: the commands of the command line, the bench and the
 * web application stand on the same.
 */
public final class Node implements AutoCloseable {

    /** Connections for reading and for short writes beside the committer's own. */
    private static final int CONNECTIONS_MAX = 16;

    /** How long a request waits for a connection before it is answered with 503. */
    private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(5);

    private final DataSource pool;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Audit audit;
    private final Deployments deployments;
    private final Durations durations;
    private final Changes changes;
    private final Directory directory;
    private final Addresses addresses;
    private final Absences absences;
    private final Imports imports;
    private final Provisioning provisioning;
    private final Policies policies;
    private final Rosters rosters;
    private final Committer committer;
    private final Journal journal;
    private final Cases cases;
    private final Tasks tasks;
    private final Jobs jobs;
    private final Messages messages;
    private final Calendars calendars;
    private final Leavers leavers;
    private final News news;
    private final Links links;
    private final Comments comments;
    private final MailIn mailIn;
    private final ChosenChannels chosen;
    private final Channels channels;
    private final ForgetOldDeliveries forgetOldDeliveries;
    private final ChosenListeners listeners;
    private final Files files;
    private final HeldFiles heldFiles;
    private final Keys keys;
    private final Signatures signatures;
    private final Receipts receipts;
    private final FinishedWords finishedWords;
    private final Insight insight;
    private final Questions questions;
    private final PastDecisions pastDecisions;
    private final Ledgers ledgers;
    private final ViewDigests viewDigests;
    private final KeptMails keptMails;
    private final Appointments appointments;
    private final GuestActs guestActs;
    private final InviteContacts inviteContacts;
    private final Nodes nodes;
    private final Health health;
    private final List<Pump> pumps = new CopyOnWriteArrayList<>();

    /** Without a mail server or any other channel. */
    public Node(Database database, LocalWorkers workers, Clock clock) {
        this(database, workers, clock, ChannelSettings.NONE);
    }

    /** Brings the schema up to date; {@link #startPumps} makes the node work by itself. */
    public Node(Database database, LocalWorkers workers, Clock clock, ChannelSettings settings) {
        database.migrate(Database.MIGRATIONS);
        this.clock = clock;
        var connections = database.pool("baton", CONNECTIONS_MAX);
        connections.setConnectionTimeout(CONNECTION_WAIT_MAX.toMillis());
        this.pool = connections;
        this.jdbc = JdbcClient.create(pool);
        var apart = JdbcClient.create(new DelegatingDataSource(pool)); // takes part in no transaction of the pool's
        var transactions = new DataSourceTransactionManager(pool);
        this.transaction = new TransactionTemplate(transactions);
        this.audit = new Audit(jdbc, transaction, clock);
        this.deployments = new Deployments(jdbc, transaction, clock);
        this.durations = new Durations(jdbc, transaction, deployments, clock);
        this.changes = new Changes(jdbc, transaction);
        this.calendars = new Calendars(jdbc, clock);
        this.directory = new Directory(
                jdbc, changes, key -> calendars.workingCalendar(key).isPresent());
        this.imports = new Imports(
                jdbc, changes, directory, key -> calendars.workingCalendar(key).isPresent());
        this.provisioning = new Provisioning(jdbc, changes, directory);
        this.absences = new Absences(jdbc, changes, clock);
        this.policies = new Policies(jdbc, changes, clock);
        this.rosters = new Rosters(
                jdbc,
                transactions,
                changes,
                policies,
                key -> calendars.workingCalendar(key).orElse(null),
                durations::p95,
                clock);
        var deciding = new Deciding(deployments, rosters::current, workers, clock);
        this.committer = new Committer(database::connect, pool, deciding, Committer.LANES);
        committer.onCommit(rosters::committed);
        this.news = new News(database::connect, jdbc);
        committer.onCommit(news::committed);
        audit.onRecord(act -> {
            if (act != Act.SIGNED_IN) { // no screen but the record itself shows it
                news.companyChanged();
            }
        });
        this.journal = new Journal(jdbc, deployments);
        this.cases = new Cases(jdbc, deployments, committer, journal);
        this.tasks = new Tasks(jdbc, committer);
        this.jobs = new Jobs(jdbc, committer, clock);
        this.messages = new Messages(jdbc, committer, deployments, clock);
        this.leavers = new Leavers(jdbc, directory, new Sessions(jdbc, audit, clock), committer, audit, clock);
        this.links = new Links(jdbc, apart, clock);
        this.comments = new Comments(jdbc, cases, journal, clock);
        this.addresses = new Addresses(jdbc, clock);
        this.chosen = ChosenChannels.of(settings, jdbc, apart, directory, addresses, clock);
        this.files = new Files(jdbc, cases, tasks, journal, deployments, clock, FileSettings.of(settings.values()));
        this.keys = Keys.of(System.getenv());
        this.signatures = new Signatures(cases, files, keys, clock);
        this.heldFiles = new HeldFiles(jdbc, files, clock);
        this.appointments = new Appointments(jdbc, cases, rosters::current, clock);
        this.guestActs = new GuestActs(
                jdbc,
                cases,
                tasks,
                deployments,
                directory,
                comments,
                files,
                heldFiles,
                signatures,
                appointments,
                rosters::current,
                clock);
        var shortAnswers = new ShortAnswers(guestActs, cases, tasks, rosters::current, clock);
        this.channels = new Channels(
                jdbc,
                transaction,
                cases,
                directory,
                deployments,
                links,
                comments,
                committer,
                rosters::current,
                shortAnswers,
                chosen.ways(),
                settings,
                clock);
        this.forgetOldDeliveries = new ForgetOldDeliveries(jdbc, chosen.outbox()::forget, settings, clock);
        this.listeners = ChosenListeners.of(
                settings,
                new Callbacks(jdbc, directory, addresses, clock),
                new ChatActs(cases, shortAnswers, channels::link),
                chosen.outbound());
        this.receipts = new Receipts(jdbc, cases, journal, keys, clock);
        this.finishedWords = new FinishedWords(jdbc, transaction, deployments, journal, committer::isBusy);
        this.insight = new Insight(jdbc, transaction, deployments, finishedWords, clock);
        this.questions = new Questions(deployments);
        this.viewDigests = new ViewDigests(
                new SavedViews(jdbc, transaction, clock), insight, cases, directory, channels, transaction, clock);
        this.pastDecisions =
                new PastDecisions(jdbc, transaction, insight, journal, deployments, questions, committer::isBusy);
        this.ledgers = new Ledgers(jdbc, transaction, journal, deployments, rosters::current, committer::isBusy);
        this.mailIn = new MailIn(
                jdbc,
                directory,
                deployments,
                cases,
                shortAnswers,
                comments,
                files,
                channels,
                chosen.mail().from(),
                MailboxSettings.of(settings.values()),
                clock);
        this.keptMails = new KeptMails(mailIn.mailbox(), comments, files);
        this.inviteContacts = new InviteContacts(jdbc, cases, deployments, directory, clock);
        committer.onCommit(inviteContacts::committed);
        this.nodes = new Nodes(jdbc, this::said, clock);
        this.health = new Health(jdbc, nodes, database.serverPid().isPresent(), clock);
    }

    private NodeStatus.Said said() {
        var states = Stream.concat(pumps.stream().map(Pump::state), mailIn.states().stream());
        return new NodeStatus.Said(states.toList(), jobs.workers().seen());
    }

    public void startPumps() {
        var timers = new FireDueTimers(jdbc, transaction, committer, clock);
        pumps.add(new Pump("timers", timers, timers.wakeup()));
        pumps.add(new Pump("start-timers", new StartTimers(jdbc, committer, deployments, clock), new Wakeup()));
        pumps.add(new Pump("messages", messages, messages.wakeup()));
        pumps.add(new Pump("contacts", inviteContacts, inviteContacts.wakeup()));
        pumps.add(new Pump("leaving", leavers, leavers.wakeup()));
        news.start();
        pumps.add(new Pump("comments", comments, new Wakeup()));
        pumps.add(new Pump("deliveries", channels.loop(), channels.wakeup()));
        pumps.add(new Pump("old-deliveries", forgetOldDeliveries, new Wakeup()));
        mailIn.start();
        pumps.add(new Pump("files", files, new Wakeup()));
        pumps.add(new Pump("usual-durations", durations, new Wakeup()));
        pumps.add(new Pump("insight", insight, new Wakeup()));
        pumps.add(new Pump("nodes", nodes, new Wakeup()));
        pumps.add(new Pump("finished-words", finishedWords, new Wakeup()));
        pumps.add(new Pump("past-decisions", pastDecisions, new Wakeup()));
        pumps.add(new Pump("ledgers", ledgers, new Wakeup()));
        pumps.add(new Pump("views", viewDigests, new Wakeup()));
    }

    public DataSource pool() {
        return pool;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public TransactionTemplate transaction() {
        return transaction;
    }

    public Clock clock() {
        return clock;
    }

    public Audit audit() {
        return audit;
    }

    public Deployments deployments() {
        return deployments;
    }

    public Durations durations() {
        return durations;
    }

    public Changes changes() {
        return changes;
    }

    public Directory directory() {
        return directory;
    }

    public Imports imports() {
        return imports;
    }

    public Provisioning provisioning() {
        return provisioning;
    }

    public Leavers leavers() {
        return leavers;
    }

    public Addresses addresses() {
        return addresses;
    }

    public Absences absences() {
        return absences;
    }

    public Policies policies() {
        return policies;
    }

    public Rosters rosters() {
        return rosters;
    }

    public Committer committer() {
        return committer;
    }

    public Journal journal() {
        return journal;
    }

    public Cases cases() {
        return cases;
    }

    public Tasks tasks() {
        return tasks;
    }

    public Jobs jobs() {
        return jobs;
    }

    public Messages messages() {
        return messages;
    }

    public Calendars calendars() {
        return calendars;
    }

    public News news() {
        return news;
    }

    public Links links() {
        return links;
    }

    public KeptMails keptMails() {
        return keptMails;
    }

    public MailSettings mailSettings() {
        return chosen.mail();
    }

    public MailIn mailIn() {
        return mailIn;
    }

    public Comments comments() {
        return comments;
    }

    public Channels channels() {
        return channels;
    }

    public ForgetOldDeliveries forgetOldDeliveries() {
        return forgetOldDeliveries;
    }

    /** What people do where they were told. */
    public ChosenListeners listeners() {
        return listeners;
    }

    /** Mails that would have gone, where there is no mail server. */
    public Outbox outbox() {
        return chosen.outbox();
    }

    public ReplyTokens replyTokens() {
        return chosen.replyTokens();
    }

    public boolean hasMailServer() {
        return chosen.mail().server() != null;
    }

    public Files files() {
        return files;
    }

    public HeldFiles heldFiles() {
        return heldFiles;
    }

    public Keys keys() {
        return keys;
    }

    public Signatures signatures() {
        return signatures;
    }

    public Receipts receipts() {
        return receipts;
    }

    public FinishedWords finishedWords() {
        return finishedWords;
    }

    public ViewDigests viewDigests() {
        return viewDigests;
    }

    public Questions questions() {
        return questions;
    }

    public PastDecisions pastDecisions() {
        return pastDecisions;
    }

    public Ledgers ledgers() {
        return ledgers;
    }

    public Insight insight() {
        return insight;
    }

    public Health health() {
        return health;
    }

    public KnownAddress knownAddress() {
        return channels.knownAddress();
    }

    public InviteContacts inviteContacts() {
        return inviteContacts;
    }

    public Appointments appointments() {
        return appointments;
    }

    public GuestActs guestActs() {
        return guestActs;
    }

    /** Stops the loops, then answers what was submitted. The database stays open. */
    @Override
    public void close() {
        mailIn.close();
        pumps.forEach(Pump::close);
        if (!pumps.isEmpty()) {
            nodes.leave();
        }
        news.close();
        committer.close();
        chosen.outbound().close();
    }
}
