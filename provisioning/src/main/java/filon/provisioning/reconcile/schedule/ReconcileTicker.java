package filon.provisioning.reconcile.schedule;

import filon.contracts.value.LeaseId;
import filon.provisioning.leader.DeposedException;
import filon.provisioning.leader.Leadership;
import filon.provisioning.leader.Term;
import filon.provisioning.reconcile.Reconciler;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Reconciles while it leads, a transaction per lease; one that fails is tried again and stops no other. */
@ApplicationScoped
class ReconcileTicker {
    private static final Logger LOG = Logger.getLogger(ReconcileTicker.class);
    private final Leadership leadership;
    private final Reconciler reconciler;

    ReconcileTicker(Leadership leadership, Reconciler reconciler) {
        this.leadership = leadership;
        this.reconciler = reconciler;
    }

    @Scheduled(every = "${filon.provisioning.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        leadership.lead(Reconciler.CHORE).ifPresent(this::reconcile);
    }

    void stop(@Observes ShutdownEvent event) {
        leadership.resign();
    }

    private void reconcile(Term term) {
        for (LeaseId lease : reconciler.doubtful()) {
            try {
                reconciler.repair(term, lease);
            } catch (DeposedException e) {
                LOG.info(e.getMessage());
                return;
            } catch (RuntimeException e) {
                LOG.errorf(e, "lease %s cannot be reconciled now", lease);
            }
        }
    }
}
