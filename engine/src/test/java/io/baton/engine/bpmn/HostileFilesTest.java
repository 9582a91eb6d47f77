package io.baton.engine.bpmn;

import static io.baton.engine.bpmn.Files.around;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.bpmn.BpmnReader.Result;
import io.baton.engine.xml.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files meant to harm, and files harmed on the way: a problem with its place, never an exception, never much work. */
class HostileFilesTest {

    private static String complaint(byte[] file) {
        return Files.problems(file).getFirst().reason();
    }

    private static String complaint(String file) {
        return complaint(file.getBytes(UTF_8));
    }

    @Test
    void refusesExternalEntities() {
        for (var doctype : List.of(
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/evil.dtd\">",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/evil.dtd\"> %p;]>",
                "<!DOCTYPE a>")) {
            assertThat(complaint(doctype + around("<b:userTask id=\"x\" name=\"&x;\"/>")))
                    .isEqualTo("a document type definition is not accepted");
        }
    }

    @Test
    void refusesEntityBombs() {
        var bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY a0 \"aaaaaaaaaa\">");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append("&a")
                    .append(i - 1)
                    .append(";&a")
                    .append(i - 1)
                    .append(";\">");
        }
        assertThat(complaint(bomb + "]><a>&a29;</a>")).isEqualTo("a document type definition is not accepted");
    }

    @Test
    void refusesWhatIsTooLarge() {
        var spaces = new byte[100_000_000];
        Arrays.fill(spaces, (byte) ' ');
        assertThat(complaint(spaces)).isEqualTo("the file has 100000000 bytes, more than 5000000");
        assertThat(complaint("<a>".repeat(200_000))).isEqualTo("the file nests elements more than 100 levels deep");
        assertThat(complaint("<a>" + "<b/>".repeat(60_000) + "</a>"))
                .isEqualTo("the file has more than 50000 elements");
        assertThat(complaint("<a b=\"" + "x".repeat(200_000) + "\"/>"))
                .isEqualTo("a value has more than 100000 characters");
        assertThat(complaint("<a>" + "x".repeat(200_000) + "</a>"))
                .isEqualTo("a value has more than 100000 characters");
        var attributes = new StringBuilder("<a");
        for (int i = 0; i < 150; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }
        assertThat(complaint(attributes + "/>")).isEqualTo("an element has more than 100 attributes");
    }

    @Test
    void refusesWhatIsNotXml() {
        assertThat(complaint("")).startsWith("not well-formed XML: ");
        assertThat(complaint("{\"a\": 1}")).startsWith("not well-formed XML: ");
        assertThat(complaint(new byte[] {0, 1, 2, 3, (byte) 0xff, (byte) 0xfe})).isNotBlank();
        assertThat(complaint("<a><b></a>")).startsWith("not well-formed XML: ");
        assertThat(complaint("<a xmlns:b=\"x\"><c:d/></a>")).startsWith("not well-formed XML: ");
        assertThat(complaint("<a b=\"1\" b=\"2\"/>")).startsWith("not well-formed XML: ");
        assertThat(complaint("<?xml version=\"1.0\" encoding=\"nonsense\"?><a/>"))
                .isNotBlank();
        assertThat(complaint("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\u00fc</a>"
                        .getBytes(StandardCharsets.ISO_8859_1)))
                .isNotBlank();
    }

    @Test
    void saysWhereTheXmlBreaks() {
        var problem = Files.problems("<a>\n  <b>\n</a>".getBytes(UTF_8)).getFirst();
        assertThat(problem.place().line()).isEqualTo(3);
        assertThat(Files.problems("<a>\n<!DOCTYPE b></a>".getBytes(UTF_8))
                        .getFirst()
                        .place())
                .isNotEqualTo(new Place(0, 0));
    }

    @Test
    void refusesATruncatedFileAtEveryLength() {
        var file = around("<b:userTask id=\"x\"/>").strip().getBytes(UTF_8);
        for (int length = 0; length < file.length; length += 7) {
            assertThat(Files.read(Arrays.copyOf(file, length))).isInstanceOf(Result.Refused.class);
        }
    }

    @Test
    void refusesHugeIds() {
        assertThat(complaint(around("<b:userTask id=\"x\"/>").replace("f1", "f".repeat(90_000))))
                .isEqualTo("an id begins with a letter and has letters, digits, '_', '-' and '.', at most 255");
    }

    @Test
    void readsOrRefusesEveryDamagedFile() {
        var file = around(
                        "<b:subProcess id=\"x\"><b:startEvent id=\"s\"/><b:sequenceFlow id=\"g\" sourceRef=\"s\" targetRef=\"t\"/>"
                                + "<b:userTask id=\"t\"><b:extensionElements><baton:task form=\"request\" due=\"= a + 1\"/></b:extensionElements>"
                                + "<b:multiInstanceLoopCharacteristics><b:extensionElements><baton:each in=\"= list\" as=\"one\"/></b:extensionElements></b:multiInstanceLoopCharacteristics></b:userTask>"
                                + "<b:boundaryEvent id=\"late\" attachedToRef=\"t\"><b:timerEventDefinition><b:timeDuration>P1D</b:timeDuration></b:timerEventDefinition></b:boundaryEvent></b:subProcess>",
                        "<b:laneSet id=\"ls\"><b:lane id=\"l\" name=\"A\"><b:flowNodeRef>x</b:flowNodeRef></b:lane></b:laneSet>")
                .getBytes(UTF_8);
        assertThat(Files.read(file)).isInstanceOf(Result.Read.class);
        var random = new Random(42);
        int read = 0;
        for (int i = 0; i < 3_000; i++) {
            var result = Files.read(damaged(file, random));
            switch (result) {
                case Result.Read(var processes) -> {
                    assertThat(processes).isNotEmpty();
                    read++;
                }
                case Result.Refused(var problems) -> {
                    assertThat(problems).isNotEmpty().hasSizeLessThanOrEqualTo(Problems.PROBLEMS_MAX);
                    assertThat(problems).allSatisfy(each -> {
                        assertThat(each.reason()).isNotBlank();
                        assertThat(each.place().line()).isPositive();
                    });
                }
            }
        }
        assertThat(read).as("some damage does no harm, such as in a name").isBetween(10, 2_900);
    }

    /** Flips, drops, doubles or moves a few bytes or whole tags. */
    private static byte[] damaged(byte[] file, Random random) {
        var text = new StringBuilder(new String(file, UTF_8));
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.setCharAt(at, (char) (32 + random.nextInt(96)));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, text.charAt(random.nextInt(text.length())));
                case 3 -> removeTag(text, at);
                case 4 -> {
                    int length = Math.min(60, text.length() - at);
                    text.insert(random.nextInt(text.length()), text.substring(at, at + length));
                }
                default -> {
                    int quote = text.indexOf("\"", at);
                    int end = quote < 0 ? -1 : text.indexOf("\"", quote + 1);
                    if (end > 0) {
                        text.replace(
                                quote + 1,
                                end,
                                List.of("", "x", "start", "= 1 +", "true", "R/P1D")
                                        .get(random.nextInt(6)));
                    }
                }
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    private static void removeTag(StringBuilder text, int near) {
        int start = text.indexOf("<", near);
        int end = start < 0 ? -1 : text.indexOf(">", start);
        if (end > 0) {
            text.delete(start, end + 1);
        }
    }
}
