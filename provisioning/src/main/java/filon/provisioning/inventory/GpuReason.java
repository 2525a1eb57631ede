package filon.provisioning.inventory;

import static filon.contracts.value.Owner.NOBODY;
import static filon.contracts.value.Owner.PROVIDER;

import filon.contracts.value.Owner;
import filon.provisioning.standing.Actor;
import filon.provisioning.standing.Bearing;
import filon.provisioning.standing.Reason;
import java.util.Set;

/** Why a GPU is in its state. */
public enum GpuReason implements Reason {
    FOUND(
            PROVIDER,
            "inventory",
            "the next burn-in of its host tries it; staff drain and readmit a host that has had its own",
            "Untested"),
    INCLUDED_AGAIN(
            PROVIDER,
            "fleet",
            "the next burn-in of its host tries it; staff drain and readmit the host for one",
            "Untested"),
    BURN_IN_PASSED(NOBODY, "burnin", "it is leased as rentals need it", "Healthy"),
    BURN_IN_WAIVED(NOBODY, "host", "it is leased as rentals need it", "Healthy"),
    /** It was healthy already when reasons got codes. */
    HEALTHY_BEFORE(NOBODY, "migration", "it is leased as rentals need it", "Healthy"),
    RATE_FALLEN(
            PROVIDER,
            "slow-gpus",
            "it is leased only where nothing better is free; staff look at its cooling and clocks, then drain and"
                    + " readmit its host: only a burn-in leads back",
            "Degraded"),
    NOT_REPORTED(
            PROVIDER,
            "inventory",
            "staff look why its host does not name it any more; when it is back, a burn-in of its host leads back",
            "Failed"),
    /** Something that has no code of its own; the words say what. */
    FAULT_FOUND(
            PROVIDER,
            "inventory",
            "staff mend what the reason names, then drain and readmit its host: only a burn-in leads back",
            "Degraded",
            "Failed"),
    EXCLUDED(PROVIDER, "fleet", "staff include it again (POST /admin/gpus/inclusions) when it may be used", "Excluded"),
    /** It came into its state before reasons had codes. */
    BEFORE_CODES(PROVIDER, "migration", "its next move has a code; until then its reason says what there is to know");

    private final Bearing bearing;

    GpuReason(Owner owner, String feature, String nextStep, String... states) {
        this.bearing = new Bearing(owner, Actor.automation(feature), nextStep, Set.of(states));
    }

    /** Why a GPU is in the state that an event led to. */
    public static GpuReason of(GpuEvent event) {
        return switch (event) {
            case GpuEvent.BurnInPassed e -> BURN_IN_PASSED;
            case GpuEvent.BurnInWaived e -> BURN_IN_WAIVED;
            case GpuEvent.Weakened e -> e.code();
            case GpuEvent.Broken e -> e.code();
            case GpuEvent.ExclusionAsked e -> EXCLUDED;
            case GpuEvent.InclusionAsked e -> INCLUDED_AGAIN;
        };
    }

    @Override
    public Bearing bearing() {
        return bearing;
    }

    @Override
    public boolean belongsTo(String state) {
        return this == BEFORE_CODES ? !state.equals("Healthy") : Reason.super.belongsTo(state);
    }
}
