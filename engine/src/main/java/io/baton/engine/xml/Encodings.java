package io.baton.engine.xml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The characters of an XML file (XML 1.0 appendix F): by its byte order mark, else by its declaration, else UTF-8. Strict:
 * a byte that does not fit is a mistake, where the JDK's XML reader would print to standard error.
 */
final class Encodings {

    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([^\"']{1,40})[\"']");

    private Encodings() {}

    /** Throws for bytes that are not what the file says they are; the message says so. */
    static String decode(byte[] file) throws CharacterCodingException {
        var charset = charset(file);
        var text = charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Charset charset(byte[] file) throws CharacterCodingException {
        int first = file.length > 0 ? file[0] & 0xff : -1;
        int second = file.length > 1 ? file[1] & 0xff : -1;
        if ((first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe)) {
            return StandardCharsets.UTF_16;
        }
        if (first == 0 && second == '<') {
            return StandardCharsets.UTF_16BE;
        }
        if (first == '<' && second == 0) {
            return StandardCharsets.UTF_16LE;
        }
        var start = new String(Arrays.copyOf(file, Math.min(file.length, 300)), StandardCharsets.ISO_8859_1);
        var declared = DECLARED.matcher(start);
        return declared.find() ? named(declared.group(1)) : StandardCharsets.UTF_8;
    }

    private static Charset named(String name) throws CharacterCodingException {
        try {
            var charset = Charset.forName(name);
            // its declaration could be read byte by byte, so it cannot be one of two bytes
            return charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new CharacterCodingException();
        }
    }
}
