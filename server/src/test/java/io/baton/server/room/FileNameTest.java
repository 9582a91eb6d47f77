package io.baton.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hostile names become. */
class FileNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contract.pdf | contract.pdf",
                "../../etc/passwd | passwd",
                "C:\\Users\\x\\a.doc | a.doc",
                "a\"b;c%d.pdf | a_b_c_d.pdf",
                "<script>.html | _script_.html",
                ".htaccess | htaccess",
                "CON | file_CON",
                "nul.txt | file_nul.txt",
                "... | file",
                "/ | file",
                "Überweisung Größe.pdf | Überweisung Größe.pdf"
            })
    void aNameIsSaneAfterwards(String given, String expected) {
        assertThat(FileName.sane(given)).isEqualTo(expected);
    }

    @Test
    void noControlCharacterNorTurnOfWritingSurvives() {
        assertThat(FileName.sane("in\r\nSet-Cookie: a=b\0.pdf")).doesNotContain("\r", "\n", "\0", ":");
        assertThat(FileName.sane("cod\u202Efdp.exe")).isEqualTo("cod_fdp.exe");
        assertThat(FileName.sane("e\u0301.txt")).isEqualTo("é.txt");
    }

    @Test
    void aLongNameKeepsItsEnding() {
        assertThat(FileName.sane("x".repeat(300) + ".pdf")).hasSize(120).endsWith("x.pdf");
        assertThat(FileName.sane("😀".repeat(100)))
                .hasSizeLessThanOrEqualTo(120)
                .endsWith("😀");
    }
}
