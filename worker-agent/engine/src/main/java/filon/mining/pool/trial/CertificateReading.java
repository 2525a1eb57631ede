package filon.mining.pool.trial;

import filon.mining.pool.PoolTrust;
import filon.mining.pool.PrintableText;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be told from a certificate alone; whether it is believed is the wire's to say. All its faults are found, not only the first.
 *
 * @param faults why it would not be believed, most telling first; none: look at who signed it
 */
record CertificateReading(PoolReport.Certificate certificate, List<Fault> faults) {
    private static final int HOSTS_SHOWN = 20;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    static CertificateReading of(X509Certificate certificate, String host, Instant now) {
        List<String> hosts = hosts(certificate);
        List<Fault> faults = new ArrayList<>();
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            faults.add(Fault.CERTIFICATE_EXPIRED);
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            faults.add(Fault.CERTIFICATE_NOT_YET_VALID);
        }
        if (hosts.stream().noneMatch(each -> covers(each, host))) {
            faults.add(Fault.CERTIFICATE_OF_ANOTHER_NAME);
        }
        if (isSelfSigned(certificate)) {
            faults.add(Fault.CERTIFICATE_SELF_SIGNED);
        }
        return new CertificateReading(
                new PoolReport.Certificate(
                        PrintableText.of(certificate.getSubjectX500Principal().getName()),
                        PrintableText.of(certificate.getIssuerX500Principal().getName()),
                        hosts.stream().limit(HOSTS_SHOWN).map(PrintableText::of).toList(),
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant(),
                        PoolTrust.fingerprint(certificate)),
                List.copyOf(faults));
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> hosts(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(each ->
                            each.getFirst().equals(DNS_NAME) || each.getFirst().equals(IP_ADDRESS))
                    .map(each -> String.valueOf(each.get(1)))
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** RFC 6125: a star stands for one whole label, the first. */
    private static boolean covers(String named, String host) {
        if (isNumeric(host)) {
            return InetAddress.ofLiteral(host).getHostAddress().equals(named);
        }
        String lower = named.toLowerCase(Locale.ROOT);
        int dot = host.indexOf('.');
        return lower.equals(host)
                || lower.startsWith("*.") && dot > 0 && lower.substring(1).equals(host.substring(dot));
    }

    private static boolean isNumeric(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }
}
