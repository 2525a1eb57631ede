package filon.simulation.host;

import filon.agent.Agent;
import filon.agent.AgentConfiguration;
import filon.agent.HomeInUseException;
import filon.agent.SettingException;
import filon.agent.engine.EngineInstallation;
import filon.agent.enrolment.TokenRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One simulated host: a whole agent, in a home of its own, in a world that is made for it.
 *
 * <p>One thread starts and closes it; one other steps it.
 */
public final class SimulatedHost {
    private final HostPlan plan;
    private final Surroundings surroundings;
    private final HostWorld world;
    private volatile Optional<Agent> agent = Optional.empty();
    private long steppedNanos;

    public SimulatedHost(HostPlan plan, Surroundings surroundings) {
        this.plan = plan;
        this.surroundings = surroundings;
        this.world = new HostWorld(plan, surroundings);
        this.steppedNanos = surroundings.nanos().getAsLong();
    }

    public HostPlan plan() {
        return plan;
    }

    public boolean isRunning() {
        return agent.isPresent();
    }

    public int workloads() {
        return world.workloads();
    }

    /** Whether it can start without waiting: it is enrolled, or its token has come. */
    public boolean isReadyToStart() {
        return Files.exists(plan.home().resolve("identity/identity.json")) || Files.exists(plan.token());
    }

    /**
     * Enrols where needed, then lets the agent begin.
     *
     * @throws TokenRefusedException if its token is no good; another one may come
     */
    public void start() throws SettingException, TokenRefusedException, HomeInUseException, IOException {
        agent = Optional.of(Agent.start(configuration(), world));
    }

    private AgentConfiguration configuration() throws IOException {
        Optional<String> token = Files.exists(plan.token())
                ? Optional.of(Files.readString(plan.token()).strip())
                : Optional.empty();
        return new AgentConfiguration(
                plan.home(),
                Optional.of(surroundings.provisioning().url()),
                Optional.of(surroundings.provisioning().authority()),
                token,
                plan.name(),
                Optional.of(plan.name()),
                // no process of an engine is ever started here
                new EngineInstallation(EngineInstallation.currentJava(), List.of(Path.of("none"))),
                true,
                0,
                surroundings.rhythm().report(),
                false);
    }

    /** Lets the time since the last step pass over its devices and workloads. */
    public void step() {
        long now = surroundings.nanos().getAsLong();
        world.step(Duration.ofNanos(now - steppedNanos));
        steppedNanos = now;
    }

    /** Ends its workloads and its agent; it has to be stepped until this returns. */
    public void close() throws IOException {
        if (agent.isPresent()) {
            agent.get().close();
        }
    }
}
