package filon.provisioning.identity;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import filon.provisioning.authority.AgentCertificates;
import filon.provisioning.authority.AgentCertificates.Issued;
import filon.provisioning.authority.AgentCertificates.Proven;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases of identities. A change of what a host may do is told to the brokers afterwards, until they know. */
@ApplicationScoped
@Transactional
public class Identities {
    private final IdentityStore store;
    private final AgentCertificates certificates;
    private final Clock clock;

    Identities(IdentityStore store, AgentCertificates certificates, Clock clock) {
        this.store = store;
        this.certificates = certificates;
        this.clock = clock;
    }

    public Optional<HostIdentity> find(HostId host) {
        return store.find(host);
    }

    public Map<HostId, HostIdentity> all() {
        return store.all();
    }

    /** With everybody else who changes it shut out until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<HostIdentity> lock(HostId host) {
        return store.lock(host);
    }

    /** Lets a host in, or in again: what an earlier enrolment had is revoked. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Issued enrol(HostId host, int enrolment, Proven request, Serials serials) {
        store.revokeCertificates(host, enrolment - 1, "enrolled again", clock.instant());
        store.put(host, enrolment, request.fingerprint(), serials);
        return issue(host, enrolment, request);
    }

    /** The next certificate of the same enrolment, perhaps for another key. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Issued renew(HostIdentity identity, Proven request) {
        store.keyChanged(identity.host(), request.fingerprint());
        return issue(identity.host(), identity.enrolment(), request);
    }

    private Issued issue(HostId host, int enrolment, Proven request) {
        Issued issued = certificates.issue(host, enrolment, request);
        store.add(host, enrolment, request.fingerprint(), issued);
        return issued;
    }

    public Optional<KnownCertificate> certificate(String serial) {
        return store.certificate(serial);
    }

    /** What was issued for a key, as long as it is in force. */
    public Optional<KnownCertificate> certificate(HostId host, int enrolment, Fingerprint key) {
        return store.find(host)
                .filter(identity -> identity.objectionTo(enrolment).isEmpty())
                .flatMap(identity -> store.certificate(host, enrolment, key));
    }

    /**
     * Whether the host's own key signed this (SHA256withECDSA). Of a host that enrolled before keys were kept, and has not renewed since,
     * nobody can tell: it is believed.
     */
    public boolean hasSigned(HostId host, byte[] content, byte[] signature) {
        HostIdentity identity = store.find(host).orElseThrow();
        if (identity.fingerprint() == null) {
            return true;
        }
        return store.certificate(host, identity.enrolment(), identity.fingerprint())
                .flatMap(certificate -> certificates.shown(certificate.pem()))
                .filter(shown -> shown.hasSigned(content, signature))
                .isPresent();
    }

    /** When the newest certificate that is in force ends. */
    public Optional<Instant> lastEnd(HostIdentity identity) {
        return store.lastEnd(identity.host(), identity.enrolment());
    }

    /** The same of every host. */
    public Map<HostId, Instant> lastEnds() {
        return store.lastEnds();
    }

    /** It is the machine that was meant. */
    public void confirm(HostId host) {
        store.confirm(host, clock.instant());
    }

    /** Somebody else may have its keys: nothing but another enrolment makes it trusted again. */
    public void doubt(HostId host) {
        store.doubt(host);
    }

    /** Every certificate of the host is worth nothing from now on. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void revoke(HostIdentity identity, String because) {
        Instant now = clock.instant();
        store.revokeCertificates(identity.host(), identity.enrolment(), because, now);
        store.revoke(identity.host(), now);
    }

    /** @throws ProblemException if the host has to enrol again before it may be used */
    public void requireTrusted(HostId host) {
        HostIdentity identity = store.find(host)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no host " + host)));
        if (identity.isRevoked() || !identity.isConfirmed()) {
            String why = identity.isRevoked() ? "is revoked" : "is not confirmed";
            throw new ProblemException(Problem.of(
                    ProblemCode.CONFLICT,
                    "the identity of host " + host + " " + why + ": let it enrol again with a new token"));
        }
    }

    /** Hosts whose brokers do not know yet what the host may do now. */
    public List<HostId> withUntoldAccess() {
        return store.withUntoldAccess();
    }

    /** @return false if the access has changed meanwhile and has to be told again */
    public boolean accessTold(HostIdentity identity) {
        return store.accessTold(identity.host(), identity.accessVersion());
    }
}
