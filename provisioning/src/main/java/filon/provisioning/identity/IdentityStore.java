package filon.provisioning.identity;

import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import filon.provisioning.authority.AgentCertificates.Issued;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps identities and certificates. */
public interface IdentityStore {
    Optional<HostIdentity> find(HostId host);

    Map<HostId, HostIdentity> all();

    /** The identity, with everybody else who changes it shut out until the transaction ends. */
    Optional<HostIdentity> lock(HostId host);

    /** Puts the first enrolment, or the next one in the place of the one before; neither confirmed nor revoked. */
    void put(HostId host, int enrolment, Fingerprint key, Serials serials);

    void add(HostId host, int enrolment, Fingerprint key, Issued certificate);

    void keyChanged(HostId host, Fingerprint key);

    Optional<KnownCertificate> certificate(String serial);

    /** The newest certificate of a key that is not revoked. */
    Optional<KnownCertificate> certificate(HostId host, int enrolment, Fingerprint key);

    /** When the newest certificate of the enrolment ends. */
    Optional<Instant> lastEnd(HostId host, int enrolment);

    /** The same of every host, for the enrolment that is in force. */
    Map<HostId, Instant> lastEnds();

    void confirm(HostId host, Instant now);

    void doubt(HostId host);

    void revoke(HostId host, Instant now);

    /** Revokes the certificates of all enrolments up to this one that are not revoked. */
    void revokeCertificates(HostId host, int through, String because, Instant now);

    /** Hosts whose brokers do not know yet what the host may do now. */
    List<HostId> withUntoldAccess();

    /** @return false if the access has changed again, which then stays untold */
    boolean accessTold(HostId host, long version);
}
