package io.baton.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import io.baton.engine.codec.MalformedException;
import io.baton.engine.codec.Words;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is on disk can be read for ever: the kinds of events and their numbers, and the very bytes of one journal entry
 * and one case state, are pinned here. A change that breaks one of these breaks every store there is.
 */
class CodecTest {

    private static final Instant AT = Instant.parse("2030-01-01T09:00:00.123456Z");

    private static final String ENTRY = """
            58000e0a6f6c676100000e0a6f6c6761205061796d656e7420746f2041434d4503000c106e6f7468696e670008796573
            02066e6f010a74657874031a53747261c39f6520f09f98800a776f726403030c77686f6c6504530a6c6f6e6704feffff
            ffffffffffff010e6c6f6e67657205000900800000000000000010646563696d616c05040204e208626967053b01010a
            6c69737406030402000600086d6170070004087061791a6e6f7420617070726f76656409020100050005060005070002
            0514656c7365776865726508000a0403001406040a6c6174658199cef7c387dd06010a505431481408040a6c61746581
            99cef7c387dd0600001506160a040a70616964107061796d656e740c494e562d37170a066d31170a00180a0d04000000
            0d0408616e6e0661708199cef7c387dd060e0408616e6e0f041004110c2074687265652d7761792d6d6174636806120c
            041074696d656f7574130c191004001910040602030461001a1002001a10020502010a1b12181c12064531000e636175
            6768741d141203061a6e6f74206465706c6f7965641e140b040c1202106d697374616b65011f040a6f6c676108616e6e
            002a6e616d6564206279207468652070726f636573738199cef7c387dd061f040a6f6c6761000661701261736b207468
            656d00200408616e6e210408616e6e106e6f2074696d6522040a6f6c67612304240408616e6e08626f621a7468652063
            6f6e747261637425040a6f6c67610e757267656e7426040a6f6c6761166e6f74206e6565646564270408616e6e8199ce
            f7c387dd06280408616e6e8199cef7c387dd06290408616e6e8199cef7c387dd0610686f6c696461792a040a6f6c6761
            2b048199cef7c387dd060e6167726565642b0000106e6f20646174652c0408616e6e011a7768696368206f726465723f
            08626f622d042e0c0873616d2f8199cef7c387dd062a74686520637573746f6d657220697320617761790a636f726130
            3108626f621470726f6d6f74696f6e3208626f62106e6f2074696d653308626f62126163636570746564340412737461
            6e646172640635048199cef7c387dd0635000036041608616e6e3704180a6f6c6761380412616e737765726564391408
            616e6e3a0408616e6e0c106e6f7468696e67000879657302066e6f010a74657874031a53747261c39f6520f09f98800a
            776f726403030c77686f6c6504530a6c6f6e6704feffffffffffffffff010e6c6f6e6765720500090080000000000000
            0010646563696d616c05040204e208626967053b01010a6c69737406030402000600086d617007008199cef7c387dd06
            3b0408616e6e3c0406633108616e6e066431020670370c4041434d450a6f6c67613d0663310a6f6c67613e048199cef7
            c387dd063e04003f0412617070726f766564163220617070726f766564400406663108616e6e066432206170706c6963
            6174696f6e2f706466a41301067037410666310a6f6c6761420406663106703743040666310664320670370664330666
            3244086572700c106e6f7468696e67000879657302066e6f010a74657874031a53747261c39f6520f09f98800a776f72
            6403030c77686f6c6504530a6c6f6e6704feffffffffffffffff010e6c6f6e6765720500090080000000000000001064
            6563696d616c05040204e208626967053b01010a6c69737406030402000600086d61700700450e616d6f756e74460410
            617070726f76651231323030302e353046040a6962616e00470e020310617070726f7665480402030008406170067037
            8199cef7c387dd065a02490406703708696c6c4a0408616e6e8199cef7c387dd064a0408616e6e004b14
            """;

