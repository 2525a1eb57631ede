package filon.provisioning.enrolment.schedule;

import filon.provisioning.enrolment.HostTopicsReconciliation;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks after missing topics, at the start and every few seconds. */
@ApplicationScoped
class HostTopicsTicker {
    private final HostTopicsReconciliation reconciliation;

    HostTopicsTicker(HostTopicsReconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @Scheduled(every = "${filon.enrolment.topics-tick:5s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        reconciliation.reconcile();
    }
}
