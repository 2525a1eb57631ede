package filon.api.rental;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a rental stands; {@code rental.mmd} beside this file draws the moves.
 *
 * <p>Each state says why, since when, whose move it is and what comes next. A working state has a deadline and says what silence
 * until then means; a resting one waits for somebody's wish; a final one is never left.
 */
public sealed interface RentalState {
    /** When the rental came here. */
    Instant since();

    /** Why the rental stands here, for its customer to read. */
    String reason();

    /** The reason's code, which follows from the state and from whose move it is. */
    default RentalReason code() {
        return switch (this) {
            case Requested _ -> RentalReason.FUNDING_AWAITED;
            case Funded _ -> RentalReason.GPUS_AWAITED;
            case Placed _ -> RentalReason.HOST_PREPARES;
            case Active _ -> RentalReason.HASHING;
            case Degraded degraded -> degraded.interruption();
            case Paused _ -> RentalReason.PAUSED;
            case Suspended _ -> RentalReason.BALANCE_SPENT;
            case Relocating _ -> RentalReason.LEASE_LOST;
            case Ending _ -> RentalReason.END_ASKED;
            case Ended _ -> RentalReason.ENDED;
            case Rejected _ -> RentalReason.FUNDING_REFUSED;
            case Failed _ -> RentalReason.NOT_DELIVERED;
        };
    }

    default Mover mover() {
        return Mover.PROVIDER;
    }

    String nextStep();

    /** When silence counts as an answer; empty for resting and final states. */
    default Optional<Instant> deadline() {
        return Optional.empty();
    }

    default boolean isFinal() {
        return false;
    }

    /** The name that is stored, shown and drawn. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Working: billing reserves money. Silence: the rental has failed. */
    record Requested(Instant since) implements RentalState {
        static final Duration PATIENCE = Duration.ofMinutes(15);

        @Override
        public String reason() {
            return "the order is being funded";
        }

        @Override
        public String nextStep() {
            return "billing reserves the first hour on your balance";
        }

        @Override
        public Optional<Instant> deadline() {
            return Optional.of(since.plus(PATIENCE));
        }
    }

    /** Working: provisioning looks for GPUs. Silence: the rental has failed. */
    record Funded(Instant since, String reason) implements RentalState {
        static final Duration PATIENCE = Duration.ofHours(1);
        static final String SEARCHING = "looking for free GPUs";

        @Override
        public String nextStep() {
            return "free GPUs are looked for until the deadline; nothing is charged while they are";
        }

        @Override
        public Optional<Instant> deadline() {
            return Optional.of(since.plus(PATIENCE));
        }
    }

    /** Working: the host prepares. Silence: the rental is degraded. */
    record Placed(Instant since, String reason) implements RentalState {
        static final Duration PATIENCE = Duration.ofMinutes(10);
        static final String GRANTED = "GPUs are reserved; the host prepares the work";

        @Override
        public String nextStep() {
            return "the host proves its kernels and connects to the pool; nothing is charged until it hashes";
        }

        @Override
        public Optional<Instant> deadline() {
            return Optional.of(since.plus(PATIENCE));
        }
    }

    /** Resting: the GPUs hash for the customer's pool. */
    record Active(Instant since) implements RentalState {
        @Override
        public String reason() {
            return "hashing";
        }

        @Override
        public Mover mover() {
            return Mover.NOBODY;
        }

        @Override
        public String nextStep() {
            return "runs until you end it or the balance is spent";
        }
    }

    /** Resting: the GPUs are held but do not hash; only proven seconds are charged. */
    record Degraded(Instant since, String reason, Mover mover) implements RentalState {
        private RentalReason interruption() {
            return switch (mover) {
                case POOL -> RentalReason.NO_POOL_GIVES_WORK;
                case NETWORK -> RentalReason.HOST_SILENT;
                case CUSTOMER -> RentalReason.ORDER_WRONG;
                case PROVIDER, NOBODY -> RentalReason.WORK_INTERRUPTED;
            };
        }

        @Override
        public String nextStep() {
            return switch (mover) {
                case POOL -> "the host tries your pools in order until one gives work; check their addresses";
                case PROVIDER -> "the host is restarting the work";
                case NETWORK ->
                    "the host is waited for; what it mines meanwhile is reported, and proved, when it is back";
                case CUSTOMER -> "change the order";
                case NOBODY -> "wait";
            };
        }
    }

    /** Resting: the customer stopped the work and can go on. */
    record Paused(Instant since, String reason) implements RentalState {
        @Override
        public Mover mover() {
            return Mover.CUSTOMER;
        }

        @Override
        public String nextStep() {
            return "resume or end the rental";
        }
    }

    /** Resting: there was no money; the customer tops up and resumes, or ends. */
    record Suspended(Instant since, String reason) implements RentalState {
        @Override
        public Mover mover() {
            return Mover.CUSTOMER;
        }

        @Override
        public String nextStep() {
            return "top up your balance, then resume or end the rental";
        }
    }

    /** Working: the lease was lost and another is looked for. Silence: the rental has failed. */
    record Relocating(Instant since, String reason) implements RentalState {
        static final Duration PATIENCE = Duration.ofHours(1);

        @Override
        public String nextStep() {
            return "other GPUs are looked for until the deadline; nothing is charged meanwhile";
        }

        @Override
        public Optional<Instant> deadline() {
            return Optional.of(since.plus(PATIENCE));
        }
    }

    /**
     * Working: the host stops and sends its last usage. Silence: the rental has ended, for the longest authorisation a host can
     * hold is over by then.
     */
    record Ending(Instant since, String reason) implements RentalState {
        static final Duration PATIENCE = Duration.ofHours(72);

        @Override
        public String nextStep() {
            return "the host stops and sends its last usage; proven time until then is charged";
        }

        @Override
        public Optional<Instant> deadline() {
            return Optional.of(since.plus(PATIENCE));
        }
    }

    /** Final: the work is over. */
    record Ended(Instant since, String reason) implements RentalState {
        @Override
        public Mover mover() {
            return Mover.NOBODY;
        }

        @Override
        public String nextStep() {
            return "nothing more happens; the last cost follows within minutes of the end";
        }

        @Override
        public boolean isFinal() {
            return true;
        }
    }

    /** Final: billing refused to fund the order. */
    record Rejected(Instant since, String reason) implements RentalState {
        @Override
        public Mover mover() {
            return Mover.CUSTOMER;
        }

        @Override
        public String nextStep() {
            return "top up your balance and order again; nothing was charged";
        }

        @Override
        public boolean isFinal() {
            return true;
        }
    }

    /** Final: we did not deliver in time. */
    record Failed(Instant since, String reason) implements RentalState {
        @Override
        public Mover mover() {
            return Mover.NOBODY;
        }

        @Override
        public String nextStep() {
            return "order again; what was reserved is given back";
        }

        @Override
        public boolean isFinal() {
            return true;
        }
    }
}
