package filon.provisioning.host;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.inventory.GpuMoves;
import filon.provisioning.inventory.GpuReason;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.standing.Actor;
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
     * Lets something happen to a GPU because of {@code actor}; an event that its state does not know changes nothing.
     *
     * @return the host that has the GPU
     * @throws ProblemException if there is no such GPU, or its state does not know the event
     */
    public HostId decide(GpuId gpu, GpuEvent event, Actor actor) {
        HostId host = inventory
                .hostOf(gpu)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no GPU " + gpu)));
        if (apply(host, gpu, event, actor) instanceof GpuMoves.Refused(ProblemCode code, String why)) {
            throw new ProblemException(Problem.of(code, why));
        }
        return host;
    }

    /** Lets an automation's event happen to a GPU of the host; one that its state does not know changes nothing. */
    public void apply(HostId host, GpuId gpu, GpuEvent event) {
        apply(host, gpu, event, GpuReason.of(event).usualActor());
    }

    private GpuMoves.Answer apply(HostId host, GpuId gpu, GpuEvent event, Actor actor) {
        // the host's lock comes before those of its GPUs
        hosts.lock(host);
        GpuMoves.Answer answer = inventory.apply(gpu, event, actor);
        if (answer instanceof GpuMoves.Moved(var next, String reason)) {
            hosts.note(host, "Gpu", gpu + " is " + next.label() + ": " + reason);
            hosts.touch(host);
        }
        return answer;
    }
}
