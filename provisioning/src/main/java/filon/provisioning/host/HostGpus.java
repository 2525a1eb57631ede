package filon.provisioning.host;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.inventory.GpuMoves;
import filon.provisioning.inventory.Inventory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** What is decided on a single GPU of a host; a lease that has it keeps it until it ends. */
@ApplicationScoped
@Transactional
public class HostGpus {
    private final Hosts hosts;
    private final Inventory inventory;

    HostGpus(Hosts hosts, Inventory inventory) {
        this.hosts = hosts;
        this.inventory = inventory;
    }

    /**
     * Lets something happen to a GPU; an event that its state does not know changes nothing.
     *
     * @return the host that has the GPU
     * @throws ProblemException if there is no such GPU, or its state does not know the event
     */
    public HostId decide(GpuId gpu, GpuEvent event) {
        HostId host = inventory
                .hostOf(gpu)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no GPU " + gpu)));
        // the host's lock comes before those of its GPUs
        hosts.touch(host);
        switch (inventory.apply(gpu, event)) {
            case GpuMoves.Moved(var next, String reason) ->
                hosts.note(host, "Gpu", gpu + " is " + next.label() + ": " + reason);
            case GpuMoves.Refused(ProblemCode code, String why) -> throw new ProblemException(Problem.of(code, why));
        }
        return host;
    }
}
