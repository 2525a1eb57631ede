package filon.provisioning.history;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.RentalId;
import filon.provisioning.Samples;
import filon.provisioning.history.Machine.Card;
import filon.provisioning.history.World.Tally;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostState;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.LeaseEvent;
import filon.provisioning.lease.LeaseState;
import filon.provisioning.placement.Candidate;
import filon.provisioning.placement.Demand;
import filon.provisioning.placement.DemandEvent;
import filon.provisioning.placement.DemandState;
import filon.provisioning.placement.PlacementPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** One random story of a small world: everything follows from its seed. */
final class History {
    static final int STEPS = 60;
    private static final int HOSTS = 3;
    private static final int RENTALS = 4;
    private static final List<Order> ORDERS =
            List.of(Samples.order("opencl-gpu", 1), Samples.order("opencl-gpu", 1), Samples.order("opencl-gpu", 2));
    private static final List<Duration> JUMPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            Duration.ofMinutes(5),
            Duration.ofMinutes(31),
            Duration.ofMinutes(62),
            Duration.ofHours(30));
    private static final PlacementPolicy NO_SPARES = new PlacementPolicy(0, Duration.ofHours(24));
    private static final PlacementPolicy SPARES = new PlacementPolicy(20, Duration.ofHours(24));

    private final SplittableRandom random;
    private final World world;
    private final Invariants invariants;
    private final long[] sequences = new long[RENTALS];
    private final List<String> told;
    private List<Candidate> seenBefore;

    private History(long seed, Rules rules, Tally tally, List<String> told) {
        random = new SplittableRandom(seed);
        this.told = told;
        world = new World(rules, random.nextInt(3) == 0 ? SPARES : NO_SPARES, random.nextBoolean(), tally);
        invariants = new Invariants(world);
        for (int i = 0; i < HOSTS; i++) {
            world.machines.add(new Machine(i, 1 + random.nextInt(3), world.now));
        }
        for (int i = 0; i < RENTALS; i++) {
            RentalId rental = RentalId.of(new UUID(0x3000, i));
            world.demands.add(new Demand(rental, null, new DemandState.Unheard(), 0, 0, List.of()));
        }
        seenBefore = world.look();
    }

    /** @throws Invariants.Broken if a promise was broken */
    static void play(long seed, Rules rules, Tally tally) {
        new History(seed, rules, tally, null).play();
    }

    /** Plays it again and writes down what happens. */
    static List<String> retell(long seed, Rules rules) {
        List<String> told = new ArrayList<>();
        try {
            new History(seed, rules, new Tally(), told).play();
            told.add("no promise was broken");
        } catch (Invariants.Broken broken) {
            told.add("BROKEN: " + broken.getMessage());
        }
        return told;
    }

    private void play() {
        world.machines.forEach(this::warmUp);
        for (int step = 0; step < STEPS; step++) {
            String what = step();
            world.tick();
            world.tally.steps++;
            if (told != null) {
                told.add(world.now + " " + what + " -> " + world.machines + " " + world.live.values());
            }
            invariants.check();
        }
    }

    /** Most hosts are in use when a story begins: stories that wait for that are all alike. */
    private void warmUp(Machine machine) {
        if (random.nextInt(4) > 0) {
            world.apply(machine, new HostEvent.TopicsReady("topics made"));
            world.report(machine);
            burnIn(machine, true);
        }
    }

    private String step() {
        Machine machine = world.machines.get(random.nextInt(HOSTS));
        int rental = random.nextInt(RENTALS);
        return switch (random.nextInt(27)) {
            case 0, 1 -> pass();
            case 2, 3, 4 -> report(machine);
            case 5 -> told("silence of " + machine.host.name() + " changes", machine.silent = random.nextInt(3) == 0);
            case 6 -> burnIn(machine, random.nextInt(4) > 0);
            case 7 -> operator(machine);
            case 8 -> card(machine, machine.cards.get(random.nextInt(machine.cards.size())));
            case 9, 10, 11 -> fund(rental);
            case 12 -> suspend(rental);
            case 13 -> end(rental);
            case 14, 15 -> place(rental, world.look());
            case 16 -> place(rental, seenBefore);
            case 17 -> told("somebody looks", !(seenBefore = world.look()).isEmpty());
            case 18, 19, 20 -> hear(machine);
            case 21, 22, 23, 24 -> stop(machine);
            case 25 -> wrong(machine);
            default -> announce(machine);
        };
    }

    private String pass() {
        Duration jump = JUMPS.get(random.nextInt(JUMPS.size()));
        world.now = world.now.plus(jump);
        for (Machine machine : world.machines) {
            // the dead-man switch, by a clock that is wrong by less than the margin
            Duration late = Duration.ofSeconds(random.nextInt(30));
            machine.running.values().removeIf(run -> !run.until().plus(late).isAfter(world.now));
        }
        return "time passes: " + jump;
    }

    private String report(Machine machine) {
        if (machine.silent) {
            return machine.host.name() + " is silent";
        }
        world.apply(machine, new HostEvent.TopicsReady("topics made"));
        world.report(machine);
        return machine.host.name() + " reports";
    }

    private String burnIn(Machine machine, boolean passed) {
        if (passed) {
            boolean isReal = machine.host.state() instanceof HostState.BurningIn;
            world.tried(machine, new HostEvent.BurnInPassed("every GPU as fast as it should be"));
            world.tally.burnIns += isReal ? 1 : 0;
            return machine.host.name() + " passes its burn-in: " + isReal;
        }
        if (machine.host.state() instanceof HostState.BurningIn) {
            world.apply(machine, new HostEvent.Failed("burn-in failed"));
        } else {
            // a result that comes late, when the host is elsewhere already
            world.apply(machine, new HostEvent.BurnInPassed("a late result"));
        }
        return machine.host.name() + " fails its burn-in, or a late result comes";
    }

    private String operator(Machine machine) {
        HostEvent event =
                switch (random.nextInt(8)) {
                    case 0, 1 -> new HostEvent.DrainAsked("asked by ola");
                    case 2, 3, 4, 5 -> new HostEvent.Readmitted("let in by ola");
                    case 6 -> new HostEvent.Reenrolled("new key");
                    default -> new HostEvent.RetirementAsked("sold");
                };
        return told("staff: " + machine.host.name() + " " + event, world.decide(machine, event));
    }

    private String card(Machine machine, Card card) {
        if (random.nextInt(3) == 0 || !card.isKnown()) {
            card.plugged = !card.plugged;
            return card.id + " plugged " + card.plugged;
        }
        GpuEvent event =
                switch (random.nextInt(4)) {
                    case 0 -> new GpuEvent.ExclusionAsked("too hot");
                    case 1, 2 -> new GpuEvent.InclusionAsked("cooled");
                    default -> new GpuEvent.Weakened("slow");
                };
        boolean moved = world.apply(card, event);
        card.tried &= !(moved && event instanceof GpuEvent.InclusionAsked);
        machine.host = machine.host.touched();
        return told(card.id + " " + event, moved);
    }

    private String fund(int rental) {
        boolean moved = world.move(
                rental, new DemandEvent.Funded(ORDERS.get(random.nextInt(ORDERS.size())), nextSequence(rental)));
        if (moved) {
            place(rental, world.look());
        }
        return told("rental " + rental + " funded", moved);
    }

    private String suspend(int rental) {
        boolean moved = world.move(rental, new DemandEvent.Suspended(nextSequence(rental)));
        if (moved) {
            world.drain(world.demands.get(rental).rental(), "balance spent");
        }
        return told("rental " + rental + " suspended", moved);
    }

    private String end(int rental) {
        boolean moved = random.nextInt(3) == 0 && world.move(rental, new DemandEvent.Ending());
        if (moved) {
            world.drain(world.demands.get(rental).rental(), "asked by the customer");
        }
        return told("rental " + rental + " ends", moved);
    }

    /** Now and then a message overtakes another, or comes twice. */
    private long nextSequence(int rental) {
        long newest = sequences[rental];
        if (newest > 1 && random.nextInt(5) == 0) {
            return newest - random.nextInt(2);
        }
        return sequences[rental] = newest + 1;
    }

    private String place(int rental, List<Candidate> seen) {
        world.place(rental, seen, invariants);
        return "rental " + rental + " looks for a host";
    }

    /** The agent reads its orders, and says what runs; what it was told to stop takes its time. */
    private String hear(Machine machine) {
        if (machine.silent) {
            return machine.host.name() + " hears nothing";
        }
        for (Lease lease : world.live.values()) {
            if (!lease.host().equals(machine.host.id())) {
                continue;
            }
            if (lease.state() instanceof LeaseState.Granted) {
                machine.running.put(lease.id(), new Machine.Run(lease.gpus(), lease.authorisedUntil()));
                world.apply(machine, new HostEvent.WorkloadSeen("works for customers"));
            } else {
                machine.obeyed.add(lease.id());
            }
        }
        return machine.host.name() + " hears its orders";
    }

    private String stop(Machine machine) {
        for (Lease lease : List.copyOf(world.live.values())) {
            if (machine.obeyed.contains(lease.id())) {
                machine.running.remove(lease.id());
                world.apply(lease, new LeaseEvent.AllStopped(lease.reason()));
            }
        }
        return machine.host.name() + " says what has stopped";
    }

    private String wrong(Machine machine) {
        boolean happens = random.nextInt(3) == 0;
        return told(
                "something is wrong with " + machine.host.name(),
                happens && world.apply(machine, new HostEvent.Failed("fell off the bus")));
    }

    private String announce(Machine machine) {
        machine.maintenanceAt = random.nextBoolean() ? null : world.now.plusSeconds(random.nextInt(172_800));
        return machine.host.name() + " has maintenance at " + machine.maintenanceAt;
    }

    private static String told(String what, boolean effect) {
        return effect ? what : what + " (no effect)";
    }
}
