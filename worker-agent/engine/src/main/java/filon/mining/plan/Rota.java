package filon.mining.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which device works for which portion at a moment.
 *
 * <p>In time slices the portion that is owed most has the device next: what a portion is owed grows with its weight while it takes part,
 * and shrinks while it is worked for. A portion whose pools have no job is owed nothing, and its time goes to the others; no more than a
 * few slices are ever caught up. Devices begin at different portions, so that at any moment the whole is divided about as the weights say.
 *
 * <p>Belongs to one thread.
 */
public final class Rota {
    private static final int OWED_SLICES_MAX = 4;

    private final WorkPlan plan;
    private final List<Turn> turns = new ArrayList<>();
    private List<Portion> taking = List.of();

    /** One device's. */
    private static final class Turn {
        private final double[] owedNanos;
        private Optional<Portion> current = Optional.empty();
        private long sinceNanos;
        private long lookedNanos;

        Turn(int portions) {
            this.owedNanos = new double[portions];
        }
    }

    public Rota(WorkPlan plan, int devices, long nowNanos) {
        this.plan = plan;
        int total = plan.portions().stream().mapToInt(Portion::weight).sum();
        for (int device = 0; device < devices; device++) {
            Turn turn = new Turn(plan.portions().size());
            turn.sinceNanos = nowNanos;
            turn.lookedNanos = nowNanos;
            begin(turn, (double) device / devices * total);
            turns.add(turn);
        }
    }

    /** Gives the device a head start to the portion in whose part of the whole it stands. */
    private void begin(Turn turn, double place) {
        double end = 0;
        for (int i = 0; i < plan.portions().size(); i++) {
            double begin = end;
            end += plan.portions().get(i).weight();
            turn.owedNanos[i] = place >= begin && place < end ? 1 : 0;
        }
    }

    /** Portions that take part then by their schedules. */
    public List<Portion> open(Instant now) {
        List<Portion> open = plan.portions().stream()
                .filter(portion -> portion.schedule().isOpen(now))
                .toList();
        return open.isEmpty()
                ? plan.portions().stream()
                        .filter(portion -> portion.schedule() instanceof Schedule.Otherwise)
                        .toList()
                : open;
    }

    /**
     * For each device the portion it works for now; empty where none has a job.
     *
     * @param ready portions whose pools have a job
     * @param nowNanos on the monotonic clock
     */
    public List<Optional<Portion>> at(Instant now, long nowNanos, Set<Portion> ready) {
        turns.forEach(turn -> settle(turn, nowNanos));
        taking = open(now).stream().filter(ready::contains).toList();
        boolean isByDevices = plan.split() == WorkPlan.Split.DEVICES && taking.size() <= turns.size();
        if (isByDevices && taking.size() > 1) {
            divideDevices(nowNanos);
        } else {
            turns.forEach(turn -> divideTime(turn, nowNanos));
        }
        return turns.stream().map(turn -> turn.current).toList();
    }

    /** Counts what was worked since the last look. */
    private void settle(Turn turn, long nowNanos) {
        long worked = nowNanos - turn.lookedNanos;
        turn.lookedNanos = nowNanos;
        double total = taking.stream().mapToInt(Portion::weight).sum();
        double most = (double) OWED_SLICES_MAX * plan.slice().toNanos();
        for (int i = 0; i < turn.owedNanos.length; i++) {
            Portion portion = plan.portions().get(i);
            double due = taking.contains(portion) ? worked * portion.weight() / total : 0;
            double done = turn.current.filter(portion::equals).isPresent() ? worked : 0;
            turn.owedNanos[i] = Math.clamp(turn.owedNanos[i] + due - done, -most, most);
        }
    }

    private void divideTime(Turn turn, long nowNanos) {
        boolean isOver = nowNanos - turn.sinceNanos >= plan.slice().toNanos();
        boolean mayStay = turn.current.filter(taking::contains).isPresent();
        if (mayStay && !isOver) {
            return;
        }
        Optional<Portion> next = taking.stream().max(Comparator.comparingDouble(portion -> turn.owedNanos[
                plan.portions().indexOf(portion)]));
        change(turn, next, nowNanos);
    }

    private static void change(Turn turn, Optional<Portion> next, long nowNanos) {
        turn.sinceNanos = nowNanos;
        turn.current = next;
    }

    /** As many devices each as its weight says, by largest remainders and one at least; a device that may stay where it is stays. */
    private void divideDevices(long nowNanos) {
        Map<Portion, Integer> places = Apportionment.of(taking, turns.size());
        List<Turn> free = new ArrayList<>();
        for (Turn turn : turns) {
            boolean stays = turn.current.isPresent() && places.getOrDefault(turn.current.get(), 0) > 0;
            if (stays) {
                places.merge(turn.current.get(), -1, Integer::sum);
            } else {
                free.add(turn);
            }
        }
        for (Turn turn : free) {
            Optional<Portion> next =
                    taking.stream().filter(portion -> places.get(portion) > 0).findFirst();
            next.ifPresent(portion -> places.merge(portion, -1, Integer::sum));
            change(turn, next, nowNanos);
        }
    }
}
