package io.baton.server.room;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The keys of this installation: one that signs receipts, one with a certificate that seals documents. Made when they are
 * first needed and kept in a folder that only Baton's user may read; nodes of one installation share it.
 */
public final class Keys {

    private static final Duration CERTIFICATE_VALID = Duration.ofDays(20 * 365);
    private static final int LINE_CHARACTERS = 64;

    private final Path folder;

    public Keys(Path folder) {
        this.folder = folder;
    }

    /** {@code BATON_KEYS}, else a folder beside the data. */
    public static Keys of(Map<String, String> environment) {
        var data = environment.getOrDefault("BATON_DATA", "data");
        return new Keys(Path.of(environment.getOrDefault("BATON_KEYS", data + "-keys")));
    }

    /** With what documents are sealed. */
    record Seal(PrivateKey key, X509Certificate certificate) {}

    /** Ed25519. */
    KeyPair receipts() {
        return pair("receipts", "Ed25519");
    }

    /** The public half, for who checks receipts. */
    public String receiptsPem() {
        return pem("PUBLIC KEY", receipts().getPublic().getEncoded());
    }

    Seal seal() {
        try {
            var pair = pair("seal", "EC");
            var file = folder.resolve("seal.crt");
            if (!Files.exists(file)) {
                write("seal.crt", pem("CERTIFICATE", certificate(pair).getEncoded()), "rw-r--r--");
            }
            try (var bytes = Files.newInputStream(file)) {
                return new Seal(pair.getPrivate(), (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(bytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(KeyPair pair)
            throws GeneralSecurityException, OperatorCreationException {
        var now = Instant.now();
        var name = new X500Name("CN=Baton seal");
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now),
                Date.from(now.plus(CERTIFICATE_VALID)),
                name,
                pair.getPublic());
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    private KeyPair pair(String name, String algorithm) {
        try {
            var secret = folder.resolve(name + ".key");
            if (!Files.exists(secret)) {
                make(name, algorithm);
            }
            var factory = KeyFactory.getInstance(algorithm);
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(read(folder.resolve(name + ".pub")))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(read(secret))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keys in " + folder + " cannot be read", e);
        }
    }

    /** The public half first: whoever finds the secret one finds both. */
    private void make(String name, String algorithm) throws IOException, GeneralSecurityException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        var pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        var secret = folder.resolve(name + ".key.new");
        Files.deleteIfExists(secret);
        write(name + ".key.new", pem("PRIVATE KEY", pair.getPrivate().getEncoded()), "rw-------");
        write(name + ".pub", pem("PUBLIC KEY", pair.getPublic().getEncoded()), "rw-r--r--");
        Files.move(secret, folder.resolve(name + ".key"));
    }

    private void write(String name, String text, String permissions) throws IOException {
        var file = folder.resolve(name);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        } catch (FileAlreadyExistsException e) {
            if (permissions.equals("rw-------")) {
                throw e;
            }
        }
        Files.writeString(file, text);
    }

    static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }

    private static byte[] read(Path file) throws IOException {
        return unPem(Files.readString(file));
    }

    private static byte[] unPem(String pem) {
        return Base64.getMimeDecoder()
                .decode(pem.replaceAll("-----[A-Z ]+-----", "").getBytes(StandardCharsets.US_ASCII));
    }

    /** An Ed25519 public key as a PEM file has it. */
    public static PublicKey publicKey(String pem) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(unPem(pem)));
    }
}
