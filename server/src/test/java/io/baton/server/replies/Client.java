package io.baton.server.replies;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** How a mail client sends a reply to our mail: where the reply stands, how the quote is marked, and in which MIME it comes. */
enum Client {
    GMAIL {
        @Override
        byte[] send(Correspondent by, String body) {
            var plain = body + "\n\n" + by.language().gmail + "\n\n" + quoted(by.language().ours);
            var html = "<div dir=\"ltr\">" + html(body, "<div>", "</div>")
                    + "</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">"
                    + escape(by.language().gmail.replace("\n", " ")) + "<br></div><blockquote class=\"gmail_quote\">"
                    + html(by.language().ours, "<p>", "</p>") + "</blockquote></div>";
            return alternative(by, quotedPrintable(plain), quotedPrintable(html));
        }
    },
    OUTLOOK_HTML {
        @Override
        byte[] send(Correspondent by, String body) {
            var html =
                    "<html xmlns:o=\"x\"><head><style>p.MsoNormal{margin:0}</style></head><body lang=DE><div class=WordSection1>"
                            + html(body, "<p class=MsoNormal>", "<o:p></o:p></p>")
                            + "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
                            + "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
                            + html(by.language().headers, "<p class=MsoNormal><b>", "</b></p>") + "</div>"
                            + html(by.language().ours, "<p class=MsoNormal>", "</p>") + "</div></body></html>";
            return single(by, "text/html; charset=\"Windows-1252\"", "8bit", html.getBytes(WINDOWS));
        }
    },
    OUTLOOK_PLAIN {
        @Override
        byte[] send(Correspondent by, String body) {
            var text = body + "\n\n________________________________\n" + by.language().headers + "\n\n"
                    + by.language().ours;
            return single(
                    by,
                    "text/plain; charset=\"iso-8859-1\"",
                    "quoted-printable",
                    quotedPrintable(text, WINDOWS).getBytes(StandardCharsets.US_ASCII));
        }
    },
    OUTLOOK_ORIGINAL {
        @Override
        byte[] send(Correspondent by, String body) {
            var text = body + "\n\n-----" + by.language().original + "-----\n" + by.language().headers + "\n\n"
                    + by.language().ours;
            return single(by, "text/plain; charset=UTF-8", "base64", base64(text));
        }
    },
    APPLE_MAIL {
        @Override
        byte[] send(Correspondent by, String body) {
            var text =
                    body + "\n\n> " + by.language().apple.replace("\n", "\n> ") + "\n> \n" + quoted(by.language().ours);
            return single(
                    by,
                    "text/plain; charset=utf-8; format=flowed; delsp=yes",
                    "8bit",
                    text.getBytes(StandardCharsets.UTF_8));
        }
    },
    IPHONE {
        @Override
        byte[] send(Correspondent by, String body) {
            var plain = body + "\n\n" + by.language().phone + "\n\n" + by.language().apple + "\n\n"
                    + quoted(by.language().ours);
            var html = "<html><body dir=\"auto\">" + html(body, "<div>", "</div>")
                    + "<br id=\"lineBreakAtBeginningOfSignature\"><div dir=\"ltr\">"
                    + by.language().phone + "</div><div dir=\"ltr\"><br><blockquote type=\"cite\">"
                    + escape(by.language().apple)
                    + "<br><br></blockquote></div><blockquote type=\"cite\">"
                    + html(by.language().ours, "<div>", "</div>") + "</blockquote></body></html>";
            return alternative(by, quotedPrintable(plain), quotedPrintable(html));
        }
    },
    THUNDERBIRD_BELOW {
        @Override
        byte[] send(Correspondent by, String body) {
            var text = by.language().thunderbird + "\n" + quoted(by.language().ours) + "\n\n" + body;
            return single(
                    by, "text/plain; charset=UTF-8; format=flowed", "8bit", text.getBytes(StandardCharsets.UTF_8));
        }
    },
    THUNDERBIRD_BETWEEN {
        @Override
        byte[] send(Correspondent by, String body) {
            var ours = by.language().ours.split("\n\n", 2);
            var text = by.language().thunderbird + "\n" + quoted(ours[0]) + "\n\n" + body + "\n\n" + quoted(ours[1]);
            return single(by, "text/plain; charset=ISO-8859-15", "8bit", text.getBytes(Charset.forName("ISO-8859-15")));
        }
    },
    SAMSUNG {
        @Override
        byte[] send(Correspondent by, String body) {
            var text = body + "\n\n\n-------- " + by.language().original + " --------\n" + by.language().headers
                    + "\n\n" + by.language().ours;
            return single(by, "text/plain; charset=utf-8", "base64", base64(text));
        }
    },
    YAHOO_HTML {
        @Override
        byte[] send(Correspondent by, String body) {
            var html = "<div class=\"yahoo-style-wrap\">" + html(body, "<div dir=\"ltr\">", "</div>")
                    + "</div><div id=\"ydp1\" class=\"yahoo_quoted\"><div>"
                    + escape(by.language().gmail.replace("\n", " ")) + "</div><div><br></div><div>"
                    + html(by.language().ours, "<p>", "</p>") + "</div></div>";
            return single(by, "text/html; charset=utf-8", "base64", base64(html));
        }
    },
    /** A company's server appends its notice below everything. */
    GMAIL_WITH_NOTICE {
        @Override
        byte[] send(Correspondent by, String body) {
            var plain = body + "\n\n" + by.language().gmail + "\n\n" + quoted(by.language().ours) + "\n\n"
                    + by.language().notice;
            return single(
                    by,
                    "text/plain; charset=utf-8",
                    "quoted-printable",
                    quotedPrintable(plain).getBytes(StandardCharsets.US_ASCII));
        }
    },
    /** Signed, with a logo and a file, nested four deep. */
    SIGNED_WITH_FILE {
        @Override
        byte[] send(Correspondent by, String body) {
            var html = html(body, "<p>", "</p>") + "<img src=\"cid:logo\" alt=\"approved\"><hr><p><b>"
                    + by.language().headers.replace("\n", "</b><br><b>") + "</b></p>"
                    + html(by.language().ours, "<p>", "</p>");
            var alternative = part(
                    "multipart/alternative; boundary=a3",
                    null,
                    "--a3\r\n" + part("text/plain; charset=utf-8", null, "  ") + "\r\n--a3\r\n"
                            + part("text/html; charset=utf-8", "quoted-printable", quotedPrintable(html))
                            + "\r\n--a3--");
            var related = part(
                    "multipart/related; boundary=a2",
                    null,
                    "--a2\r\n" + alternative + "\r\n--a2\r\nContent-Type: image/png; name=logo.png\r\n"
                            + "Content-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--a2--");
            var mixed = part(
                    "multipart/mixed; boundary=a1",
                    null,
                    "--a1\r\n" + related + "\r\n--a1\r\nContent-Type: application/pdf\r\n"
                            + "Content-Disposition: attachment; filename*=UTF-8''Rechnung%20%C3%84.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--a1--");
            return message(
                    by,
                    "multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=a0",
                    null,
                    "--a0\r\n" + mixed
                            + "\r\n--a0\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--a0--\r\n");
        }
    },
    /** Says a charset that nobody knows. */
    OLD_PROGRAM {
        @Override
        byte[] send(Correspondent by, String body) {
            var text = body + "\n\n" + by.language().thunderbird + "\n" + quoted(by.language().ours);
            return single(by, "text/plain; charset=x-unknown-8bit", "8bit", text.getBytes(WINDOWS));
        }
    };

