package io.baton.server.channel.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the connection of whoever takes too long with one message. The timeouts of a socket are for each read: a server that
 * says a letter now and then would never run into one.
 */
final class Deadline extends SocketFactory {

    private volatile @Nullable Socket socket;
    private volatile boolean passed;

    /** Ends with the message. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    Watch watch(Duration time) {
        var done = new CountDownLatch(1);
        passed = false;
        Thread.ofVirtual().name("mail-deadline").start(() -> {
            try {
                if (!done.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                    passed = true;
                    cut();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return done::countDown;
    }

    boolean hasPassed() {
        return passed;
    }

    private void cut() {
        var open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is not used again.
            }
        }
    }

    @Override
    public Socket createSocket() {
        var created = new Socket();
        socket = created;
        return created;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw onlyUnconnected();
    }

    private static IOException onlyUnconnected() {
        return new IOException("the mail library opens sockets before it connects them");
    }
}
