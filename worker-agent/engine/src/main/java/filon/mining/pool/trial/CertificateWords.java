package filon.mining.pool.trial;

import filon.contracts.value.PoolAddress;

/** What is wrong with a certificate, for people. */
final class CertificateWords {
    private CertificateWords() {}

    static String of(Fault fault, PoolReport.Certificate certificate, PoolAddress pool) {
        return switch (fault) {
            case CERTIFICATE_EXPIRED -> "the pool's certificate expired at " + certificate.validUntil();
            case CERTIFICATE_NOT_YET_VALID ->
                "the pool's certificate is not valid before " + certificate.validFrom()
                        + "; is this machine's clock right?";
            case CERTIFICATE_OF_ANOTHER_NAME ->
                "the pool's certificate is not for " + pool.bareHost() + " but for "
                        + (certificate.hosts().isEmpty() ? "no host" : String.join(", ", certificate.hosts()));
            case CERTIFICATE_SELF_SIGNED -> "the pool signed its certificate itself; nobody vouches for it";
            case NAME_UNKNOWN,
                    NAME_TOO_SLOW,
                    ADDRESS_FORBIDDEN,
                    CONNECTION_REFUSED,
                    CONNECTION_TIMED_OUT,
                    CONNECTION_FAILED,
                    TLS_MISSING,
                    TLS_WANTED,
                    TLS_FAILED,
                    CERTIFICATE_OF_UNKNOWN_AUTHORITY,
                    CERTIFICATE_NOT_PINNED,
                    SPEAKS_HTTP,
                    SPEAKS_SOMETHING_ELSE,
                    SILENT,
                    HANGS_UP,
                    SUBSCRIPTION_REFUSED,
                    USER_REFUSED,
                    SENDS_ELSEWHERE,
                    JOB_MALFORMED,
                    NO_JOB,
                    DIFFICULTY_ABSURD ->
                "no authority that this system knows vouches for the pool's certificate; it is signed by "
                        + certificate.issuer();
        };
    }
}