    private static final String STATE = """
            0101010a6f6c67611861626f757420626f6c74730808626f620f8190bff7c387dd060103020c746f706963030c626f6c
            74730a6c69737406020402030874776f010701070300028190bff7c387dd06010408616e6e000000010108616e6e8190
            bff7c387dd060500058190bff7c387dd0601082074687265652d7761792d6d6174636803000600068190bff7c387dd06
            011002020106020402030874776f06020502010500000806068190bff7c387dd06010502186c6f6f70436f756e746572
            04040478030874776f00000000000900078190bff7c387dd06012101046b030c626f6c747302000c00088190bff7c387
            dd0602410104790502010508626f62000000000d09018190bff7c387dd06010000030403080081a0dce0de87dd06040a
            505431480a0907008190fad4c78cdd0600000e0d0201107061796d656e740c626f6c7473010f0c11005827756e6b6e6f
            776e202b203127206661696c65643a2063616e6e6f7420616464206e756c6c20616e6420318190bff7c387dd06
            """;

    private static final Words WORDS = new Words(List.of("start", "review", "start>review"));

    @Test
    void numbersEveryKindOfEventForEver() {
        assertThat(EventCodec.KINDS.stream().map(Class::getSimpleName).collect(joining(" ")))
                .isEqualTo("""
                CaseStarted CaseCompleted CaseCancelled VariablesSet DeviationObserved FlowTaken TokenArrived \
                TokensJoined TokensDiscarded StepPassed StepEntered StepLeft StepTerminated TaskOpened TaskClaimed \
                TaskReleased TaskCompleted JobOpened JobFailed JobCompleted TimerSet TimerFired MessageAwaited \
                MessageReceived WaitEnded LoopStarted LoopInstanceDone ProcessCalled ErrorCaught IncidentRaised \
                IncidentResolved HandoffOffered HandoffAccepted HandoffDeclined HandoffWithdrawn HandoffExpired \
                TaskSentBack TaskTaken TaskWaived DatePromised PromiseBroken DateProposed ProposalDeclined DueChanged \
                StepBlocked StepUnblocked StepSponsored CasePaused CaseResumed OwnershipOffered OwnershipDeclined \
                OwnerChanged PolicyApplied ClockSet ReminderSent Escalated ActSkipped IncidentNamed DecisionMade \
                DecisionTakenBack CommentPosted CommentErased DueMoved \
                ApprovalSettled FileAttached FileErased FileOpened FileSigned FactsStated FactDecided SkillRequired CaseMigrated \
                SlotBooked SlotReleased PromiseWithdrawn IncidentDismissed""");
    }

