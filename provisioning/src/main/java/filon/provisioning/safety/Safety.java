package filon.provisioning.safety;

import filon.contracts.value.HostId;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.Host;
import filon.provisioning.host.Hosts;
import filon.provisioning.host.Liveness;
import filon.provisioning.incident.IncidentKind;
import filon.provisioning.incident.Incidents;
import filon.provisioning.safety.SafetyStore.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The use cases of safety: whether anything may be done to hosts without a person, and to how many. */
@ApplicationScoped
@Transactional
public class Safety {
    private static final Logger LOG = Logger.getLogger(Safety.class);
    private final SafetyStore store;
    private final Hosts hosts;
    private final Incidents incidents;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final BlastRadius radius;

    Safety(
            SafetyStore store,
            Hosts hosts,
            Incidents incidents,
            Clock clock,
            MeterRegistry metrics,
            @ConfigProperty(name = "filon.automation.share-percent", defaultValue = "20") int sharePercent) {
        this.store = store;
        this.hosts = hosts;
        this.incidents = incidents;
        this.clock = clock;
        this.metrics = metrics;
        this.radius = new BlastRadius(sharePercent);
    }

    /**
     * How the fleet's safety stands.
     *
     * @param brake why nothing is done to silent hosts, empty while the brake is not engaged
     */
    public record View(Optional<Standing> brake, List<AutomationView> automations) {}

    /**
     * @param pause why it waits for a person, empty while it runs
     * @param hosts how many hosts it has acted on within {@code window}
     * @param hostsMax how many it may
     */
    public record AutomationView(String name, Optional<Standing> pause, int hosts, int hostsMax) {}

    public View view() {
        return new View(
                store.brake(),
                Arrays.stream(Automation.values()).map(this::view).toList());
    }

    private AutomationView view(Automation automation) {
        List<HostId> actedOn = store.actedOn(automation, windowBegin());
        return new AutomationView(
                automation.label(), store.pause(automation), actedOn.size(), radius.hostsMax(fleet(actedOn)));
    }

    /** Looks at the whole fleet, and engages the brake or lets it go. */
    public void look() {
        Instant now = clock.instant();
        Map<HostId, Liveness> liveness = hosts.livenessOfAll();
        List<Host> expected = hosts.all().stream()
                .filter(host -> host.state().isExpectedToReport() && liveness.containsKey(host.id()))
                .toList();
        long silent = expected.stream()
                .filter(host -> liveness.get(host.id()).connectivityAt(now) == Connectivity.OFFLINE)
                .count();
        Optional<Standing> before = store.brake();
        Brake brake = Brake.of(expected.size(), Math.toIntExact(silent), before.isPresent());
        if (brake.engaged()) {
            store.engage(now, brake.reason());
        } else if (before.isPresent()) {
            store.letGo();
        }
        tellChange(before.isPresent(), brake);
    }

    /** Whether silence is held against hosts just now. */
    public boolean isBraked() {
        return store.brake().isPresent();
    }

    /**
     * Asks for permission to act on a host, in the transaction that acts. One act too many pauses the automation until a person
     * releases it.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean mayActOn(Automation automation, HostId host) {
        store.lock(automation);
        if (store.pause(automation).isPresent()) {
            return false;
        }
        List<HostId> actedOn = store.actedOn(automation, windowBegin());
        int withThis = actedOn.contains(host) ? actedOn.size() : actedOn.size() + 1;
        Optional<String> objection = radius.objection(fleet(actedOn), withThis);
        objection.ifPresentOrElse(
                why -> pause(automation, why), () -> store.noteAct(automation, host, clock.instant()));
        return objection.isEmpty();
    }

    /** A person lets the automation go on; its count begins anew. */
    public void release(Automation automation, String why) {
        store.lock(automation);
        store.release(automation);
        LOG.infof("automation %s released: %s", automation.label(), why);
    }

    private void pause(Automation automation, String why) {
        store.pause(automation, clock.instant(), why);
        metrics.counter("filon.automation.pauses", "automation", automation.label())
                .increment();
        LOG.errorf("ALARM: automation %s is paused: %s", automation.label(), why);
        incidents.raise(automation.paused(), "automation " + automation.label() + " is paused: " + why);
    }

    private void tellChange(boolean engagedBefore, Brake brake) {
        if (brake.engaged() && !engagedBefore) {
            metrics.counter("filon.fleet.brakes").increment();
            LOG.errorf("ALARM: the brake is engaged: %s", brake.reason());
            incidents.raise(IncidentKind.BRAKE_ENGAGED, "the brake is engaged: " + brake.reason());
        } else if (!brake.engaged() && engagedBefore) {
            LOG.infof("the brake is let go: %s", brake.reason());
        }
    }

    /** The hosts in operation, and those that the automation has just taken out of it. */
    private int fleet(List<HostId> actedOn) {
        return Math.toIntExact(hosts.all().stream()
                .filter(host -> host.state().isExpectedToReport() || actedOn.contains(host.id()))
                .count());
    }

    private Instant windowBegin() {
        return clock.instant().minus(BlastRadius.WINDOW);
    }
}