    private static final List<Client> ALL = List.of(values());
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    abstract byte[] send(Correspondent by, String body);

    private static String quoted(String text) {
        return text.lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
    }

    private static String html(String text, String open, String close) {
        return text.lines()
                .map(line -> open + (line.isBlank() ? "&nbsp;" : escape(line)) + close)
                .collect(Collectors.joining("\n"));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String quotedPrintable(String text) {
        return quotedPrintable(text, StandardCharsets.UTF_8);
    }

    private static String quotedPrintable(String text, Charset charset) {
        var out = new StringBuilder();
        int column = 0;
        for (byte b : text.replace("\n", "\r\n").getBytes(charset)) {
            var encoded = b == '\r' || b == '\n' || (b >= 32 && b < 127 && b != '=')
                    ? String.valueOf((char) b)
                    : "=%02X".formatted(b & 0xff);
            if (column + encoded.length() > 75 && b != '\r' && b != '\n') {
                out.append("=\r\n");
                column = 0;
            }
            out.append(encoded);
            column = b == '\n' ? 0 : column + encoded.length();
        }
        return out.toString();
    }

    private static byte[] base64(String text) {
        return Base64.getMimeEncoder().encode(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String type, @org.jspecify.annotations.Nullable String encoding, String body) {
        return "Content-Type: " + type + "\r\n"
                + (encoding == null ? "" : "Content-Transfer-Encoding: " + encoding + "\r\n") + "\r\n" + body;
    }

    private static byte[] alternative(Correspondent by, String plain, String html) {
        return message(
                by,
                "multipart/alternative; boundary=\"b1\"",
                null,
                "--b1\r\n" + part("text/plain; charset=\"UTF-8\"", "quoted-printable", plain) + "\r\n--b1\r\n"
                        + part("text/html; charset=\"UTF-8\"", "quoted-printable", html) + "\r\n--b1--\r\n");
    }

    private static byte[] single(Correspondent by, String type, String encoding, byte[] body) {
        var head = message(by, type, encoding, "");
        var all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static byte[] message(
            Correspondent by, String type, @org.jspecify.annotations.Nullable String encoding, String body) {
        return (by.headers() + part(type, encoding, body)).getBytes(StandardCharsets.UTF_8);
    }

    static Client any(java.util.Random random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    /** Three of them for the n-th body, so that each has its turn. */
    static List<Client> forBody(int n) {
        var clients = new ArrayList<Client>();
        for (int i = 0; i < 3; i++) {
            clients.add(ALL.get((n + i * 5) % ALL.size()));
        }
        return clients;
    }
}
