package filon.provisioning.enrolment;

import filon.contracts.value.HostId;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.identity.Identities;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Tells the brokers what each host may do, until they know; runs outside of transactions, because brokers may be slow.
 *
 * <p>What changes while it is told is told again: the newest identity wins, a revocation above all.
 */
@ApplicationScoped
public class HostTopicsReconciliation {
    private static final Logger LOG = Logger.getLogger(HostTopicsReconciliation.class);
    private final Identities identities;
    private final Confirmations confirmations;
    private final HostTopics topics;

    HostTopicsReconciliation(Identities identities, Confirmations confirmations, HostTopics topics) {
        this.identities = identities;
        this.confirmations = confirmations;
        this.topics = topics;
    }

    public void reconcile() {
        identities.withUntoldAccess().forEach(this::reconcile);
    }

    /** @return whether the brokers know now what the host may do */
    public boolean reconcile(HostId host) {
        try {
            HostIdentity identity = identities.find(host).orElseThrow();
            tell(identity);
            if (!identities.accessTold(identity)) {
                return false;
            }
            if (!identity.isRevoked()) {
                confirmations.accessReady(host);
            }
            return true;
        } catch (IllegalStateException e) {
            LOG.warnf("the access of host %s has to wait: %s", host, e.getMessage());
            return false;
        }
    }

    private void tell(HostIdentity identity) {
        if (identity.isRevoked()) {
            topics.withdraw(identity.host(), identity.enrolment());
            return;
        }
        topics.withdraw(identity.host(), identity.enrolment() - 1);
        topics.make(identity.host(), identity.enrolment());
    }
}
