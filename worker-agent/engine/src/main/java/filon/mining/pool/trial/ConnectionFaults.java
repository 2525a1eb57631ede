package filon.mining.pool.trial;

import filon.contracts.value.PoolAddress;
import filon.mining.pool.PoolTrust;
import filon.mining.pool.WireStep;
import filon.mining.pool.trial.PoolReport.Finding;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Why no wire came about, though the name has addresses that are allowed. Pure, but for the date. */
final class ConnectionFaults {
    private final Connection.Record record;
    private final PoolAddress pool;

    ConnectionFaults(Connection.Record record) {
        this.record = record;
        this.pool = record.order().address();
    }

    /** Each fault once, whatever number of addresses has it. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        List<WireStep.Failed> failed = record.steps(WireStep.Failed.class);
        for (WireStep.Failed each : failed) {
            findings.addAll(isConnected(each.address()) ? ofHandshake(each.reason()) : List.of(ofConnection(each)));
        }
        if (findings.isEmpty()) {
            findings.add(outOfTime());
        }
        return findings.stream()
                .collect(Collectors.toMap(Finding::fault, each -> each, (first, _) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private boolean isConnected(InetAddress address) {
        return record.steps(WireStep.Connected.class).stream()
                .anyMatch(each -> each.address().equals(address));
    }

    /** The trial's time was up before the wire gave up. */
    private Finding outOfTime() {
        return record.steps(WireStep.Connected.class).isEmpty()
                ? timedOut("no address of " + pool.host() + " answered in time")
                : noTls("it takes the connection and does not answer the handshake");
    }

    private Finding ofConnection(WireStep.Failed failed) {
        String at = failed.address().getHostAddress() + " port " + pool.port();
        String reason = String.valueOf(failed.reason().getMessage());
        if (failed.reason() instanceof SocketTimeoutException) {
            return timedOut(at + " does not answer");
        }
        if (failed.reason() instanceof ConnectException
                && reason.toLowerCase(Locale.ROOT).contains("refused")) {
            return new Finding(
                    Fault.CONNECTION_REFUSED,
                    at + " refuses the connection: nothing listens there",
                    "check the port, and whether the pool is up");
        }
        return new Finding(
                Fault.CONNECTION_FAILED, at + " cannot be reached: " + reason, "check this machine's network");
    }

    private static Finding timedOut(String what) {
        return new Finding(Fault.CONNECTION_TIMED_OUT, what, "check host and port, and the firewalls on the way");
    }

    private List<Finding> ofHandshake(IOException reason) {
        if (isCausedBy(CertificateException.class, reason)) {
            return certificate(reason);
        }
        boolean isSilence = isCausedBy(SocketTimeoutException.class, reason);
        boolean isHangUp = isCausedBy(EOFException.class, reason) || isCausedBy(SocketException.class, reason);
        if (isSilence || isHangUp) {
            return List.of(noTls(isSilence ? "it does not answer the handshake" : "it hangs up on the handshake"));
        }
        boolean isNoRecord = reason.getCause() != null && reason.getCause().getClass() == SSLException.class;
        return List.of(
                isNoRecord
                        ? noTls("it answers in clear")
                        : new Finding(Fault.TLS_FAILED, String.valueOf(reason.getMessage()), ""));
    }

    private static boolean isCausedBy(Class<? extends Throwable> type, Throwable thrown) {
        return type.isInstance(thrown) || thrown.getCause() != null && isCausedBy(type, thrown.getCause());
    }

    private Finding noTls(String why) {
        return new Finding(
                Fault.TLS_MISSING,
                "the pool speaks no TLS at this port: " + why,
                "look up the pool's port for TLS; " + Schemes.other(pool)
                        + " speaks in clear, which can be read and changed on the way");
    }

    private List<Finding> certificate(IOException reason) {
        Optional<CertificateReading> reading = record.steps(WireStep.Shown.class).stream()
                .map(shown -> CertificateReading.of(shown.chain().getFirst(), pool.bareHost(), record.at()))
                .reduce((_, last) -> last);
        if (reading.isEmpty()) {
            return List.of(new Finding(Fault.TLS_FAILED, String.valueOf(reason.getMessage()), ""));
        }
        PoolReport.Certificate certificate = reading.get().certificate();
        if (record.order().trust() instanceof PoolTrust.Pinned pinned) {
            return List.of(new Finding(
                    Fault.CERTIFICATE_NOT_PINNED,
                    "the pool's certificate is another than pinned: its SHA-256 is " + certificate.sha256() + ", not "
                            + String.join(" or ", pinned.sha256s()),
                    "if the pool says that it has a new certificate: --tls-pin " + certificate.sha256()));
        }
        List<Fault> faults = reading.get().faults().isEmpty()
                ? List.of(Fault.CERTIFICATE_OF_UNKNOWN_AUTHORITY)
                : reading.get().faults();
        return faults.stream()
                .map(fault -> new Finding(fault, CertificateWords.of(fault, certificate, pool), advice(certificate)))
                .toList();
    }

    private static String advice(PoolReport.Certificate certificate) {
        return "if this is the pool's certificate all the same: --tls-pin " + certificate.sha256()
                + " (--tls-insecure accepts any)";
    }
}
