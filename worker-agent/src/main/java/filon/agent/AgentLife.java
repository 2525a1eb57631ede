package filon.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import java.io.IOException;
import java.util.Optional;

/** Holds the agent of this process and ends it when the process is asked to end, which waits for that. */
@ApplicationScoped
public class AgentLife {
    private Optional<Agent> agent = Optional.empty();

    synchronized void begun(Agent begun) {
        agent = Optional.of(begun);
    }

    synchronized void end(@Observes Shutdown shutdown) throws IOException {
        if (agent.isPresent()) {
            agent.get().close();
        }
    }
}
