package filon.api.rental.rest;

import filon.api.rental.Cursor;
import filon.api.rental.Maintenance;
import filon.api.rental.Rental;
import filon.api.rental.RentalPage;
import filon.contracts.value.Algorithm;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A rental as JSON; pool passwords never leave.
 *
 * @param since when the rental came into its state
 * @param whoseMove customer, provider, pool, network, or nobody
 * @param deadline when silence counts as an answer; absent for states that wait for nothing
 */
@Schema(name = "Rental")
record RentalView(
        RentalId id,

        @Schema(
                description = "where it stands; Ended, Rejected and Failed are final",
                enumeration = {
                    "Requested",
                    "Funded",
                    "Placed",
                    "Active",
                    "Degraded",
                    "Paused",
                    "Suspended",
                    "Relocating",
                    "Ending",
                    "Ended",
                    "Rejected",
                    "Failed"
                })
        String state,

        @Schema(description = "of the reason, for programs") String code,

        String reason,

        @Schema(
                description = "on whose side it lies",
                enumeration = {"nobody", "customer", "provider", "pool", "network"})
        String owner,

        Instant since,

        @Schema(
                description = "who can bring it on",
                enumeration = {"nobody", "customer", "provider", "pool", "network"})
        String whoseMove,

        String nextStep,
        Instant deadline,
        Sku offer,
        int gpus,
        Algorithm algorithm,
        List<PoolView> pools,
        MicroEuro priceMicroEurPerGpuHour,
        int priceVersion,
        Instant createdAt,

        @Schema(
                description =
                        "announced for the host that it works on, the earliest first; only where one rental is asked for")
        List<MaintenanceView> maintenance) {
    /** @param startsAt from when the host is wanted empty */
    @Schema(name = "RentalMaintenance")
    record MaintenanceView(Instant startsAt, String reason, String consequence) {
        static MaintenanceView of(Maintenance announced) {
            return new MaintenanceView(announced.startsAt(), announced.reason(), announced.consequence());
        }
    }

    /** A pool without its password. */
    @Schema(name = "RentalPool")
    record PoolView(PoolAddress address, String user) {
        static PoolView of(Pool pool) {
            return new PoolView(pool.address(), pool.user());
        }
    }

    /** @param nextCursor absent on the last page */
    @Schema(name = "RentalPage")
    record Page(List<RentalView> items, String nextCursor) {
        static Page of(RentalPage page) {
            return new Page(
                    page.items().stream().map(RentalView::of).toList(),
                    page.next().map(Cursor::text).orElse(null));
        }
    }

    /** A rental as staff see it. */
    @Schema(name = "StaffRental")
    record StaffView(CustomerId customerId, String customerName, RentalView rental) {
        static StaffView of(Rental rental) {
            return new StaffView(rental.owner(), rental.customerName(), RentalView.of(rental));
        }
    }

    @Schema(name = "StaffRentalPage")
    record StaffPage(List<StaffView> items, String nextCursor) {
        static StaffPage of(RentalPage page) {
            return new StaffPage(
                    page.items().stream().map(StaffView::of).toList(),
                    page.next().map(Cursor::text).orElse(null));
        }
    }

    /** Where nobody asks what is announced. */
    static RentalView of(Rental rental) {
        return view(rental, null);
    }

    static RentalView of(Rental rental, List<Maintenance> announced) {
        return view(rental, announced.stream().map(MaintenanceView::of).toList());
    }

    private static RentalView view(Rental rental, List<MaintenanceView> maintenance) {
        return new RentalView(
                rental.id(),
                rental.state().name(),
                rental.state().code().code(),
                rental.state().reason(),
                rental.state().code().owner().name().toLowerCase(Locale.ROOT),
                rental.state().since(),
                rental.state().mover().label(),
                rental.state().nextStep(),
                rental.state().deadline().orElse(null),
                rental.order().offer(),
                rental.order().gpuCount(),
                rental.order().algorithm(),
                rental.order().pools().stream().map(PoolView::of).toList(),
                rental.order().pricePerGpuHour(),
                rental.order().priceVersion(),
                rental.createdAt(),
                maintenance);
    }
}
