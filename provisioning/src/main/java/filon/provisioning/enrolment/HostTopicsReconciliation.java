package filon.provisioning.enrolment;

import filon.contracts.value.HostId;
import filon.provisioning.host.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Makes the topics of every host that is not known to have them; runs outside of transactions, because brokers may be slow. */
@ApplicationScoped
public class HostTopicsReconciliation {
    private static final Logger LOG = Logger.getLogger(HostTopicsReconciliation.class);
    private final Hosts hosts;
    private final HostTopics topics;

    HostTopicsReconciliation(Hosts hosts, HostTopics topics) {
        this.hosts = hosts;
        this.topics = topics;
    }

    public void reconcile() {
        hosts.withoutTopics().forEach(this::reconcile);
    }

    /** @return whether the host's topics are there now */
    public boolean reconcile(HostId host) {
        try {
            topics.make(host);
            hosts.topicsReady(host);
            return true;
        } catch (IllegalStateException e) {
            LOG.warnf("the topics of host %s have to wait: %s", host, e.getMessage());
            return false;
        }
    }
}
