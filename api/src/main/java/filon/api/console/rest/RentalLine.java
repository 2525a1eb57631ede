package filon.api.console.rest;

import filon.api.console.Figures;
import filon.api.console.Shown;
import filon.api.console.Tone;
import filon.api.rental.Rental;
import filon.api.rental.RentalState;
import filon.api.usage.Usage;
import filon.contracts.message.RentalNotice.Order;
import java.time.Instant;
import java.util.Locale;

/** A rental as a line of a page. */
record RentalLine(
        String id,
        String shortId,
        String customer,
        String state,
        String tone,
        String reason,
        Shown since,
        String code,
        String owner,
        String whoseMove,
        String nextStep,
        String offer,
        String algorithm,
        Shown gpus,
        String pool,
        Shown rate,
        Shown accepted,
        Shown rejected,
        Shown proven,
        Shown cost,
        Shown price,
        boolean isOver,
        boolean canEnd,
        boolean canPause,
        boolean canResume) {
    static RentalLine of(Usage usage, Instant now) {
        Rental rental = usage.rental();
        RentalState state = rental.state();
        Order order = rental.order();
        return new RentalLine(
                rental.id().toString(),
                rental.id().toString().substring(0, 8),
                rental.customerName(),
                state.name(),
                Tone.of(state.name()).style(),
                state.reason(),
                Figures.lasting(state.since(), now),
                state.code().code(),
                state.code().owner().name().toLowerCase(Locale.ROOT),
                state.mover().label(),
                state.nextStep(),
                order.offer().sku(),
                order.algorithm().label(),
                Figures.count(order.gpuCount()),
                order.pools().getFirst().address().toString(),
                Figures.rate(usage.hashRate()),
                Figures.count(usage.acceptedShares()),
                Figures.count(usage.rejectedShares()),
                Figures.seconds(usage.cost().provenSeconds()),
                Figures.money(usage.cost().cost()),
                Figures.money(order.pricePerGpuHour()),
                state.isFinal(),
                !state.isFinal() && !(state instanceof RentalState.Ending),
                canPause(state),
                state instanceof RentalState.Paused || state instanceof RentalState.Suspended);
    }

    private static boolean canPause(RentalState state) {
        return switch (state) {
            case RentalState.Funded _,
                    RentalState.Placed _,
                    RentalState.Active _,
                    RentalState.Degraded _,
                    RentalState.Relocating _ -> true;
            case RentalState.Requested _,
                    RentalState.Paused _,
                    RentalState.Suspended _,
                    RentalState.Ending _,
                    RentalState.Ended _,
                    RentalState.Rejected _,
                    RentalState.Failed _ -> false;
        };
    }
}
