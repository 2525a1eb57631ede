package filon.api.rental;

import filon.contracts.value.Owner;
import java.util.Locale;

/** Why a rental is in its state, for programs: one code per state, several where it says on whose side it lies that nothing hashes. */
public enum RentalReason {
    FUNDING_AWAITED(Owner.PROVIDER),
    GPUS_AWAITED(Owner.PROVIDER),
    HOST_PREPARES(Owner.PROVIDER),
    HASHING(Owner.NOBODY),
    NO_POOL_GIVES_WORK(Owner.POOL),
    /** Nobody knows what the work does: it may well hash. */
    HOST_SILENT(Owner.NETWORK),
    WORK_INTERRUPTED(Owner.PROVIDER),
    ORDER_WRONG(Owner.CUSTOMER),
    PAUSED(Owner.CUSTOMER),
    BALANCE_SPENT(Owner.CUSTOMER),
    LEASE_LOST(Owner.PROVIDER),
    END_ASKED(Owner.CUSTOMER),
    ENDED(Owner.CUSTOMER),
    FUNDING_REFUSED(Owner.CUSTOMER),
    NOT_DELIVERED(Owner.PROVIDER);

    private final Owner owner;

    RentalReason(Owner owner) {
        this.owner = owner;
    }

    /** The code as it is shown. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** On whose side it lies; who can bring the rental on is the state's mover. */
    public Owner owner() {
        return owner;
    }
}
