package filon.provisioning.host.schedule;

import filon.contracts.value.HostId;
import filon.provisioning.host.Hosts;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Notices silence, a transaction per host; one that fails is tried again and stops no other. */
@ApplicationScoped
class HostTicker {
    private static final Logger LOG = Logger.getLogger(HostTicker.class);
    private final Hosts hosts;

    HostTicker(Hosts hosts) {
        this.hosts = hosts;
    }

    @Scheduled(every = "${filon.provisioning.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        hosts.fallenSilent().forEach(host -> attempt(host, hosts::tellSilence));
    }

    private static void attempt(HostId host, Consumer<HostId> action) {
        try {
            action.accept(host);
        } catch (RuntimeException e) {
            LOG.errorf(e, "host %s cannot be looked after now", host);
        }
    }
}
