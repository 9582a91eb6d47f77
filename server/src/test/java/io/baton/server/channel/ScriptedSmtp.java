package io.baton.server.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An SMTP server that answers as the test says, on a port of its own. It may go and come back. */
public final class ScriptedSmtp implements AutoCloseable {

    public record Received(String to, String messageId, String content) {}

    private static final String OK = "250 ok";

    private final int port;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Function<String, String> toRecipient = _ -> OK;
    private volatile Runnable afterAccepting = () -> {};
    private volatile Runnable beforeRecipient = () -> {};
    private volatile @Nullable ServerSocket socket;

    public ScriptedSmtp() {
        try (var free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "smtp://127.0.0.1:" + port + "?starttls=off";
    }

    public List<Received> received() {
        return received;
    }

    /** What RCPT is answered with, by address. */
    public void answers(Function<String, String> toRecipient) {
        this.toRecipient = toRecipient;
    }

    /** When a mail was taken, before Baton is told so. */
    public void afterAccepting(Runnable then) {
        this.afterAccepting = then;
    }

    /** Before RCPT is answered: a server may take its time. */
    public void beforeRecipient(Runnable first) {
        this.beforeRecipient = first;
    }

    public void start() {
        try {
            var opened = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            socket = opened;
            Thread.ofVirtual().start(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket open) {
        while (!open.isClosed()) {
            try {
                var client = open.accept();
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void talk(Socket client) {
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            say(client, "220 scripted");
            var to = "";
            String line;
            while ((line = in.readLine()) != null) {
                var upper = line.toUpperCase(java.util.Locale.ROOT);
                if (upper.startsWith("RCPT TO:")) {
                    to = line.replaceAll("^[^<]*<|>.*$", "");
                    beforeRecipient.run();
                    say(client, toRecipient.apply(to));
                } else if (upper.equals("DATA")) {
                    say(client, "354 go on");
                    received.add(read(in, to));
                    afterAccepting.run();
                    say(client, OK);
                } else if (upper.equals("QUIT")) {
                    say(client, "221 bye");
                    return;
                } else {
                    say(client, OK);
                }
            }
        } catch (IOException e) {
            // The other side has gone: so has this conversation.
        }
    }

    private static Received read(BufferedReader in, String to) throws IOException {
        var lines = new ArrayList<String>();
        String line;
        while ((line = in.readLine()) != null && !line.equals(".")) {
            lines.add(line);
        }
        var content = String.join("\r\n", lines);
        var id = lines.stream()
                .filter(each -> each.startsWith("Message-ID:"))
                .findFirst()
                .orElse("");
        return new Received(to, id.replaceAll("^Message-ID:\\s*", ""), content);
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    public void stop() {
        var open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