    @Test
    void knowsEveryEvent() {
        assertThat(EventCodec.KINDS)
                .doesNotHaveDuplicates()
                .map(Class::getName)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Arrays.stream(Event.class.getPermittedSubclasses()),
                                Arrays.stream(Event.Coordination.class.getPermittedSubclasses()))
                        .filter(Class::isRecord)
                        .map(Class::getName)
                        .toList());
    }

    /** One of each, with every kind of value and every optional part once there and once missing. */
    private static List<Event> oneOfEach() {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("nothing", null);
        values.put("yes", true);
        values.put("no", false);
        values.put("text", "Straße 😀");
        values.put("word", "review");
        values.put("whole", new BigDecimal("-42"));
        values.put("long", new BigDecimal("9223372036854775807"));
        values.put("longer", new BigDecimal("9223372036854775808"));
        values.put("decimal", new BigDecimal("12.50"));
        values.put("big", new BigDecimal("1E+30"));
        values.put("list", Arrays.asList(BigDecimal.ONE, null, List.of()));
        values.put("map", Run.variables());
        return List.of(
                new Event.CaseStarted(7, "olga", null),
                new Event.CaseStarted(7, "olga", "Payment to ACME"),
                new Event.VariablesSet(0, values),
                new Event.DeviationObserved("pay", "not approved"),
                new Event.StepPassed(1, "start", 0),
                new Event.FlowTaken(0, "start>review"),
                new Event.TokenArrived(0, "start>review"),
                new Event.TokensJoined(0, List.of("start>review", "elsewhere")),
                new Event.TokensDiscarded(0),
                new Event.StepEntered(2, "review", 0),
                new Event.TimerSet(3, 2, "late", AT, -1, "PT1H"),
                new Event.TimerSet(4, 2, "late", AT, 0, null),
                new Event.TimerFired(3),
                new Event.MessageAwaited(5, 2, "paid", "payment", "INV-7"),
                new Event.MessageReceived(5, "m1"),
                new Event.MessageReceived(5, null),
                new Event.WaitEnded(5),
                new Event.TaskOpened(2, null, null, null),
                new Event.TaskOpened(2, "ann", "ap", AT),
                new Event.TaskClaimed(2, "ann"),
                new Event.TaskReleased(2),
                new Event.TaskCompleted(2),
                new Event.JobOpened(6, "three-way-match", 3),
                new Event.JobFailed(6, 2, "timeout"),
                new Event.JobCompleted(6),
                new Event.LoopStarted(8, 2, null),
                new Event.LoopStarted(8, 2, Arrays.asList("a", null)),
                new Event.LoopInstanceDone(8, 1, null),
                new Event.LoopInstanceDone(8, 1, new BigDecimal("1.0")),
                new Event.ProcessCalled(9, 12),
                new Event.ErrorCaught(9, "E1", null, "caught"),
                new Event.IncidentRaised(10, 9, "review", IncidentKind.CALL, "not deployed"),
                new Event.IncidentResolved(10),
                new Event.StepLeft(2),
                new Event.StepTerminated(9),
                new Event.CaseCancelled("mistake"),
                new Event.CaseCompleted(),
                new Event.HandoffOffered(2, "olga", "ann", null, "named by the process", AT),
                new Event.HandoffOffered(2, "olga", null, "ap", "ask them", null),
                new Event.HandoffAccepted(2, "ann"),
                new Event.HandoffDeclined(2, "ann", "no time"),
                new Event.HandoffWithdrawn(2, "olga"),
                new Event.HandoffExpired(2),
                new Event.TaskSentBack(2, "ann", "bob", "the contract"),
                new Event.TaskTaken(2, "olga", "urgent"),
                new Event.TaskWaived(2, "olga", "not needed"),
                new Event.DatePromised(2, "ann", AT),
                new Event.PromiseBroken(2, "ann", AT),
                new Event.DateProposed(2, "ann", AT, "holiday"),
                new Event.ProposalDeclined(2, "olga"),
                new Event.DueChanged(2, AT, "agreed"),
                new Event.DueChanged(0, null, "no date"),
                new Event.StepBlocked(2, "ann", Obstacle.QUESTION, "which order?", "bob"),
                new Event.StepUnblocked(2),
                new Event.StepSponsored(6, "sam"),
                new Event.CasePaused(AT, "the customer is away", "cora"),
                new Event.CaseResumed(),
                new Event.OwnershipOffered("bob", "promotion"),
                new Event.OwnershipDeclined("bob", "no time"),
                new Event.OwnerChanged("bob", "accepted"),
                new Event.PolicyApplied(2, "standard", 3),
                new Event.ClockSet(2, AT),
                new Event.ClockSet(0, null),
                new Event.ReminderSent(2, 11, "ann"),
                new Event.Escalated(2, 12, "olga"),
                new Event.ActSkipped(2, "answered"),
                new Event.IncidentNamed(10, "ann"),
                new Event.DecisionMade(2, "ann", values, AT),
                new Event.DecisionTakenBack(2, "ann"),
                new Event.CommentPosted(2, "c1", "ann", "d1", List.of("p7", "@ACME"), "olga"),
                new Event.CommentErased("c1", "olga"),
                new Event.DueMoved(2, AT),
                new Event.DueMoved(2, null),
                new Event.ApprovalSettled(2, "approved", "2 approved"),
                new Event.FileAttached(2, "f1", "ann", "d2", "application/pdf", 1_234, List.of("p7")),
                new Event.FileErased("f1", "olga"),
                new Event.FileOpened(2, "f1", "p7"),
                new Event.FileSigned(2, "f1", "d2", "p7", "d3", "f2"),
                new Event.FactsStated("erp", values),
                new Event.FactDecided("amount"),
                new Event.SkillRequired(2, "approve", "12000.50"),
                new Event.SkillRequired(2, "iban", null),
                new Event.CaseMigrated(7, List.of("review", "approve")),
                new Event.SlotBooked(2, 1, "review", 0, "@ap", "p7", AT, 45, 1),
                new Event.SlotReleased(2, "p7", "ill"),
                new Event.PromiseWithdrawn(2, "ann", AT),
                new Event.PromiseWithdrawn(2, "ann", null),
                new Event.IncidentDismissed(10));
    }

    @Test
    void readsBackWhatItWrote() {
        var events = oneOfEach();
        assertThat(events.stream().map(Event::getClass).distinct()).hasSameSizeAs(EventCodec.KINDS);
        assertThat(Play.decoded(WORDS, Play.encoded(WORDS, events))).isEqualTo(events);
    }

    @Test
    void writesAJournalEntryInTheseBytes() {
        assertThat(hex(Play.encoded(WORDS, oneOfEach()))).isEqualTo(ENTRY);
        assertThat(Play.decoded(WORDS, bytes(ENTRY))).isEqualTo(oneOfEach());
    }

    @Test
    void writesACaseStateInTheseBytes() {
        var state = richCase();
        assertThat(hex(CaseCodec.write(state))).isEqualTo(STATE);
        assertThat(hex(CaseCodec.write(CaseCodec.read(RICH, 1, bytes(STATE))))).isEqualTo(STATE);
    }

    /** Lines of 48 bytes. */
    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).replaceAll("(.{1,96})", "$1\n");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace("\n", ""));
    }

    private static final Models RICH = Models.of("""
            process p title={"about " + topic}
            start -> fork
            fork: and
            fork -> task -> join
            late: boundary on=task cycle=R3/PT1H noninterrupting
            fork -> work -> join
            work: job type=three-way-match
            fork -> loop
            loop: user each={list} as=x collect={y} into=ys
            fork -> call
            call: call process=q in.k={topic}
            fork -> join
            join: and
            fork -> done
            done: user out.z={unknown + 1}
            process q
            start -> paid
            paid: receive message=payment key={k}
            stop: eventsub
              start9: start timer=P1D
              start9 -> tidy
            """);

    /** A case with one of everything that a state can hold. */
    private static Case richCase() {
        var play = new Play(RICH);
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put("topic", "bolts");
        variables.put("list", List.of(BigDecimal.ONE, "two"));
        play.send(new Command.StartCase(1, null, "olga", variables), Actor.person("ann"));
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put("y", new BigDecimal("0.5"));
        play.send(new Command.ClaimTask(step(play, "task")), Actor.person("ann"));
        play.send(new Command.CompleteTask(step(play, "loop") + 1, result), Actor.person("bob"));
        play.send(new Command.CompleteTask(step(play, "done"), result), Actor.person("bob"));
        return play.state;
    }

    private static int step(Play play, String node) {
        return play.state.steps().stream()
                .filter(step -> step.requireNode().id().equals(node))
                .mapToInt(Step::id)
                .findFirst()
                .orElseThrow();
    }

    private static Case simple() {
        var play = new Play(Models.of("start -> end"));
        play.send(new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), Actor.person("ann"));
        return play.state;
    }

    @Test
    void refusesAStateOfAnotherVersion() {
        var bytes = CaseCodec.write(simple());
        bytes[0]++;
        assertThatThrownBy(() -> CaseCodec.read(Models.of("start -> end"), 1, bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessage("a case state of version 2");
    }

    @Test
    void saysThatAnEventIsTooNew() {
        var out = new Encoder(WORDS);
        out.unsigned(1);
        out.unsigned(EventCodec.KINDS.size());
        assertThatThrownBy(() -> Play.decoded(WORDS, out.bytes()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("written by a newer Baton");
    }

    /** Whatever damage does to the bytes, reading ends in an answer: no endless loop, no gigabytes, no other exception. */
    @Test
    void survivesEveryDamagedByte() {
        var bytes = Play.encoded(WORDS, oneOfEach());
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                var damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << bit);
                try {
                    EventCodec.read(new Decoder(WORDS, damaged));
                } catch (MalformedException expected) {
                    assertThat(expected).hasMessageMatching(".+");
                }
            }
            var cut = Arrays.copyOf(bytes, at);
            assertThatThrownBy(() -> Play.decoded(WORDS, cut)).isInstanceOf(MalformedException.class);
        }
    }
}
