package filon.provisioning.host;

import filon.contracts.message.LeaseNotice.GpuKnown;
import filon.contracts.message.LeaseNotice.HostKnown;
import filon.contracts.value.HostId;
import filon.contracts.value.Standing;
import filon.provisioning.host.HostState.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One enrolled machine.
 *
 * @param code why it is in its state; {@code reason} says it for people
 * @param version rises with each change that others should know
 */
public record Host(
        HostId id,
        String name,
        String site,
        HostState state,
        HostReason code,
        String reason,
        Instant since,
        long version) {

    /** The same host after a move; {@code event} led to {@code next}. */
    public Host movedTo(HostState next, HostEvent event, String why, Instant now) {
        return new Host(id, name, site, next, HostReason.of(next, event), why, now, version + 1);
    }

    /** The same host after a change around it, of its GPUs or its connectivity. */
    public Host touched() {
        return new Host(id, name, site, state, code, reason, since, version + 1);
    }

    /** When the state's silence begins to mean something; empty for a state that may last. */
    public Optional<Instant> deadline() {
        return state.phase() instanceof Phase.Working working
                ? Optional.of(since.plus(working.within()))
                : Optional.empty();
    }

    /** The reason, with the connectivity in front when that is what a person has to know first. */
    public String reasonWith(Optional<Liveness> liveness, Instant now) {
        if (liveness.isEmpty() || state instanceof HostState.Retired) {
            return reason;
        }
        Instant last = liveness.get().reportedAt();
        return switch (liveness.get().connectivityAt(now)) {
            case ONLINE, NEVER_HEARD -> reason;
            case STALE -> "no report since " + last + "; " + reason;
            case OFFLINE -> "offline, last report at " + last + "; " + reason;
        };
    }

    /** What everybody may know of it; silence of a host that should report stands in front. */
    public Standing standing(Optional<Liveness> liveness, Instant now) {
        String words = reasonWith(liveness, now);
        boolean isSilent = state.isExpectedToReport()
                && liveness.filter(heard -> heard.connectivityAt(now) == Connectivity.OFFLINE)
                        .isPresent();
        HostReason shown = isSilent ? HostReason.SILENT : code;
        return state.phase() instanceof Phase.Working working
                ? shown.standing(state.label(), words, since, since.plus(working.within()), working.silence())
                : shown.standing(state.label(), words, since);
    }

    public HostKnown known(Optional<Liveness> liveness, List<GpuKnown> gpus, Instant now) {
        return new HostKnown(
                id,
                name,
                site,
                state.label(),
                reasonWith(liveness, now),
                since,
                gpus,
                version,
                standing(liveness, now));
    }
}
