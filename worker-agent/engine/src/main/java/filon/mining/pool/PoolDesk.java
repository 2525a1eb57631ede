package filon.mining.pool;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofOfWork;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Decides which pool of a list is worked for, and keeps the next one connected, subscribed and holding a job before it is needed.
 *
 * <p>The first sound pool of the list has it. Another takes over in the moment it is lost, does not answer, or asks for shares out of all
 * reason; it is returned to after it was good for a while. Where all are doubtful the work goes on with what there is. A share goes to
 * the session its job came from and to no other.
 *
 * <p>Belongs to one thread, with all that it serves; {@link Pools} is that thread. A simulation drives it with a clock of its own.
 */
public final class PoolDesk implements PoolSlot.Listener {
    private static final int SESSIONS_REMEMBERED_MAX = 10_000;
    /** One to work for, one to stand by. */
    private static final int SOUND_WANTED = 2;

    private static final AtomicLong SESSION_IDS = new AtomicLong();

    private final PoolTerms terms;
    private final PoolListener listener;
    private final List<PoolSlot> slots;
    private final NavigableSet<Long> sessions = new ConcurrentSkipListSet<>();
    private Optional<PoolSlot> active = Optional.empty();
    private Optional<PoolSlot> standby = Optional.empty();
    private Optional<PoolAddress> lastActive = Optional.empty();
    private boolean closed;

    /**
     * @param orders in the order of preference, {@link PoolOrder#inOrder}
     * @param owner takes what wires have to say and runs it on the desk's thread, each task before the next
     * @param rate the miner's hashes per second; zero where it is not known
     * @throws IllegalArgumentException if there is no pool, or one that cannot be spoken with
     */
    public PoolDesk(
            List<PoolOrder> orders,
            PoolTerms terms,
            PoolListener listener,
            Wires wires,
            Consumer<Runnable> owner,
            DoubleSupplier rate) {
        if (orders.isEmpty()) {
            throw new IllegalArgumentException("no pool is given");
        }
        this.terms = terms;
        this.listener = listener;
        DeskTools tools = new DeskTools(
                terms,
                wires,
                task -> owner.accept(() -> {
                    task.run();
                    decide();
                }),
                rate,
                this::nextSessionId);
        this.slots = orders.stream()
                .map(order -> new PoolSlot(order, tools, dialectsFor(terms.algorithm(), order.address()), this))
                .toList();
    }

    private long nextSessionId() {
        long id = SESSION_IDS.incrementAndGet();
        sessions.add(id);
        if (sessions.size() > SESSIONS_REMEMBERED_MAX) {
            sessions.pollFirst();
        }
        return id;
    }

    /** Whether a share is of one of this desk's sessions, open or not. Safe for any thread. */
    boolean began(Share share) {
        return sessions.contains(share.sessionId());
    }

    /**
     * The dialects to try at an address, in that order.
     *
     * @throws IllegalArgumentException if the algorithm's pools speak nothing that the scheme names
     */
    public static List<PoolDialect> dialectsFor(ProofOfWork algorithm, PoolAddress address) {
        List<PoolDialect> dialects = ServiceLoader.load(PoolDialect.class, PoolDesk.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.speaks(algorithm.protocol(), address.scheme()))
                .sorted(Comparator.comparingInt(PoolDialect::rank))
                .toList();
        if (dialects.isEmpty()) {
            throw new IllegalArgumentException("pools of " + algorithm.name() + " do not speak "
                    + address.scheme().label() + ", as " + address + " says");
        }
        List<PoolDialect> able = dialects.stream()
                .filter(each -> each.obstacle(algorithm, address).isEmpty())
                .toList();
        if (able.isEmpty()) {
            throw new IllegalArgumentException(
                    dialects.getFirst().obstacle(algorithm, address).orElseThrow());
        }
        return able;
    }

    /** Looks at the clock; to be called every 50 ms or so. */
    public void tick() {
        if (closed) {
            return;
        }
        int sound = 0;
        for (PoolSlot slot : slots) {
            boolean isNeeded = sound < SOUND_WANTED || isActive(slot);
            slot.tick(isNeeded, slots.size() > 1);
            sound += slot.standing() == Standing.SOUND ? 1 : 0;
        }
        decide();
    }

    /** Sends a share to the session its job came from; where that is over, the share waits for the next one of that pool. */
    public void submit(Share share) {
        if (closed) {
            listener.on(new PoolEvent.Judged(share, new ShareVerdict.Unanswered("the miner ended first"), 0));
            return;
        }
        for (PoolSlot slot : slots) {
            if (slot.owns(share)) {
                slot.submit(share);
                decide();
                return;
            }
        }
        if (slots.stream().noneMatch(slot -> slot.carryOver(share))) {
            listener.on(new PoolEvent.Judged(
                    share,
                    new ShareVerdict.Stale(ShareVerdict.Delay.OURS, 0, "the connection it belongs to is over"),
                    0));
        }
    }

    /** A job that the miner cannot search, whatever the reason: its pool is doubtful until it sends another. */
    public void refuse(PoolJob job, String why) {
        slots.forEach(slot -> slot.refuse(job, why));
        decide();
    }

    @Override
    public boolean isActive(PoolSlot slot) {
        return active.filter(now -> now == slot).isPresent();
    }

    @Override
    public void on(PoolSlot slot, PoolEvent event) {
        if (!(event instanceof PoolEvent.NewJob) || isActive(slot)) {
            listener.on(event);
        }
    }

    private void decide() {
        if (closed) {
            return;
        }
        Optional<PoolSlot> next = choice();
        if (!next.equals(active)) {
            change(next);
        }
        Optional<PoolSlot> second = slots.stream()
                .filter(slot -> !isActive(slot) && slot.standing() == Standing.SOUND)
                .findFirst();
        if (!second.equals(standby)) {
            second.ifPresent(slot -> listener.on(new PoolEvent.StandingBy(slot.address())));
            standby = second;
        }
    }

    private Optional<PoolSlot> choice() {
        boolean isActiveSound =
                active.filter(slot -> slot.standing() == Standing.SOUND).isPresent();
        for (PoolSlot slot : slots) {
            boolean isGood = isActiveSound ? isActive(slot) || slot.isProven() : slot.standing() == Standing.SOUND;
            if (isGood) {
                return Optional.of(slot);
            }
        }
        Optional<PoolSlot> staying = active.filter(slot -> slot.standing() == Standing.DOUBTFUL);
        return staying.or(() -> slots.stream()
                .filter(slot -> slot.standing() == Standing.DOUBTFUL)
                .findFirst());
    }

    private void change(Optional<PoolSlot> next) {
        String why =
                active.map(PoolSlot::trouble).filter(text -> !text.isEmpty()).orElse("preferred");
        active = next;
        if (next.isEmpty()) {
            listener.on(new PoolEvent.Dry(
                    slots.getFirst().address() + ": " + slots.getFirst().trouble()));
            return;
        }
        PoolAddress to = next.get().address();
        lastActive
                .filter(from -> !from.equals(to))
                .ifPresent(from -> listener.on(new PoolEvent.Switched(from, to, why)));
        lastActive = Optional.of(to);
        next.get().job().ifPresent(job -> listener.on(new PoolEvent.NewJob(job)));
    }

    public PoolTerms terms() {
        return terms;
    }

    /** How many shares wait for their verdict. */
    int openShares() {
        return slots.stream().mapToInt(PoolSlot::openShares).sum();
    }

    /** Ends all sessions; shares without an answer get their last verdict now. */
    public void close() {
        closed = true;
        slots.forEach(PoolSlot::close);
    }
}
