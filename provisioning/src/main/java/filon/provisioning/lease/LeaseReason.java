package filon.provisioning.lease;

import static filon.contracts.value.Owner.CUSTOMER;
import static filon.contracts.value.Owner.NETWORK;
import static filon.contracts.value.Owner.NOBODY;
import static filon.contracts.value.Owner.PROVIDER;

import filon.contracts.value.Owner;
import filon.provisioning.standing.Actor;
import filon.provisioning.standing.Bearing;
import filon.provisioning.standing.Reason;
import java.util.Set;

/** Why a lease is in its state. */
public enum LeaseReason implements Reason {
    PLACED(NOBODY, "placement", "its authorisation is renewed until the rental stops", "Granted"),
    RENTAL_SUSPENDED(
            CUSTOMER,
            "placement",
            "its host stops the work by itself; the rental is placed anew when it is funded",
            "Draining"),
    RENTAL_ENDING(CUSTOMER, "placement", "its host stops the work by itself and sends the last usage", "Draining"),
    WORK_STOPPED(PROVIDER, "workload", "nothing more happens; its GPUs are free", "Ended"),
    AUTHORISATION_OVER(
            NETWORK,
            "lease",
            "nothing more happens; its GPUs are free, and what its host did meanwhile counts when it reports again",
            "Ended"),
    /** It came into its state before reasons had codes. */
    BEFORE_CODES(PROVIDER, "migration", "its next move has a code; until then its reason says what there is to know");

    private final Bearing bearing;

    LeaseReason(Owner owner, String feature, String nextStep, String... states) {
        this.bearing = new Bearing(owner, Actor.automation(feature), nextStep, Set.of(states));
    }

    @Override
    public Bearing bearing() {
        return bearing;
    }

    @Override
    public boolean belongsTo(String state) {
        return this == BEFORE_CODES ? !state.equals("Granted") : Reason.super.belongsTo(state);
    }
}
