package filon.agent.control;

import filon.agent.control.OrderState.Slot;
import filon.agent.control.Verdict.Accepted;
import filon.agent.control.Verdict.Known;
import filon.agent.control.Verdict.Refused;
import filon.contracts.message.HostOrder;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.HostOrder.StopWorkload;
import filon.contracts.message.HostOrder.TrimUsage;
import filon.contracts.message.SignedOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a genuine order is newer than what the host has obeyed: a pure function of both and the time.
 *
 * <p>Per slot the generation only rises; per rental and GPU the epoch never falls; a stopped lease never runs again.
 */
public final class OrderRules {
    private OrderRules() {}

    /** A verdict and the state that holds after it. */
    public record Judged(Verdict verdict, OrderState next) {}

    public static Judged judge(OrderState state, SignedOrder signed, HostOrder order, Instant now) {
        Optional<Slot> known = Optional.ofNullable(state.slots().get(order.slot()));
        if (known.isPresent() && known.get().generation() >= order.generation()) {
            return new Judged(notNewer(known.get(), signed, order), state);
        }
        Optional<Refused> refusal =
                switch (order) {
                    case RunWorkload run -> refusal(state, known, run, now);
                    case StopWorkload stop -> refusal(known, stop);
                    case TrimUsage trim -> Optional.empty();
                    case RunBurnIn burnIn -> refusal(burnIn, now);
                };
        if (refusal.isPresent()) {
            return new Judged(refusal.get(), state);
        }
        return new Judged(new Accepted(order), accepted(state, known, signed, order));
    }

    private static Verdict notNewer(Slot known, SignedOrder signed, HostOrder order) {
        if (known.generation() > order.generation()) {
            return refused(
                    RefusalCode.STALE_GENERATION,
                    "generation " + order.generation() + " is older than " + known.generation() + " of this slot",
                    order);
        }
        if (known.order().order().equals(signed.order())) {
            return new Known();
        }
        return refused(
                RefusalCode.CONFLICTING_GENERATION,
                "generation " + order.generation() + " was used for another order of this slot",
                order);
    }

    private static Optional<Refused> refusal(OrderState state, Optional<Slot> known, RunWorkload run, Instant now) {
        if (run.gpuIds().isEmpty() || run.pools().isEmpty()) {
            return Optional.of(refused(RefusalCode.UNREADABLE, "the order names no GPU or no pool", run));
        }
        if (known.isPresent() && known.get().stopReason().isPresent()) {
            return Optional.of(
                    refused(RefusalCode.LEASE_STOPPED, "lease " + run.leaseId() + " was stopped for ever", run));
        }
        long newest = run.gpuIds().stream()
                .mapToLong(gpu -> state.epochOf(run.rentalId(), gpu))
                .max()
                .orElse(0);
        if (run.epoch() < newest) {
            return Optional.of(refused(
                    RefusalCode.STALE_EPOCH,
                    "epoch " + run.epoch() + " of rental " + run.rentalId() + " is older than " + newest,
                    run));
        }
        if (!run.authorisedUntil().isAfter(now)) {
            return Optional.of(refused(
                    RefusalCode.EXPIRED, "the order was authorised until " + run.authorisedUntil() + " only", run));
        }
        return Optional.empty();
    }

    private static Optional<Refused> refusal(Optional<Slot> known, StopWorkload stop) {
        long newest = known.flatMap(Slot::run).map(RunWorkload::epoch).orElse(0L);
        if (stop.epoch() >= newest) {
            return Optional.empty();
        }
        return Optional.of(refused(
                RefusalCode.STALE_EPOCH,
                "epoch " + stop.epoch() + " is older than " + newest + " of this lease",
                stop));
    }

    private static Optional<Refused> refusal(RunBurnIn burnIn, Instant now) {
        if (burnIn.gpuIds().isEmpty() || burnIn.algorithms().isEmpty() || burnIn.benchmarkSeconds() < 1) {
            return Optional.of(
                    refused(RefusalCode.UNREADABLE, "the order names no GPU, no algorithm or no time", burnIn));
        }
        return burnIn.notAfter().isAfter(now)
                ? Optional.empty()
                : Optional.of(refused(
                        RefusalCode.EXPIRED,
                        "the burn-in was to end by " + burnIn.notAfter() + " at the latest",
                        burnIn));
    }

    private static OrderState accepted(OrderState state, Optional<Slot> known, SignedOrder signed, HostOrder order) {
        return switch (order) {
            case RunWorkload run ->
                state.with(run.slot(), new Slot(run.generation(), signed, Optional.of(run), Optional.empty()))
                        .withEpochs(run);
            case StopWorkload stop ->
                state.with(
                        stop.slot(),
                        new Slot(
                                stop.generation(),
                                signed,
                                known.flatMap(Slot::run).map(OrderRules::withoutPools),
                                Optional.of(reason(stop))));
            case TrimUsage trim ->
                state.with(trim.slot(), new Slot(trim.generation(), signed, Optional.empty(), Optional.empty()));
            case RunBurnIn burnIn ->
                state.with(burnIn.slot(), new Slot(burnIn.generation(), signed, Optional.empty(), Optional.empty()));
        };
    }

    /** Of a lease that never runs again nobody needs the customer's passwords. */
    private static RunWorkload withoutPools(RunWorkload run) {
        return new RunWorkload(
                run.hostId(),
                run.generation(),
                run.leaseId(),
                run.rentalId(),
                run.epoch(),
                run.notBefore(),
                run.authorisedUntil(),
                run.algorithm(),
                run.gpuIds(),
                List.of(),
                run.allowedAddresses());
    }

    private static String reason(StopWorkload stop) {
        return stop.reason() == null ? "ordered to stop" : stop.reason();
    }

    private static Refused refused(RefusalCode code, String reason, HostOrder order) {
        return new Refused(code, reason, order.generation(), OrderSignatures.epochOf(order));
    }
}
